import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { findBookingForUpdate, findVisibleBooking } from '../../bookings/actions/read.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import type { Context } from '../../context.ts';
import { orThrow } from '../../shared/result.ts';
import { equipmentErrors } from '../errors.ts';
import { decideActuals, decideEquipmentChange } from '../rules/changes.ts';
import type { Shortage } from '../rules/stock.ts';
import type { EquipmentItem, RecordActuals, SetEquipment } from '../schema.ts';
import {
  listItemsByVenue,
  listRequestsByBooking,
  saveRequests,
  type RequestRow,
} from '../store.ts';
import {
  askRetry,
  showShortage,
  tryAllotment,
  withState,
  writeTakes,
  type Tried,
} from './allot.ts';
import { deadlineOf } from './view.ts';

interface Ask {
  readonly items: readonly EquipmentItem[];
  readonly before: readonly RequestRow[];
  readonly lines: SetEquipment['lines'];
}

const newRequest = (
  context: Context,
  booking: Booking,
  { id: itemId, unitFeeYen }: EquipmentItem,
  said: Pick<RequestRow, 'useId' | 'quantity' | 'note'>,
): RequestRow => ({
  id: context.newId('equipment_request'),
  bookingId: booking.id,
  itemId,
  ...said,
  unitFeeYen,
  actualQuantity: null,
  state: 'promised',
  createdAt: context.now(),
  updatedAt: context.now(),
});

const changedRequest = (
  known: RequestRow,
  { quantity, note, now }: { quantity: number; note: string | undefined; now: Date },
): RequestRow =>
  quantity === 0
    ? { ...known, state: 'dropped', updatedAt: now }
    : { ...known, quantity, note: note ?? known.note, updatedAt: now };

/** The requests as they are to be: lines named in the ask are set, the others stay. */
const mergeLines = (
  context: Context,
  booking: Booking,
  { items, before, lines }: Ask,
): RequestRow[] => {
  const now = context.now();
  const keyOf = (row: { useId: string | null; itemId: string }) => `${row.useId} ${row.itemId}`;
  const rows = new Map(before.map((row) => [keyOf(row), row]));
  for (const [at, { useId, itemId, quantity, note }] of lines.entries()) {
    const item = items.find(({ id }) => id === itemId);
    const known = rows.get(keyOf({ useId, itemId }));
    if (!item || (item.isRetired && quantity > (known?.quantity ?? 0))) {
      throw equipmentErrors.unknown_item({ detail: { line: at, itemId } });
    }
    if (!booking.uses.some(({ id }) => id === useId)) {
      throw equipmentErrors.unknown_use({ detail: { line: at, useId } });
    }
    if (known) rows.set(keyOf(known), changedRequest(known, { quantity, note, now }));
    else if (quantity > 0)
      rows.set(
        keyOf({ useId, itemId }),
        newRequest(context, booking, item, { useId, quantity, note: note ?? '' }),
      );
  }
  return [...rows.values()];
};

const refusalOf = (
  context: Context,
  booking: Booking,
  { tried, refused }: { tried: Tried; refused: readonly Shortage[] },
  lines: SetEquipment['lines'],
) => {
  const fields = refused.map(({ useId, itemId, free, wanted }) => {
    const at = lines.findIndex((line) => line.useId === useId && line.itemId === itemId);
    const item = tried.items.find(({ id }) => id === itemId)!;
    return {
      path: at < 0 ? 'lines' : `lines.${at}.quantity`,
      code: 'equipment.not_enough',
      ja: `${item.nameJa}は${wanted}${item.unitJa}に対して、空きは${free}${item.unitJa}です。`,
      en: `${item.nameEn}: ${wanted} wanted, ${free} free.`,
    };
  });
  const reader = { actor: context.actor, venueId: booking.venueId };
  const shortages = refused.map((shortage) => showShortage(shortage, tried.others, reader));
  return equipmentErrors.not_enough({ fields, detail: { shortages } });
};

/** What fell short when the booking moved may stay so; nothing new may be asked beyond the stock. */
const isNew = (shortage: Shortage, before: readonly RequestRow[]) => {
  const known = before.find(({ id }) => id === shortage.requestId);
  return known?.state !== 'short' || known.quantity < shortage.wanted;
};

const auditLines = (rows: readonly RequestRow[]) =>
  rows.map(({ useId, itemId, quantity, state }) => ({ useId, itemId, quantity, state }));

const gaveBack = (before: readonly RequestRow[], after: readonly RequestRow[]) =>
  before.some((row) => {
    const now = after.find(({ id }) => id === row.id);
    return !now || now.state === 'dropped' || now.quantity < row.quantity;
  });

const place = async (
  tx: Transaction,
  context: Context,
  booking: Booking,
  lines: SetEquipment['lines'],
): Promise<void> => {
  const [items, before] = await Promise.all([
    listItemsByVenue(tx, booking.venueId),
    listRequestsByBooking(tx, booking.id),
  ]);
  const rows = mergeLines(context, booking, { items, before, lines });
  const named = new Set(lines.map(({ itemId }) => itemId));
  const touched = rows.filter(({ itemId }) => named.has(itemId));
  const live = touched.filter(({ state }) => state !== 'dropped');
  const tried = await tryAllotment(tx, booking, live);
  const refused = tried.allotment.shortages.filter((shortage) => isNew(shortage, before));
  if (refused.length > 0) throw refusalOf(context, booking, { tried, refused }, lines);
  const after = touched.map((row) => withState(row, tried.allotment));
  await saveRequests(tx, after);
  await writeTakes(tx, after, tried.allotment, context.now());
  await recordAudit(tx, context, {
    action: 'equipment.request',
    subjectId: booking.id,
    before: auditLines(before),
    after: auditLines(after),
  });
  if (gaveBack(before, rows)) await askRetry(tx, [...named]);
};

/**
 * Sets the quantities named, all or none; nought drops a request, what is not named stays.
 * @throws equipment.not_enough with the peak, what is free, and for staff the bookings in the way
 */
export const setEquipment = async (
  context: Context,
  input: SetEquipment & { readonly bookingId: string },
): Promise<void> => {
  const { bookingId, lines, version } = input;
  const deadline = await deadlineOf(context, await findVisibleBooking(context, bookingId));
  await context.transact(async (tx) => {
    const found = await findBookingForUpdate(tx, bookingId);
    const asked = { actor: context.actor, now: context.now(), deadline, version };
    await place(tx, context, orThrow(decideEquipmentChange(found, asked)), lines);
  });
};

/** What was really used, or measured; the settlement goes by it. */
export const recordActuals = async (
  context: Context,
  { bookingId, lines }: RecordActuals & { readonly bookingId: string },
): Promise<void> => {
  await findVisibleBooking(context, bookingId);
  await context.transact(async (tx) => {
    const booking = await findBookingForUpdate(tx, bookingId);
    orThrow(decideActuals(booking, context.actor));
    const requests = await listRequestsByBooking(tx, bookingId);
    const after = lines.map(({ requestId, actualQuantity }) => {
      const known = requests.find(({ id }) => id === requestId);
      if (!known) throw equipmentErrors.unknown_request({ detail: { requestId } });
      return { ...known, actualQuantity, updatedAt: context.now() };
    });
    await saveRequests(tx, after);
    await recordAudit(tx, context, {
      action: 'equipment.record_actuals',
      subjectId: bookingId,
      after: after.map(({ id, actualQuantity }) => ({ id, actualQuantity })),
    });
  });
};
