import { findBookingForUpdate } from '../../bookings/actions/read.ts';
import type { Context } from '../../context.ts';
import {
  findBalance,
  findOptionalAllocation,
  findOptionalPayment,
} from '../../payments/actions/ledger.ts';
import { findVisibleAttempt, listChargesByBillingAccount } from '../../payments/actions/read.ts';
import { receiptOf, type PaperPayment } from '../rules/money.ts';
import { issueDocument, tellOrganizer } from './issue.ts';

interface Paid {
  readonly bookingId: string;
  readonly cause: string;
  readonly attemptId?: string;
  readonly payment: Omit<PaperPayment, 'leftYen' | 'rates'>;
}

const keepReceipt = (
  context: Context,
  { bookingId, cause, attemptId, payment }: Paid,
): Promise<void> =>
  context.transact(async (tx) => {
    const booking = await findBookingForUpdate(tx, bookingId);
    const { owedYen } = await findBalance(tx, bookingId);
    const standing = (await listChargesByBillingAccount(tx, bookingId)).filter(
      ({ reversedAt }) => !reversedAt,
    );
    const rates = [...new Set(standing.map(({ taxRateBp }) => taxRateBp))];
    const paid = { ...payment, rates, leftYen: owedYen };
    const receipt = await issueDocument(tx, context, booking, {
      kind: 'receipt',
      cause,
      attemptId,
      compose: (subject, issue) => receiptOf(subject, issue, paid),
    });
    await tellOrganizer(tx, context, booking, [receipt]);
  });

/** 領収書 of money that has arrived; whatever became of the booking, who paid gets a receipt. */
export const issueReceipt = async (context: Context, attemptId: string): Promise<void> => {
  const { attempt } = await findVisibleAttempt(context, attemptId);
  const {
    confirmedAt,
    billingAccountId: bookingId,
    method,
    amountYen,
    paidVia,
    handedYen,
  } = attempt;
  if (!confirmedAt) throw new Error(`${attemptId} is not confirmed: no receipt`);
  await keepReceipt(context, {
    bookingId,
    cause: `receipt:${attemptId}`,
    attemptId,
    payment: { method, amountYen, paidVia, confirmedAt, handedYen },
  });
};

/** 領収書 of money that was found to pay for a booking after it had arrived. */
export const issueAllocationReceipt = async (
  context: Context,
  allocationId: string,
): Promise<void> => {
  const allocation = await findOptionalAllocation(context.database.db, allocationId);
  if (!allocation || allocation.reversesId !== null) {
    throw new Error(`${allocationId} pays for nothing: no receipt`);
  }
  const payment = (await findOptionalPayment(context.database.db, allocation.paymentId))!;
  await keepReceipt(context, {
    bookingId: allocation.billingAccountId,
    cause: `receipt:${allocationId}`,
    payment: {
      method: payment.method,
      amountYen: allocation.amountYen,
      paidVia: payment.paidVia,
      confirmedAt: payment.receivedAt,
    },
  });
};
