import { hasRole, isMemberOf, type Actor, type StaffRole } from '../../shared/actor.ts';
import type { AccountId } from '../../shared/ids.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { wallClock } from '../../shared/time.ts';
import { bookingErrors } from '../errors.ts';
import {
  firstStart,
  lastEnd,
  type Booking,
  type BookingState,
  type CancelGround,
} from './booking.ts';
import { noChallenge } from './line.ts';

export const transitions = [
  'request',
  'approve',
  'refuse',
  'cancel',
  'withdraw',
  'expire',
  'begin',
  'settle',
] as const;
export type Transition = (typeof transitions)[number];

const startsFrom: Record<Transition, readonly BookingState[]> = {
  request: ['held'],
  approve: ['requested'],
  refuse: ['requested'],
  cancel: ['approved'],
  withdraw: ['optioned', 'waiting', 'held', 'requested'],
  expire: ['optioned', 'waiting', 'held'],
  begin: ['approved'],
  settle: ['approved', 'in_use'],
};

const isHouse = (actor: Actor) => actor.kind === 'job' || actor.kind === 'import';

/** Who decides about requests where the conditions of use name nobody else. */
const usualApprovers: readonly StaffRole[] = ['manager'];

const isAllowedTo = (
  transition: Transition,
  booking: Booking,
  actor: Actor,
  approverRoles = usualApprovers,
): boolean => {
  const isOwner = isMemberOf(actor, booking.organizationId);
  switch (transition) {
    case 'request':
    case 'withdraw':
      return isOwner || hasRole(actor, booking.venueId, ['desk', 'manager']);
    case 'cancel':
      return isOwner || hasRole(actor, booking.venueId, ['manager']);
    case 'approve':
    case 'refuse':
      return hasRole(actor, booking.venueId, approverRoles);
    case 'expire':
      return isHouse(actor);
    case 'begin':
      return hasRole(actor, booking.venueId, ['desk', 'manager']);
    case 'settle':
      return hasRole(actor, booking.venueId, ['desk', 'manager', 'finance']);
  }
};

const isHoldOver = (booking: Booking, now: Date) =>
  booking.holdExpiresAt.getTime() <= now.getTime();

const hasBegun = (booking: Booking, now: Date) =>
  firstStart(booking.uses).getTime() <= now.getTime();

/** Expiry comes by itself, arrival and settlement have pages of their own. */
const isOfItsOwnPage = (transition: Transition) =>
  ['expire', 'begin', 'settle'].includes(transition);

/** What this actor may do with the booking now, in the order a page should offer it. */
export const allowedTransitions = (
  booking: Booking,
  actor: Actor,
  now: Date,
  approverRoles?: readonly StaffRole[],
): Transition[] =>
  transitions.filter(
    (transition) =>
      !isOfItsOwnPage(transition) &&
      startsFrom[transition].includes(booking.state) &&
      isAllowedTo(transition, booking, actor, approverRoles) &&
      !(transition === 'request' && isHoldOver(booking, now)) &&
      !(transition === 'cancel' && hasBegun(booking, now)),
  );

interface Step {
  readonly transition: Transition;
  readonly version?: number;
  readonly approverRoles?: readonly StaffRole[];
  readonly actor: Actor;
  readonly now: Date;
}

const isBlank = (text: string) => text.trim() === '';

/** Version, state, then clock: the reader of a stale page learns that first. */
const guard = (booking: Booking, step: Step): Result<Booking> => {
  if (step.version !== undefined && step.version !== booking.version) {
    return refuse(bookingErrors.stale_version({ detail: { version: booking.version } }));
  }
  if (!startsFrom[step.transition].includes(booking.state)) {
    return refuse(bookingErrors.not_allowed_in_state({ detail: { state: booking.state } }));
  }
  if (!isAllowedTo(step.transition, booking, step.actor, step.approverRoles))
    return refuse(bookingErrors.unknown());
  return ok(booking);
};

const accountOf = (actor: Actor): AccountId | null =>
  'accountId' in actor ? actor.accountId : null;

const moved = (
  booking: Booking,
  state: BookingState,
  now: Date,
  change: Partial<Booking> = {},
): Booking => ({
  ...booking,
  ...change,
  state,
  version: booking.version + 1,
  updatedAt: now,
});

