import type { Transaction } from '#db/client.server.ts';
import { releaseBooking } from '../../bookings/actions/decide.ts';
import type { Booking, CancelGround } from '../../bookings/rules/booking.ts';
import type { ReleasedMoney } from '../../bookings/rules/release.ts';
import { decideCancellation } from '../../bookings/rules/transitions.ts';
import { keepCancellation, type Cancellation } from '../../cancellations/actions.ts';
import type { Context } from '../../context.ts';
import { findBalance } from '../../payments/actions/ledger.ts';
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

interface CancelBooking {
  readonly bookingId: string;
  readonly version?: number;
  readonly reason: string;
  readonly ground?: CancelGround | undefined;
  /** What was shown to be kept of the fee. */
  readonly keptYen?: number | undefined;
}

/** Ends an approved booking and notes what is kept of its fee. @throws cancellations.figure_changed */
export const cancelBooking = (context: Context, input: CancelBooking): Promise<Booking> => {
  const { bookingId, version, reason, ground, keptYen: shownKeptYen } = input;
  const asked = { actor: context.actor, now: context.now(), reason, ground };
  return releaseBooking(context, bookingId, 'cancel', {
    decide: (booking) =>
      decideCancellation(booking, version === undefined ? asked : { ...asked, version }),
    noteMoney: async (tx) =>
      moneyOf(tx, context, await keepCancellation(tx, context, { bookingId, shownKeptYen })),
  });
};
