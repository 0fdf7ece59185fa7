import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { findBookingForUpdate } from '../../bookings/actions/read.ts';
import { keepsCells, type Booking } from '../../bookings/rules/booking.ts';
import type { Context } from '../../context.ts';
import { findRecipient, writeLetter } from '../../organizations/actions.ts';
import { shortageMail } from '../rules/mails.ts';
import {
  followUses,
  listRequestsByBooking,
  listShortBookings,
  releaseTakes,
  saveRequests,
  type RequestRow,
} from '../store.ts';
import { askRetry, tryAllotment, withState, writeTakes, type Tried } from './allot.ts';

const tellShort = async (
  tx: Transaction,
  context: Context,
  booking: Booking,
  { items, allotment }: Tried,
): Promise<void> => {
  const missing = allotment.shortages.map(({ itemId, ...shortage }) => {
    const { nameJa, nameEn, unitJa } = items.find(({ id }) => id === itemId)!;
    return { ...shortage, nameJa, nameEn, unitJa };
  });
  await writeLetter(tx, context, await findRecipient(tx, booking.organizationId), {
    topic: 'equipment.short',
    subjectId: booking.id,
    write: (reader) => shortageMail(booking, missing, reader),
  });
};

const isChanged = (before: readonly RequestRow[], after: readonly RequestRow[]) =>
  after.some((row, at) => row.state !== before[at]!.state);

/** Gives every request of a booking what the stock has at the present time of its use. */
const placeAnew = async (
  tx: Transaction,
  context: Context,
  booking: Booking,
): Promise<{ readonly itemIds: readonly string[] }> => {
  const before = await listRequestsByBooking(tx, booking.id);
  if (before.length === 0) return { itemIds: [] };
  const useIds = new Set(booking.uses.map(({ id }) => id as string));
  const now = context.now();
  const rows = before.map((row) =>
    row.useId !== null && useIds.has(row.useId)
      ? row
      : { ...row, state: 'dropped' as const, updatedAt: now },
  );
  const tried = await tryAllotment(tx, booking, rows);
  const after = rows.map((row) => withState(row, tried.allotment));
  await writeTakes(tx, after, tried.allotment, now);
  if (isChanged(before, after)) {
    await saveRequests(tx, after);
    await recordAudit(tx, context, {
      action: 'equipment.follow_amendment',
      subjectId: booking.id,
      before: before.map(({ id, state }) => ({ id, state })),
      after: after.map(({ id, state }) => ({ id, state })),
    });
  }
  const fellShort = after.some((row, at) => row.state === 'short' && before[at]!.state !== 'short');
  if (fellShort) await tellShort(tx, context, booking, tried);
  return { itemIds: [...new Set(before.map(({ itemId }) => itemId))] };
};

/** A booking changed its times or rooms: what it was promised moves along, or falls short. */
export const followAmendment = async (context: Context, bookingId: string): Promise<void> => {
  await context.transact(async (tx) => {
    const booking = await findBookingForUpdate(tx, bookingId);
    if (!keepsCells(booking.state)) return;
    const others = await followUses(tx, bookingId);
    const { itemIds } = await placeAnew(tx, context, booking);
    for (const id of others) await placeAnew(tx, context, await findBookingForUpdate(tx, id));
    if (itemIds.length > 0) await askRetry(tx, itemIds);
  });
};

/** A booking that ended gives everything back. */
export const releaseEquipment = async (context: Context, bookingId: string): Promise<void> => {
  await context.transact(async (tx) => {
    const booking = await findBookingForUpdate(tx, bookingId);
    if (keepsCells(booking.state)) return;
    const requests = await listRequestsByBooking(tx, bookingId);
    if (requests.length === 0) return;
    const now = context.now();
    await releaseTakes(
      tx,
      requests.map(({ id }) => id),
      now,
    );
    await saveRequests(
      tx,
      requests.map((row) => ({ ...row, state: 'dropped' as const, updatedAt: now })),
    );
    await recordAudit(tx, context, { action: 'equipment.release', subjectId: bookingId });
    await askRetry(tx, [...new Set(requests.map(({ itemId }) => itemId))]);
  });
};

/** Pieces came back: those who fell short get them in the order they asked. */
export const retryShort = async (context: Context, itemIds: readonly string[]): Promise<void> => {
  for (const bookingId of await listShortBookings(context.database.db, itemIds)) {
    await context.transact(async (tx) => {
      const booking = await findBookingForUpdate(tx, bookingId);
      if (keepsCells(booking.state)) await placeAnew(tx, context, booking);
    });
  }
};