type Asked = Omit<Step, 'transition'>;

export const decideRequest = (booking: Booking, asked: Asked): Result<Booking> => {
  const guarded = guard(booking, { ...asked, transition: 'request' });
  if (!guarded.ok) return guarded;
  if (isHoldOver(booking, asked.now)) {
    const { holdExpiresAt } = booking;
    return refuse(
      bookingErrors.hold_expired({
        params: { deadline: wallClock(holdExpiresAt) },
        detail: { holdExpiresAt: holdExpiresAt.toISOString() },
      }),
    );
  }
  return ok(moved(booking, 'requested', asked.now, { requestedAt: asked.now, ...noChallenge }));
};

export const decideApproval = (booking: Booking, asked: Asked): Result<Booking> => {
  const guarded = guard(booking, { ...asked, transition: 'approve' });
  if (!guarded.ok) return guarded;
  const decision = { decidedAt: asked.now, decidedByAccountId: accountOf(asked.actor) };
  return ok(moved(booking, 'approved', asked.now, decision));
};

// 地方自治法244条: 正当な理由がない限り、利用を拒んではならない。
export const decideRefusal = (
  booking: Booking,
  asked: Asked & { reason: string; ground: string },
): Result<Booking> => {
  const guarded = guard(booking, { ...asked, transition: 'refuse' });
  if (!guarded.ok) return guarded;
  if (isBlank(asked.reason) || isBlank(asked.ground)) {
    return refuse(bookingErrors.reason_required());
  }
  return ok(
    moved(booking, 'refused', asked.now, {
      decidedAt: asked.now,
      decidedByAccountId: accountOf(asked.actor),
      refusalReason: asked.reason,
      refusalGround: asked.ground,
    }),
  );
};

/** Whose fault it was decides what is kept of the fee: the organizer cannot say it was another's. */
export const decideCancellation = (
  booking: Booking,
  asked: Asked & { reason: string; ground?: CancelGround | undefined },
): Result<Booking> => {
  const guarded = guard(booking, { ...asked, transition: 'cancel' });
  if (!guarded.ok) return guarded;
  const { ground: cancelGround = 'organizer' } = asked;
  if (isBlank(asked.reason)) return refuse(bookingErrors.reason_required());
  if (cancelGround !== 'organizer' && !hasRole(asked.actor, booking.venueId, ['manager'])) {
    return refuse(bookingErrors.ground_by_venue_only());
  }
  if (hasBegun(booking, asked.now)) {
    return refuse(bookingErrors.not_allowed_in_state({ detail: { state: 'in_use' } }));
  }
  return ok(
    moved(booking, 'cancelled', asked.now, {
      cancelledAt: asked.now,
      cancelReason: asked.reason,
      cancelGround,
    }),
  );
};

export const decideWithdrawal = (booking: Booking, asked: Asked): Result<Booking> => {
  const guarded = guard(booking, { ...asked, transition: 'withdraw' });
  return guarded.ok
    ? ok(moved(booking, 'withdrawn', asked.now, { cancelledAt: asked.now }))
    : guarded;
};

/** A hold ends by itself; asked too early nothing changes and the booking comes back as it is. */
export const decideExpiry = (booking: Booking, asked: Asked): Result<Booking> => {
  const guarded = guard(booking, { ...asked, transition: 'expire' });
  if (!guarded.ok || !isHoldOver(booking, asked.now)) return guarded;
  return ok(moved(booking, 'expired', asked.now));
};

/** The first people have come. */
export const decideBegin = (booking: Booking, asked: Asked): Result<Booking> => {
  const guarded = guard(booking, { ...asked, transition: 'begin' });
  return guarded.ok ? ok(moved(booking, 'in_use', asked.now)) : guarded;
};

/** Everything about the event is reckoned; its last use must be over. */
export const decideSettlement = (booking: Booking, asked: Asked): Result<Booking> => {
  const guarded = guard(booking, { ...asked, transition: 'settle' });
  if (!guarded.ok) return guarded;
  if (lastEnd(booking.uses) > asked.now) return refuse(bookingErrors.not_over_yet());
  return ok(moved(booking, 'settled', asked.now));
};
