import { hasRole, type Actor } from '../../shared/actor.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { bookingErrors } from '../errors.ts';
import type { Booking, BookingState } from './booking.ts';

const closable: readonly BookingState[] = ['held', 'requested', 'approved', 'in_use'];

interface Closing {
  readonly actor: Actor;
  readonly now: Date;
  readonly version: number;
  readonly reason: string;
}

/**
 * The house takes a booking back because it must close. No fault of the organizer: it is possible in
 * every state that keeps cells, the use itself included.
 */
export const decideClosing = (booking: Booking, asked: Closing): Result<Booking> => {
  const { version, actor, now, reason } = asked;
  if (version !== booking.version) {
    return refuse(bookingErrors.stale_version({ detail: { version: booking.version } }));
  }
  if (!hasRole(actor, booking.venueId, ['manager'])) return refuse(bookingErrors.unknown());
  if (!closable.includes(booking.state)) {
    return refuse(bookingErrors.not_allowed_in_state({ detail: { state: booking.state } }));
  }
  return ok({
    ...booking,
    state: 'cancelled',
    version: booking.version + 1,
    cancelledAt: now,
    cancelReason: reason,
    cancelGround: 'operator',
    updatedAt: now,
  });
};

/** Back to what it was, as if the house had not closed; its version goes on. */
export const decideReopening = (
  booking: Booking,
  before: Pick<Booking, 'state' | 'cancelledAt' | 'cancelReason'>,
  now: Date,
): Result<Booking> => {
  if (booking.state !== 'cancelled') {
    return refuse(bookingErrors.not_allowed_in_state({ detail: { state: booking.state } }));
  }
  const { state, cancelReason } = before;
  return ok({
    ...booking,
    state,
    cancelledAt: null,
    cancelReason,
    cancelGround: null,
    version: booking.version + 1,
    updatedAt: now,
  });
};
