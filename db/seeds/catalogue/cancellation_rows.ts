import type { cancellationTerms } from '../../schema/cancellations.ts';
import type { CatalogueFile } from './format.ts';

type TermRow = typeof cancellationTerms.$inferInsert;

export interface CancellationRows {
  readonly cancellationTerms: TermRow[];
}

export const cancellationRows = (file: CatalogueFile): CancellationRows => ({
  cancellationTerms: Object.entries(file.cancellationTerms).flatMap(([roomClass, terms]) => {
    const { publication, text } = file.sources[terms.source]!;
    return (['cancel', 'change'] as const).flatMap((deed) =>
      Object.entries(terms[deed]).map(([before, keptBp]): TermRow => ({
        venueId: file.venue.code,
        roomClass: roomClass as TermRow['roomClass'],
        deed,
        effectiveFrom: terms.effectiveFrom,
        beforeCount: Number(before.slice(0, -1)),
        beforeUnit: before.endsWith('m') ? 'month' : 'day',
        keptBp,
        publication,
        source: text,
      })),
    );
  }),
});
