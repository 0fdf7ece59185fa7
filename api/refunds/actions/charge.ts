import type { Queryable, Transaction } from '#db/client.server.ts';
import { findBookingForUpdate } from '../../bookings/actions/read.ts';
import type { Context } from '../../context.ts';
import { rebateCharges } from '../../payments/actions/rebate.ts';
import { findBalance } from '../../payments/actions/ledger.ts';
import { beyondOverpaid, goingOf, isReturned, isStanding, type Refund } from '../rules/refund.ts';
import { existsBounced, listRefundsByBooking } from '../store/refunds.ts';

/** What of a refund that has not gone yet is more than was paid too much; earlier ones go first. */
export const findBeyondYen = async (db: Queryable, refund: Refund): Promise<number> => {
  const { id, bookingId, amountYen } = refund;
  if (bookingId === null || !isStanding(refund) || isReturned(refund)) return 0;
  const [{ owedYen }, refunds] = await Promise.all([
    findBalance(db, bookingId),
    listRefundsByBooking(db, bookingId),
  ]);
  const earlier = refunds.slice(
    0,
    refunds.findIndex((one) => one.id === id),
  );
  return beyondOverpaid(amountYen, { owedYen, goingYen: goingOf(earlier) });
};

/**
 * Takes off the charge what has just gone back beyond what was paid too much. What a bank sent back and
 * goes once more was taken off the first time.
 */
export const rebateReturned = async (
  tx: Transaction,
  context: Context,
  { id, bookingId, amountYen, note }: Refund,
): Promise<void> => {
  if (bookingId === null || (await existsBounced(tx, id))) return;
  const booking = await findBookingForUpdate(tx, bookingId);
  const { owedYen } = await findBalance(tx, bookingId);
  const goneYen = beyondOverpaid(amountYen, { owedYen: owedYen - amountYen, goingYen: 0 });
  if (goneYen === 0) return;
  const cause = `refund:${id}`;
  await rebateCharges(tx, context, booking, {
    amountYen: goneYen,
    cause,
    refundId: id,
    reason: note,
  });
};
