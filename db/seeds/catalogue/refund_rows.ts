import type { moneyLimits } from '../../schema/refunds.ts';
import type { CatalogueFile } from './format.ts';

type LimitRow = typeof moneyLimits.$inferInsert;

export interface RefundRows {
  readonly moneyLimits: LimitRow[];
}

export const refundRows = (file: CatalogueFile): RefundRows => ({
  moneyLimits: (['refund', 'write_off', 'rebate'] as const).flatMap((deed) =>
    Object.entries(file.moneyLimits[deed]).map(([role, { yenMost, source }]) => ({
      venueId: file.venue.code,
      deed,
      role: role as LimitRow['role'],
      yenMost,
      publication: file.sources[source]!.publication,
      source: file.sources[source]!.text,
    })),
  ),
});
