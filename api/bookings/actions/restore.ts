import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { AppError } from '../../shared/error.ts';
import { lockCells } from '../../slots/actions.ts';
import type { Booking } from '../rules/booking.ts';
import { decideRestoring } from '../rules/restoring.ts';
import { findBookingForUpdate, saveBooking } from '../store/bookings.ts';
import { listLastClaimRows, restoreClaims, type ClaimRow } from '../store/closing.ts';
import { tellOrganizer } from './news.ts';

/** In a savepoint, so that a refusal undoes only this. */
const takeBack = async (
  tx: Transaction,
  bookingId: string,
  claims: readonly ClaimRow[],
  now: Date,
): Promise<boolean> => {
  try {
    await tx.transaction((inner) => restoreClaims(inner, bookingId, claims, now));
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'bookings.slot_taken') return false;
    throw error;
  }
};

/**
 * Approves again what was given up unpaid, with the cells it had; undefined where one of them has
 * gone to another, or the booking ended otherwise. Cells are locked before the booking, as everywhere.
 */
export const restoreWithin = async (
  tx: Transaction,
  context: Context,
  bookingId: string,
): Promise<Booking | undefined> => {
  const claims = await listLastClaimRows(tx, bookingId);
  if (claims.length === 0) return undefined;
  await lockCells(tx, [...new Set(claims.map(({ cellId }) => cellId))]);
  const booking = await findBookingForUpdate(tx, bookingId);
  const now = context.now();
  const restored = decideRestoring(booking, now);
  if (!restored.ok || !(await takeBack(tx, bookingId, claims, now))) return undefined;
  await saveBooking(tx, restored.value);
  const { uses: _before, ...before } = booking;
  const { uses: _after, ...after } = restored.value;
  await recordAudit(tx, context, {
    action: 'bookings.restore',
    subjectId: bookingId,
    before,
    after,
  });
  await tellOrganizer(tx, context, 'restored', restored.value);
  return restored.value;
};
