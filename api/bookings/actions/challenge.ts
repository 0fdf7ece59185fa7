import { isConcerned } from '../../shared/actor.ts';
import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import type { BookingId } from '../../shared/ids.ts';
import { orThrow } from '../../shared/result.ts';
import { bookingErrors } from '../errors.ts';
import { challengedHold, decideChallenge, placeInLine } from '../rules/line.ts';
import { findBookingForUpdate, saveBooking } from '../store/bookings.ts';
import { listWaitingTimes, saveClaimExpiry } from '../store/line.ts';
import { listInLine, listInTheWay } from '../store/lines.ts';
import { findLinePolicy, lockLine, tellLine } from './line.ts';

/**
 * One hold under the clock: with its row locked, for its holder may be applying at this moment.
 * Its trail does not say who asked: the holder reads it, and the option’s own trail knows.
 */
const challengeOne = async (
  tx: Transaction,
  context: Context,
  holdId: string,
  optionId: BookingId,
): Promise<Date> => {
  const hold = await findBookingForUpdate(tx, holdId);
  if (hold.state !== 'held') throw bookingErrors.challenge_of_no_hold();
  const { challengeHours: hours } = await findLinePolicy(tx, hold);
  const challenged = challengedHold(hold, { optionId, now: context.now(), hours });
  await saveBooking(tx, challenged);
  await saveClaimExpiry(tx, holdId, challenged.holdExpiresAt);
  const house: Context = { ...context, actor: { kind: 'job', name: 'bookings.challenge' } };
  await recordAudit(tx, house, {
    action: 'bookings.challenged',
    subjectId: holdId,
    before: { holdExpiresAt: hold.holdExpiresAt },
    after: { holdExpiresAt: challenged.holdExpiresAt },
  });
  await tellLine(tx, context, 'challenged', challenged);
  return challenged.holdExpiresAt;
};

/** The first option asks everyone before it to apply or to release by a time both can see. */
export const challengeHolders = (
  context: Context,
  { bookingId, version }: { bookingId: string; version?: number },
): Promise<void> =>
  context.transact(async (tx) => {
    await lockLine(tx, bookingId);
    const option = await findBookingForUpdate(tx, bookingId);
    if (!isConcerned(context.actor, option)) throw bookingErrors.unknown();
    const now = context.now();
    const times = await listWaitingTimes(tx, bookingId);
    const inTheWay = await listInTheWay(tx, times, now);
    const { rank } = placeInLine(await listInLine(tx, times, now), bookingId);
    orThrow(decideChallenge(option, { actor: context.actor, now, version, rank, inTheWay }));
    const holdIds = new Set(inTheWay.flatMap((one) => one.bookingId ?? []));
    const ends: Date[] = [];
    for (const id of [...holdIds].sort()) ends.push(await challengeOne(tx, context, id, option.id));
    await recordAudit(tx, context, {
      action: 'bookings.challenge',
      subjectId: option.id,
      after: { challengeEndsAt: new Date(Math.max(...ends.map((end) => end.getTime()))) },
    });
  });
