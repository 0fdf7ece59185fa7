import type { Transaction } from '#db/client.server.ts';
import { findBooking } from '../../bookings/actions/read.ts';
import type { ReleasedMoney } from '../../bookings/rules/release.ts';
import { keepCancellation, type Cancellation } from '../../cancellations/actions.ts';
import type { Context, ReleaseWatch } from '../../context.ts';
import { clearAttempt } from '../../payments/actions/cancel.ts';
import { findBalance } from '../../payments/actions/ledger.ts';
import { findOptionalLiveAttempt } from '../../payments/actions/read.ts';
import { paymentErrors } from '../../payments/errors.ts';
import { isChargeable } from '../../payments/rules/charge.ts';
import { backOf } from '../rules/cancellation.ts';
import { findChangeFeesYen } from '../store/cancellations.ts';

const moneyOf = async (
  tx: Transaction,
  context: Context,
  { bookingId, ground, keptYen, publication }: Cancellation,
): Promise<ReleasedMoney> => {
  const { paidYen } = await findBalance(tx, bookingId);
  const changeFeesYen = ground === 'organizer' ? await findChangeFeesYen(tx, bookingId) : 0;
  const isProvisional = publication === 'provisional';
  const waits =
    keptYen > 0 && !isChargeable({ isProvisional }, context.settings.chargesProvisionalFees);
  const back = backOf({ keptYen, changeFeesYen, paidYen });
  return { keptYen, changeFeesYen, ...back, waits };
};

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
    if (state !== 'cancelled') return undefined;
    return moneyOf(tx, context, await keepCancellation(tx, context, { bookingId, shownKeptYen }));
  },
};
