import { findBooking } from '../../bookings/actions/read.ts';
import { keepCancellation } from '../../cancellations/actions.ts';
import type { ReleaseWatch } from '../../context.ts';
import { paymentErrors } from '../errors.ts';
import { findOptionalLiveAttempt } from '../store/attempts.ts';
import { clearAttempt } from './cancel.ts';

/**
 * Rooms are given back on a definite answer alone: while somebody may stand at a till, the booking
 * stays, and so does its payment until Stripe has said how it ended.
 */
export const releaseWatch: ReleaseWatch = {
  clear: async (context, bookingId) => {
    const live = await findOptionalLiveAttempt(context.reads, bookingId);
    if (live) await clearAttempt(context, live);
  },
  keep: async (tx, context, { bookingId, shownKeptYen }) => {
    if (await findOptionalLiveAttempt(tx, bookingId)) throw paymentErrors.cancel_not_definite();
    const { state } = await findBooking(tx, bookingId);
    if (state === 'cancelled') await keepCancellation(tx, context, { bookingId, shownKeptYen });
  },
};
