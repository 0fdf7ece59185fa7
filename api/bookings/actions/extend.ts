import { isConcerned } from '../../shared/actor.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { orThrow } from '../../shared/result.ts';
import { bookingErrors } from '../errors.ts';
import type { Booking } from '../rules/booking.ts';
import { decideExtension, isReminderDue, remindedBy } from '../rules/extension.ts';
import { isChallenged } from '../rules/line.ts';
import type { ExtendHold } from '../schema/line.ts';
import { findBookingForUpdate, saveBooking } from '../store/bookings.ts';
import { listHoldsEndingBy, saveClaimExpiry } from '../store/line.ts';
import { tellOptionOf } from './challenge_end.ts';
import { findLinePolicy, tellLine } from './line.ts';

/** Staff give a hold more time, with a reason that stays on record. */
export const extendHold = (
  context: Context,
  input: ExtendHold & { bookingId: string },
): Promise<Booking> =>
  context.transact(async (tx) => {
    const hold = await findBookingForUpdate(tx, input.bookingId);
    if (!isConcerned(context.actor, hold)) throw bookingErrors.unknown();
    const { version, until, reason } = input;
    const { actor } = context;
    const now = context.now();
    const { zone } = await findLinePolicy(tx, hold);
    const extended = orThrow(decideExtension(hold, { actor, now, version, until, zone }));
    await saveBooking(tx, extended);
    await saveClaimExpiry(tx, hold.id, extended.holdExpiresAt);
    await recordAudit(tx, context, {
      action: 'bookings.extend',
      subjectId: hold.id,
      before: { holdExpiresAt: hold.holdExpiresAt },
      after: { holdExpiresAt: extended.holdExpiresAt, reason },
    });
    await tellLine(tx, context, 'extended', extended, { reason });
    if (isChallenged(hold, now)) await tellOptionOf(tx, context, hold, 'challenge_moved');
    return extended;
  });

const daysMost = 31;
const batchSize = 500;

const remind = (context: Context, bookingId: string): Promise<boolean> =>
  context.transact(async (tx) => {
    const hold = await findBookingForUpdate(tx, bookingId);
    const { remindDaysBefore } = await findLinePolicy(tx, hold);
    const now = context.now();
    if (!isReminderDue(hold, remindDaysBefore, now)) return false;
    await saveBooking(tx, { ...hold, remindedAt: now });
    await recordAudit(tx, context, {
      action: 'bookings.remind',
      subjectId: bookingId,
      after: { holdExpiresAt: hold.holdExpiresAt },
    });
    await tellLine(tx, context, 'reminded', hold);
    return true;
  });

/** Reminds holders that their time is running out; each of the days before the end once. */
export const remindHolds = async (context: Context): Promise<{ reminded: number }> => {
  const now = context.now();
  const until = remindedBy(now, daysMost);
  const ids = await listHoldsEndingBy(context.database.db, { now, until, limit: batchSize });
  let reminded = 0;
  for (const id of ids) {
    try {
      if (await remind(context, id)) reminded += 1;
    } catch (error) {
      context.log.error({ err: error, bookingId: id }, 'a holder could not be reminded');
    }
  }
  return { reminded };
};
