import type {
  bookingPolicies,
  checklistItems,
  parkingCapacities,
  prohibitedUses,
  reductionGrounds,
  refusalGrounds,
} from '../../schema/policies.ts';
import { cancellationRows, type CancellationRows } from './cancellation_rows.ts';
import type { CatalogueFile } from './format.ts';
import { refundRows, type RefundRows } from './refund_rows.ts';
import { transferRows, type TransferRows } from './transfer_rows.ts';

type RoomClass = (typeof bookingPolicies.$inferInsert)['roomClass'];

export interface PolicyRows extends CancellationRows, RefundRows, TransferRows {
  readonly bookingPolicies: (typeof bookingPolicies.$inferInsert)[];
  readonly refusalGrounds: (typeof refusalGrounds.$inferInsert)[];
  readonly prohibitedUses: (typeof prohibitedUses.$inferInsert)[];
  readonly reductionGrounds: (typeof reductionGrounds.$inferInsert)[];
  readonly checklistItems: (typeof checklistItems.$inferInsert)[];
  readonly parkingCapacities: (typeof parkingCapacities.$inferInsert)[];
}

export const policyRows = (file: CatalogueFile): PolicyRows => {
  const venueId = file.venue.code;
  const sourced = <Value extends { source: string }>(value: Value) => {
    const { publication, text } = file.sources[value.source]!;
    return { ...value, publication, source: text };
  };
  const listed = <Value extends { source: string }>(table: Record<string, Value>) =>
    Object.entries(table).map(([code, value], sortOrder) => ({
      venueId,
      code,
      sortOrder,
      ...sourced(value),
    }));
  return {
    ...cancellationRows(file),
    ...refundRows(file),
    ...transferRows(file),
    bookingPolicies: Object.entries(file.policies).map(([roomClass, policy]) => ({
      venueId,
      roomClass: roomClass as RoomClass,
      ...sourced(policy),
    })),
    refusalGrounds: listed(file.refusalGrounds),
    prohibitedUses: listed(file.prohibitedUses),
    reductionGrounds: listed(file.reductionGrounds),
    checklistItems: Object.entries(file.checklist).flatMap(([roomClass, items]) =>
      listed(items).map((item) => ({ roomClass: roomClass as RoomClass, ...item })),
    ),
    parkingCapacities: file.parking.map((one) => ({
      venueId,
      ...sourced(one),
      endsOn: one.endsOn ?? null,
    })),
  };
};
