import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { enqueue } from '../../outbox/actions.ts';
import { orThrow } from '../../shared/result.ts';
import type { Booking } from '../rules/booking.ts';
import { decideClosing, decideReopening } from '../rules/closing.ts';
import type { TakenBack } from '../schema/stored.ts';
import { findBookingForUpdate, saveBooking } from '../store/bookings.ts';
import { listClaimRows, restoreClaims } from '../store/closing.ts';
import { releaseCells } from './line.ts';

const traceOf = ({ uses: _uses, ...booking }: Booking) => booking;

/** What a booking has, noted before anything is taken from it. */
export const noteBooking = async (tx: Transaction, bookingId: string): Promise<TakenBack> => {
  const before = await findBookingForUpdate(tx, bookingId);
  return { before, claims: await listClaimRows(tx, bookingId) };
};

/**
 * Cancels for the house. The cells it still has stay its own and nobody is told: both wait until the
 * letters leave, so that everything can be put back.
 */
export const closeWithin = async (
  tx: Transaction,
  context: Context,
  asked: { readonly bookingId: string; readonly version: number; readonly reason: string },
): Promise<Booking> => {
  const booking = await findBookingForUpdate(tx, asked.bookingId);
  const { actor } = context;
  const closed = orThrow(decideClosing(booking, { ...asked, actor, now: context.now() }));
  await saveBooking(tx, closed);
  await recordAudit(tx, context, {
    action: 'bookings.close',
    subjectId: booking.id,
    before: traceOf(booking),
    after: traceOf(closed),
  });
  return closed;
};

/** The letters leave: the remaining cells go to whoever waits, and the charge is taken back. */
export const finishClosing = async (
  tx: Transaction,
  context: Context,
  bookingId: string,
): Promise<Booking> => {
  const booking = await findBookingForUpdate(tx, bookingId);
  await releaseCells(tx, context, bookingId);
  await enqueue(tx, { task: 'bookings.cancelled', payload: { bookingId } });
  return booking;
};

/** As if the house had not closed. @throws bookings.slot_taken where a cell went to another since */
export const reopenWithin = async (
  tx: Transaction,
  context: Context,
  { before, claims }: TakenBack,
): Promise<void> => {
  const booking = await findBookingForUpdate(tx, before.id);
  const now = context.now();
  const reopened = orThrow(decideReopening(booking, before, now));
  await saveBooking(tx, reopened);
  await restoreClaims(tx, before.id, claims, now);
  await recordAudit(tx, context, {
    action: 'bookings.reopen',
    subjectId: booking.id,
    before: traceOf(booking),
    after: traceOf(reopened),
  });
};

export { cutClaims, listKeepers } from '../store/closing.ts';
