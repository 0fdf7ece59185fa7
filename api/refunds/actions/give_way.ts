import type { Transaction } from '#db/client.server.ts';
import type { Context } from '../../context.ts';
import { findPaymentForUpdate } from '../../payments/actions/ledger.ts';
import { listDisputedPayments } from '../../payments/actions/movements.ts';
import { yieldingOf } from '../rules/give_way.ts';
import type { Refund } from '../rules/refund.ts';
import { listRefundsByPayment } from '../store/refunds.ts';
import { saveMoved } from './move.ts';
import { findPaidYen, proposeRefund } from './propose.ts';

/**
 * Ends what of ours would go back a second time after money has left at Stripe, and asks anew for what
 * still fits: another amount is another decision.
 */
export const giveWay = async (
  tx: Transaction,
  context: Context,
  { paymentId, billingAccountId }: Pick<Refund, 'paymentId' | 'billingAccountId'>,
): Promise<void> => {
  const payment = await findPaymentForUpdate(tx, paymentId);
  const paidYen = await findPaidYen(tx, payment, billingAccountId);
  const refunds = await listRefundsByPayment(tx, payment.id);
  const own = refunds.filter((refund) => refund.billingAccountId === billingAccountId);
  const { cancelled, rest } = yieldingOf(paidYen, own);
  const now = context.now();
  for (const before of cancelled) {
    const decisionReason = before.decisionReason ?? 'Stripeで先に返金または引落しがあったため';
    const version = before.version + 1;
    const after = {
      ...before,
      state: 'cancelled',
      decisionReason,
      version,
      updatedAt: now,
    } as const;
    await saveMoved(tx, context, { before, after, deed: 'cancel' });
  }
  if (!rest || (await listDisputedPayments(tx, { paymentId })).length > 0) return;
  const { of, amountYen } = rest;
  await proposeRefund(tx, context, {
    ...{ paymentId, billingAccountId, amountYen, reason: of.reason, note: of.note },
    reducesCharge: of.reducesCharge,
    cause: `rest:${of.id}`,
    requestedByAccountId: of.requestedByAccountId,
  });
};
