import type { Transaction } from '#db/client.server.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import { keepCancellation } from '../../cancellations/actions.ts';
import type { Context } from '../../context.ts';
import { enqueue } from '../../outbox/actions.ts';
import { reverseCharge } from '../../payments/actions/charges.ts';
import { findBalance } from '../../payments/actions/ledger.ts';
import { listChargesByBillingAccount } from '../../payments/actions/read.ts';
import { requestCancelOfLive } from '../../payments/actions/settle.ts';
import { isChargeable } from '../../payments/rules/charge.ts';
import { isGivenUp, isLateMoney } from '../rules/cancellation.ts';
import { keptCause, listUnchargedCancellations } from '../store/cancellations.ts';
import { chargeKept } from './kept.ts';
import { lockWithMoney } from './lock.ts';

/** Money that came for a booking given up unpaid brings it back; of the rest those who refund hear. */
const tellSettled = async (tx: Transaction, booking: Booking, feeYen: number): Promise<void> => {
  const payload = { bookingId: booking.id };
  const { owedYen } = await findBalance(tx, booking.id);
  const task = isLateMoney(booking, { owedYen, feeYen })
    ? 'booking_charges.follow_late'
    : 'cancellations.settled';
  await enqueue(tx, { task, payload });
};

/**
 * Takes the charges of a cancelled booking back and charges what is kept, once. A figure the operator
 * has not published waits for the operator's word, and what comes back waits with it.
 */
export const settleCancellation = (context: Context, bookingId: string): Promise<void> =>
  context.transact(async (tx) => {
    const booking = await lockWithMoney(tx, context, bookingId);
    if (booking.state !== 'cancelled') return;
    const kept = await keepCancellation(tx, context, { bookingId });
    const charges = await listChargesByBillingAccount(tx, bookingId);
    for (const charge of charges.filter((one) => isGivenUp(one, kept.ground))) {
      await reverseCharge(tx, context, booking, charge);
    }
    await requestCancelOfLive(tx, context, bookingId);
    if (kept.keptYen > 0 && !charges.some(({ cause }) => cause === keptCause(kept))) {
      const isProvisional = kept.publication === 'provisional';
      if (!isChargeable({ isProvisional }, context.settings.chargesProvisionalFees)) return;
      const { keptYen } = kept;
      const cause = keptCause(kept);
      await chargeKept(tx, context, booking, {
        kind: 'cancellation',
        cause,
        keptYen,
        isProvisional,
      });
    }
    await tellSettled(tx, booking, kept.feeYen);
  });

const waitingMost = 200;

/** Charges what is kept and waited for the operator's word on provisional fees. */
export const chargeWaitingCancellations = async (context: Context): Promise<number> => {
  if (!context.settings.chargesProvisionalFees) return 0;
  const waiting = await listUnchargedCancellations(context.database.db, waitingMost);
  for (const bookingId of waiting) await settleCancellation(context, bookingId);
  return waiting.length;
};
