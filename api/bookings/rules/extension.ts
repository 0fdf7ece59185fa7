import { hasRole, type Actor } from '../../shared/actor.ts';
import type { AppError } from '../../shared/error.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { addDays, dayOf, instantAt, wallClock, type LocalDay } from '../../shared/time.ts';
import { bookingErrors } from '../errors.ts';
import { firstStart, type Booking } from './booking.ts';
import { atField } from '../../shared/fields.ts';
import { isChallenged } from './line.ts';

const onField = (error: AppError): AppError => atField('until', error);

interface Extension {
  readonly actor: Actor;
  readonly now: Date;
  readonly version: number;
  /** The last day of the hold. */
  readonly until: LocalDay;
  readonly zone: string;
}

/**
 * Staff give a hold more time, to the end of a day, never past the first use. While the next option
 * has challenged it only a manager may, and the challenge then ends with the hold.
 */
export const decideExtension = (hold: Booking, asked: Extension): Result<Booking> => {
  const { actor, now, version, until, zone } = asked;
  if (!hasRole(actor, hold.venueId, ['desk', 'manager'])) return refuse(bookingErrors.unknown());
  if (version !== hold.version) {
    return refuse(bookingErrors.stale_version({ detail: { version: hold.version } }));
  }
  if (hold.state !== 'held') {
    return refuse(bookingErrors.not_allowed_in_state({ detail: { state: hold.state } }));
  }
  const deadline = wallClock(hold.holdExpiresAt, zone);
  if (hold.holdExpiresAt <= now)
    return refuse(bookingErrors.hold_expired({ params: { deadline } }));
  const challenged = isChallenged(hold, now);
  if (challenged && !hasRole(actor, hold.venueId, ['manager'])) {
    return refuse(bookingErrors.extension_while_challenged());
  }
  const start = firstStart(hold.uses);
  const day = dayOf(start, zone);
  if (until > day) return refuse(onField(bookingErrors.extension_too_late({ params: { day } })));
  const end = instantAt(until, '24:00', zone);
  const holdExpiresAt = end < start ? end : start;
  if (holdExpiresAt <= hold.holdExpiresAt) {
    return refuse(onField(bookingErrors.extension_not_later({ params: { deadline } })));
  }
  return ok({
    ...hold,
    version: hold.version + 1,
    holdExpiresAt,
    challengeEndsAt: challenged ? holdExpiresAt : hold.challengeEndsAt,
    remindedAt: null,
    updatedAt: now,
  });
};

const dayLength = 86_400_000;

const latest = (...instants: readonly (Date | null)[]): number =>
  Math.max(...instants.map((instant) => instant?.getTime() ?? 0));

/**
 * Whether the holder is to be reminded now: once for each of the days before the end, none for
 * days that had passed before the hold had its present end.
 */
export const isReminderDue = (
  hold: Pick<
    Booking,
    'state' | 'holdExpiresAt' | 'createdAt' | 'promotedAt' | 'challengedAt' | 'remindedAt'
  >,
  remindDaysBefore: readonly number[],
  now: Date,
): boolean => {
  const { state, holdExpiresAt, createdAt, promotedAt, challengedAt, remindedAt } = hold;
  if (state !== 'held' || holdExpiresAt <= now) return false;
  const told = latest(createdAt, promotedAt, challengedAt, remindedAt);
  return remindDaysBefore.some((days) => {
    const due = holdExpiresAt.getTime() - days * dayLength;
    return due <= now.getTime() && told < due;
  });
};

/** Holds ending by then may have a reminder due. */
export const remindedBy = (now: Date, daysMost: number): Date =>
  instantAt(addDays(dayOf(now), daysMost + 1), '24:00');
