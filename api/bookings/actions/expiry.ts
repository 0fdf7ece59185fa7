import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { orThrow } from '../../shared/result.ts';
import { decideExpiry } from '../rules/transitions.ts';
import { findBookingForUpdate, listExpiredHolds, saveBooking } from '../store/bookings.ts';
import { releaseClaims } from '../store/occupancies.ts';
import { tellOrganizer } from './news.ts';

/** Ends a hold whose time is over; whoever finds it first may do so, it happens once. */
export const expireBooking = async (
  tx: Transaction,
  context: Context,
  bookingId: string,
): Promise<void> => {
  const booking = await findBookingForUpdate(tx, bookingId);
  if (booking.state !== 'held') return;
  const house: Context = { ...context, actor: { kind: 'job', name: 'bookings.expire' } };
  const expired = orThrow(decideExpiry(booking, { actor: house.actor, now: context.now() }));
  if (expired === booking) return;
  await saveBooking(tx, expired);
  await releaseClaims(tx, booking.id, context.now());
  await recordAudit(tx, house, {
    action: 'bookings.expire',
    subjectId: booking.id,
    before: { state: booking.state },
    after: { state: expired.state },
  });
  await tellOrganizer(tx, context, 'expired', expired);
};

const batchSize = 200;

/** Ends every hold that is over; a booking that fails does not stop the others. */
export const expireHolds = async (context: Context): Promise<{ expired: number }> => {
  const ids = await listExpiredHolds(context.database.db, context.now(), batchSize);
  let expired = 0;
  for (const id of ids) {
    try {
      await context.transact((tx) => expireBooking(tx, context, id));
      expired += 1;
    } catch (error) {
      context.log.error({ err: error, bookingId: id }, 'a hold could not be ended');
    }
  }
  return { expired };
};
