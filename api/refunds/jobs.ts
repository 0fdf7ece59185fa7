import { z } from 'zod';
import { billingAccountPayload } from '../billing_accounts/schema.ts';
import type { Context } from '../context.ts';
import { executeRefund, refreshRefund, sweepRefunds, watchDone } from './actions/execute.ts';
import { followDispute, sweepStripe } from './actions/at_stripe.ts';
import { proposeOverpaid, proposeReceived } from './actions/propose.ts';
import type { RefundReason } from './rules/refund.ts';

const ofRefund = z.object({ refundId: z.string() });
const ofStripeRefund = z.object({ stripeRefundId: z.string(), eventId: z.string().optional() });
const ofDispute = billingAccountPayload.and(z.object({ paymentId: z.string() }));
const ofAttempt = z.object({ attemptId: z.string() });

const propose = (reason: RefundReason) => (context: Context, payload: unknown) =>
  proposeOverpaid(context, { ...billingAccountPayload.parse(payload), reason });

export const refundsJobs = {
  'refunds.execute': (context: Context, payload: unknown) =>
    executeRefund(context, ofRefund.parse(payload).refundId),
  'refunds.refresh': (context: Context, payload: unknown) => {
    const { stripeRefundId, eventId } = ofStripeRefund.parse(payload);
    return refreshRefund(context, stripeRefundId, eventId);
  },
  'refunds.follow_dispute': (context: Context, payload: unknown) =>
    followDispute(context, ofDispute.parse(payload)),
  'refunds.sweep_stripe': (context: Context) => sweepStripe(context),
  'refunds.sweep': (context: Context) => sweepRefunds(context),
  'refunds.watch_done': (context: Context) => watchDone(context),
  'refunds.propose_cancelled': propose('cancellation'),
  'refunds.propose_reduced': propose('reduction'),
  'refunds.propose_released': propose('released'),
  'refunds.propose_overpaid': (context: Context, payload: unknown) =>
    proposeReceived(context, ofAttempt.parse(payload).attemptId),
};
