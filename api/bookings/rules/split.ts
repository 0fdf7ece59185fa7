import type { Actor } from '../../shared/actor.ts';
import type { BookingId } from '../../shared/ids.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { wallClock } from '../../shared/time.ts';
import { bookingErrors } from '../errors.ts';
import { isAmendable, sideOf } from './amendment.ts';
import { firstStart, type Booking, type BookingUse } from './booking.ts';

interface Splitting {
  readonly id: BookingId;
  readonly version: number;
  readonly useIds: readonly string[];
  readonly title?: string | undefined;
  readonly actor: Actor;
  readonly now: Date;
}

const numbered = (uses: readonly BookingUse[]): BookingUse[] =>
  uses.map((use, position) => ({ ...use, position }));

const mayBegin = (booking: Booking, { version, actor, now }: Splitting): Result<void> => {
  if (version !== booking.version) {
    return refuse(bookingErrors.stale_version({ detail: { version: booking.version } }));
  }
  if (!isAmendable(booking)) {
    return refuse(bookingErrors.not_allowed_in_state({ detail: { state: booking.state } }));
  }
  if (!sideOf(booking, actor)) return refuse(bookingErrors.unknown());
  if (booking.state === 'held' && booking.holdExpiresAt <= now) {
    const deadline = wallClock(booking.holdExpiresAt);
    return refuse(bookingErrors.hold_expired({ params: { deadline } }));
  }
  return ok(undefined);
};

export interface Halves {
  readonly kept: Booking;
  readonly parted: Booking;
}

/** The chosen uses as a booking of their own, in the same state; its number is the caller's. */
export const decideSplit = (booking: Booking, asked: Splitting): Result<Halves> => {
  const begun = mayBegin(booking, asked);
  if (!begun.ok) return begun;
  const chosen = new Set(asked.useIds);
  const parted = booking.uses.filter(({ id }) => chosen.has(id));
  const kept = booking.uses.filter(({ id }) => !chosen.has(id));
  if (parted.length < chosen.size) return refuse(bookingErrors.unknown_use());
  if (kept.length === 0) return refuse(bookingErrors.split_needs_both());
  if (parted.some(({ startsAt }) => startsAt <= asked.now)) {
    return refuse(bookingErrors.past_use_fixed());
  }
  return ok({
    kept: {
      ...booking,
      uses: numbered(kept),
      version: booking.version + 1,
      updatedAt: asked.now,
    },
    parted: {
      ...booking,
      id: asked.id,
      number: '',
      title: asked.title ?? booking.title,
      version: 1,
      originBookingId: booking.id,
      originKind: 'split',
      challengedAt: null,
      challengeEndsAt: null,
      challengedByBookingId: null,
      holdExpiresAt: earlier(booking.holdExpiresAt, firstStart(parted)),
      createdAt: asked.now,
      updatedAt: asked.now,
      uses: numbered(parted),
    },
  });
};

const earlier = (one: Date, other: Date) => (one < other ? one : other);

interface Stay {
  readonly cellIds: readonly string[];
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Two uses of one cell at one time have it once, for both: they cannot part. */
export const decideApart = (kept: readonly Stay[], parted: readonly Stay[]): Result<void> => {
  const meet = (one: Stay, other: Stay) =>
    one.startsAt < other.endsAt &&
    other.startsAt < one.endsAt &&
    one.cellIds.some((cellId) => other.cellIds.includes(cellId));
  return kept.some((one) => parted.some((other) => meet(one, other)))
    ? refuse(bookingErrors.split_shares_cells())
    : ok(undefined);
};
