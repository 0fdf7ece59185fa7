import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import type { Booking } from '../rules/booking.ts';
import { isChallenged, unchallengedHold } from '../rules/line.ts';
import { findBookingForUpdate, findOptionalBooking, saveBooking } from '../store/bookings.ts';
import { findExpiryBeforeChallenge, listChallengedBy, saveClaimExpiry } from '../store/line.ts';
import { tellLine } from './line.ts';

/** Whoever challenged has left the line: the holds they challenged have their time back. */
export const endChallengesBy = async (
  tx: Transaction,
  context: Context,
  optionId: string,
): Promise<void> => {
  // The holder reads the trail and is not told who stood behind.
  const house: Context = { ...context, actor: { kind: 'job', name: 'bookings.challenge' } };
  for (const holdId of await listChallengedBy(tx, optionId)) {
    const hold = await findBookingForUpdate(tx, holdId);
    const now = context.now();
    if (!isChallenged(hold, now) || hold.challengedByBookingId !== optionId) continue;
    const before = await findExpiryBeforeChallenge(tx, holdId);
    const free = unchallengedHold(hold, before ?? hold.holdExpiresAt, now);
    await saveBooking(tx, free);
    await saveClaimExpiry(tx, holdId, free.holdExpiresAt);
    await recordAudit(tx, house, {
      action: 'bookings.challenge_dropped',
      subjectId: holdId,
      before: { holdExpiresAt: hold.holdExpiresAt },
      after: { holdExpiresAt: free.holdExpiresAt },
    });
    await tellLine(tx, context, 'challenge_dropped', free);
  }
};

/** Whoever challenged a hold is told what became of it. */
export const tellOptionOf = async (
  tx: Transaction,
  context: Context,
  hold: Pick<Booking, 'challengedByBookingId'>,
  news: 'challenge_answered' | 'challenge_moved',
): Promise<void> => {
  if (!hold.challengedByBookingId) return;
  const option = await findOptionalBooking(tx, hold.challengedByBookingId);
  if (option?.state === 'optioned') await tellLine(tx, context, news, option);
};

/** The holder has applied: whoever challenged is told. */
export const tellChallenger = (
  tx: Transaction,
  context: Context,
  hold: Pick<Booking, 'challengedByBookingId'>,
): Promise<void> => tellOptionOf(tx, context, hold, 'challenge_answered');
