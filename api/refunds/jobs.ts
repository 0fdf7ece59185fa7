import { z } from 'zod';
import type { Context } from '../context.ts';
import { executeRefund, refreshRefund, sweepRefunds, watchDone } from './actions/execute.ts';
import { proposeOverpaid, proposeReceived } from './actions/propose.ts';
import type { RefundReason } from './rules/refund.ts';

const ofRefund = z.object({ refundId: z.string() });
const ofStripeRefund = z.object({ stripeRefundId: z.string() });
const ofAttempt = z.object({ attemptId: z.string() });
const ofBooking = z.object({ bookingId: z.string() });

const propose = (reason: RefundReason) => (context: Context, payload: unknown) =>
  proposeOverpaid(context, { bookingId: ofBooking.parse(payload).bookingId, reason });

export const refundsJobs = {
  'refunds.execute': (context: Context, payload: unknown) =>
    executeRefund(context, ofRefund.parse(payload).refundId),
  'refunds.refresh': (context: Context, payload: unknown) =>
    refreshRefund(context, ofStripeRefund.parse(payload).stripeRefundId),
  'refunds.sweep': (context: Context) => sweepRefunds(context),
  'refunds.watch_done': (context: Context) => watchDone(context),
  'refunds.propose_cancelled': propose('cancellation'),
  'refunds.propose_reduced': propose('reduction'),
  'refunds.propose_released': propose('released'),
  'refunds.propose_overpaid': (context: Context, payload: unknown) =>
    proposeReceived(context, ofAttempt.parse(payload).attemptId),
};
