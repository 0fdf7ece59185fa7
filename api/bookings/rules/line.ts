import { hasRole, isMemberOf, type Actor } from '../../shared/actor.ts';
import type { BookingId } from '../../shared/ids.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { addMinutes, wallClock } from '../../shared/time.ts';
import { deadlineBefore } from '../../policies/rules.ts';
import { bookingErrors } from '../errors.ts';
import { firstStart, type Booking, type BookingState } from './booking.ts';
import { holdEnd } from './placement.ts';

/** A cell for a time, whosesoever. */
export interface CellTime {
  readonly cellId: string;
  readonly from: Date;
  readonly until: Date;
}

/** What a venue lays down about standing in line. */
export interface LinePolicy {
  readonly zone: string;
  readonly holdDays: number;
  readonly requestDeadlineDays: number;
  readonly optionsMost: number;
  readonly challengeHours: number;
  readonly offerHours: number;
  readonly remindDaysBefore: readonly number[];
}

export type BookingMode = 'hold' | 'option' | 'wait';

export const isInLine = (state: BookingState): state is 'optioned' | 'waiting' =>
  state === 'optioned' || state === 'waiting';

/** Something live that keeps a booking out. */
export interface InTheWay {
  readonly state: 'held' | 'requested' | 'approved' | 'closed';
  readonly organizationId: string | null;
}

/** Whether one may stand in line: options only behind what may still lapse, waits behind anything. */
export const decideJoining = (
  mode: 'option' | 'wait',
  asked: {
    readonly organizationId: string;
    readonly inTheWay: readonly InTheWay[];
    readonly ownInLine: number;
    readonly options: number;
    readonly optionsMost: number;
  },
): Result<'optioned' | 'waiting'> => {
  const { inTheWay, organizationId, options, optionsMost } = asked;
  if (inTheWay.length === 0) return refuse(bookingErrors.free_to_hold());
  if (asked.ownInLine > 0 || inTheWay.some((one) => one.organizationId === organizationId)) {
    return refuse(bookingErrors.already_yours());
  }
  if (inTheWay.some(({ state }) => state === 'closed')) return refuse(bookingErrors.line_closed());
  if (mode === 'wait') return ok('waiting');
  if (inTheWay.some(({ state }) => state === 'approved')) {
    return refuse(bookingErrors.option_behind_approved());
  }
  if (options >= optionsMost) {
    return refuse(bookingErrors.options_full({ params: { most: optionsMost } }));
  }
  return ok('optioned');
};

const earlier = (one: Date, other: Date): Date => (one < other ? one : other);

/**
 * An option becomes an ordinary hold with its whole period; a wait is an offer for some hours.
 * Neither lasts past the day by which approval must be applied for, nor past the first use.
 */
export const decidePromotion = (
  booking: Booking,
  { now, policy }: { now: Date; policy: LinePolicy },
): Result<Booking> => {
  if (!isInLine(booking.state)) {
    return refuse(bookingErrors.not_allowed_in_state({ detail: { state: booking.state } }));
  }
  const start = firstStart(booking.uses);
  const deadline = deadlineBefore(start, policy.requestDeadlineDays, policy.zone);
  const latest = deadline > now ? deadline : start;
  const holdExpiresAt =
    booking.state === 'optioned'
      ? holdEnd(now, policy.holdDays, latest, policy.zone)
      : earlier(addMinutes(now, policy.offerHours * 60), latest);
  return ok({
    ...booking,
    state: 'held',
    version: booking.version + 1,
    holdExpiresAt,
    promotedAt: now,
    remindedAt: null,
    updatedAt: now,
  });
};

/** Of everything that stands in the way of an option, what a challenge must know. */
export interface Holder {
  readonly state: 'held' | 'requested' | 'approved' | 'closed';
  readonly challengeEndsAt: Date | null;
}

interface Challenge {
  readonly actor: Actor;
  readonly now: Date;
  readonly version?: number | undefined;
  readonly rank: number;
  readonly inTheWay: readonly Holder[];
}

const runningChallenge = (holders: readonly Holder[], now: Date): Date | undefined =>
  holders.flatMap(({ challengeEndsAt: at }) => (at && at > now ? [at] : []))[0];

/** The first option may ask those before it to apply or to release. */
export const decideChallenge = (option: Booking, asked: Challenge): Result<Booking> => {
  const isAllowed =
    isMemberOf(asked.actor, option.organizationId) ||
    hasRole(asked.actor, option.venueId, ['desk', 'manager']);
  if (!isAllowed) return refuse(bookingErrors.unknown());
  if (asked.version !== undefined && asked.version !== option.version) {
    return refuse(bookingErrors.stale_version({ detail: { version: option.version } }));
  }
  if (option.state !== 'optioned') {
    return refuse(bookingErrors.not_allowed_in_state({ detail: { state: option.state } }));
  }
  if (asked.rank !== 2) return refuse(bookingErrors.challenge_not_first());
  const { inTheWay, now } = asked;
  if (inTheWay.length === 0 || inTheWay.some(({ state }) => state !== 'held')) {
    return refuse(bookingErrors.challenge_of_no_hold());
  }
  const running = runningChallenge(inTheWay, now);
  if (running) {
    return refuse(
      bookingErrors.challenge_running({
        params: { deadline: wallClock(running) },
        detail: { challengeEndsAt: running.toISOString() },
      }),
    );
  }
  return ok(option);
};

/** The hold with its clock: it ends when the challenge ends, and never later than before. */
export const challengedHold = (
  hold: Booking,
  by: { readonly optionId: BookingId; readonly now: Date; readonly hours: number },
): Booking => {
  const challengeEndsAt = earlier(addMinutes(by.now, by.hours * 60), hold.holdExpiresAt);
  return {
    ...hold,
    version: hold.version + 1,
    holdExpiresAt: challengeEndsAt,
    challengedAt: by.now,
    challengeEndsAt,
    challengedByBookingId: by.optionId,
    updatedAt: by.now,
  };
};

export const noChallenge = {
  challengedAt: null,
  challengeEndsAt: null,
  challengedByBookingId: null,
} as const;

/** Who challenged has gone: the hold has its time back. */
export const unchallengedHold = (hold: Booking, expiresAt: Date, now: Date): Booking => ({
  ...hold,
  ...noChallenge,
  version: hold.version + 1,
  holdExpiresAt: earlier(expiresAt, firstStart(hold.uses)),
  updatedAt: now,
});

export const isChallenged = (
  { state, challengeEndsAt }: Pick<Booking, 'state' | 'challengeEndsAt'>,
  now: Date,
): boolean => state === 'held' && challengeEndsAt !== null && challengeEndsAt > now;

export interface PlaceInLine {
  readonly bookingId: string;
  readonly state: 'optioned' | 'waiting';
}

/** The place of a booking among those in line for its cells; the hold itself is the first option. */
export const placeInLine = (line: readonly PlaceInLine[], bookingId: string) => {
  const at = line.findIndex((one) => one.bookingId === bookingId);
  const ahead = line.slice(0, Math.max(at, 0));
  const optionsAhead = ahead.filter(({ state }) => state === 'optioned').length;
  const waitsAhead = ahead.length - optionsAhead;
  const isOption = line[at]?.state === 'optioned';
  return { optionsAhead, waitsAhead, rank: isOption ? optionsAhead + 2 : waitsAhead + 1 };
};
