import { hasRole, isMemberOf, type Actor } from '../../shared/actor.ts';
import type { AccountId } from '../../shared/ids.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { wallClock } from '../../shared/time.ts';
import { bookingErrors } from '../errors.ts';
import { firstStart, type Booking, type BookingState } from './booking.ts';

export const transitions = [
  'request',
  'approve',
  'refuse',
  'cancel',
  'withdraw',
  'expire',
] as const;
export type Transition = (typeof transitions)[number];

const startsFrom: Record<Transition, readonly BookingState[]> = {
  request: ['held'],
  approve: ['requested'],
  refuse: ['requested'],
  cancel: ['approved'],
  withdraw: ['held', 'requested'],
  expire: ['held'],
};

const isHouse = (actor: Actor) => actor.kind === 'job' || actor.kind === 'import';

const isAllowedTo = (transition: Transition, booking: Booking, actor: Actor): boolean => {
  const isOwner = isMemberOf(actor, booking.organizationId);
  switch (transition) {
    case 'request':
    case 'withdraw':
      return isOwner || hasRole(actor, booking.venueId, ['desk', 'manager']);
    case 'cancel':
      return isOwner || hasRole(actor, booking.venueId, ['manager']);
    case 'approve':
    case 'refuse':
      return hasRole(actor, booking.venueId, ['manager']);
    case 'expire':
      return isHouse(actor);
  }
};

const isHoldOver = (booking: Booking, now: Date) =>
  booking.holdExpiresAt.getTime() <= now.getTime();

const hasBegun = (booking: Booking, now: Date) =>
  firstStart(booking.uses).getTime() <= now.getTime();

/** What this actor may do with the booking now, in the order a page should offer it. */
export const allowedTransitions = (booking: Booking, actor: Actor, now: Date): Transition[] =>
  transitions.filter(
    (transition) =>
      transition !== 'expire' &&
      startsFrom[transition].includes(booking.state) &&
      isAllowedTo(transition, booking, actor) &&
      !(transition === 'request' && isHoldOver(booking, now)) &&
      !(transition === 'cancel' && hasBegun(booking, now)),
  );

/** Whether the actor may know of the booking at all. */
export const canSee = (
  booking: Pick<Booking, 'organizationId' | 'venueId'>,
  actor: Actor,
): boolean =>
  isMemberOf(actor, booking.organizationId) ||
  hasRole(actor, booking.venueId, ['desk', 'manager', 'finance']);

interface Step {
  readonly transition: Transition;
  readonly version?: number;
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
  if (!isAllowedTo(step.transition, booking, step.actor)) return refuse(bookingErrors.unknown());
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
  return ok(moved(booking, 'requested', asked.now, { requestedAt: asked.now }));
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

export const decideCancellation = (
  booking: Booking,
  asked: Asked & { reason: string },
): Result<Booking> => {
  const guarded = guard(booking, { ...asked, transition: 'cancel' });
  if (!guarded.ok) return guarded;
  if (isBlank(asked.reason)) return refuse(bookingErrors.reason_required());
  if (hasBegun(booking, asked.now)) {
    return refuse(bookingErrors.not_allowed_in_state({ detail: { state: 'in_use' } }));
  }
  return ok(
    moved(booking, 'cancelled', asked.now, { cancelledAt: asked.now, cancelReason: asked.reason }),
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
