import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { enqueue } from '../../outbox/actions.ts';
import { orThrow } from '../../shared/result.ts';
import { isInLine, type CellTime } from '../rules/line.ts';
import { decideExpiry } from '../rules/transitions.ts';
import { findBookingForUpdate, listExpiredHolds, saveBooking } from '../store/bookings.ts';
import { listLapsedInLine, listServable } from '../store/line.ts';
import { endChallengesBy } from './challenge_end.ts';
import { lockLine, promoteNext, releaseCells, tellLine } from './line.ts';
import { tellOrganizer } from './news.ts';

/**
 * Ends a hold whose time is over, or a place in line whose first use begins; whoever finds it first
 * may do so, it happens once. Its cells go to those in line.
 */
export const expireBooking = async (
  tx: Transaction,
  context: Context,
  bookingId: string,
): Promise<void> => {
  const booking = await findBookingForUpdate(tx, bookingId);
  if (booking.state !== 'held' && !isInLine(booking.state)) return;
  const house: Context = { ...context, actor: { kind: 'job', name: 'bookings.expire' } };
  const expired = orThrow(decideExpiry(booking, { actor: house.actor, now: context.now() }));
  if (expired === booking) return;
  await saveBooking(tx, expired);
  await recordAudit(tx, house, {
    action: 'bookings.expire',
    subjectId: booking.id,
    before: { state: booking.state },
    after: { state: expired.state },
  });
  if (isInLine(booking.state)) {
    await endChallengesBy(tx, house, booking.id);
    await tellLine(tx, context, 'line_over', expired);
  } else {
    await tellOrganizer(tx, context, 'expired', expired);
    await enqueue(tx, { task: 'bookings.expired', payload: { bookingId } });
  }
  await releaseCells(tx, context, booking.id);
};

const batchSize = 200;

/** Ends every hold that is over; a booking that fails does not stop the others. */
export const expireHolds = async (context: Context): Promise<{ expired: number }> => {
  const ids = await listExpiredHolds(context.database.db, context.now(), batchSize);
  let expired = 0;
  for (const id of ids) {
    try {
      await context.transact(async (tx) => {
        await lockLine(tx, id);
        await expireBooking(tx, context, id);
      });
      expired += 1;
    } catch (error) {
      context.log.error({ err: error, bookingId: id }, 'a hold could not be ended');
    }
  }
  return { expired };
};

/**
 * Who stands in line for these times goes before any newcomer: lapsed holds end and their cells
 * are given on, in transactions of their own, so that the newcomer's refusal does not undo it.
 */
export const serveLineFirst = async (
  context: Context,
  times: readonly CellTime[],
): Promise<void> => {
  const now = context.now();
  const behind = await listServable(context.database.db, { times, now, lapsedAt: now });
  if (behind.length === 0) return;
  for (const id of await listLapsedInLine(context.database.db, times, now)) {
    await context.transact(async (tx) => {
      await lockLine(tx, id);
      await expireBooking(tx, context, id);
    });
  }
  for (const { bookingId } of behind) {
    await context.transact(async (tx) => {
      await lockLine(tx, bookingId);
      await promoteNext(tx, context, times);
    });
  }
};
