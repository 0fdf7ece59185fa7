import { ok, refuse, type Result } from '../../shared/result.ts';
import { bookingErrors } from '../errors.ts';
import { firstStart, type Booking } from './booking.ts';

/** A booking given up because it was not paid comes back when its money does, while its use is ahead. */
export const decideRestoring = (booking: Booking, now: Date): Result<Booking> => {
  const { state, cancelGround } = booking;
  if (state !== 'cancelled' || cancelGround !== 'unpaid' || firstStart(booking.uses) <= now) {
    return refuse(bookingErrors.not_allowed_in_state({ detail: { state } }));
  }
  return ok({
    ...booking,
    state: 'approved',
    version: booking.version + 1,
    cancelledAt: null,
    cancelReason: null,
    cancelGround: null,
    updatedAt: now,
  });
};
