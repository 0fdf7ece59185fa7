import type Stripe from 'stripe';
import { recordAudit } from '../../audit/actions.ts';
import { findBillingAccount } from '../../billing_accounts/actions.ts';
import type { Context } from '../../context.ts';
import {
  findOptionalPaidAttempt,
  settleDisputesOfIntent,
  type PaidAttempt,
} from '../../payments/actions/disputes.ts';
import { noteEventOfOthers } from '../../payments/actions/events.ts';
import { findPaymentForUpdate } from '../../payments/actions/ledger.ts';
import { noteMovement } from '../../payments/actions/movements.ts';
import { asking } from '../../payments/actions/stripe.ts';
import { isPayable } from '../../payments/rules/charge.ts';
import type { RefundId } from '../../shared/ids.ts';
import { addMinutes } from '../../shared/time.ts';
import { applyRefundNews, type Refund } from '../rules/refund.ts';
import {
  findOptionalRefundAtStripe,
  insertRefund,
  listRefundsByPayment,
} from '../store/refunds.ts';
import { giveWay } from './give_way.ts';
import { saveMoved, traceOf } from './move.ts';
import { proposeOverpaid } from './propose.ts';
import { clientOf, newsOf } from './stripe.ts';

const bareRefund = (context: Context, told: Stripe.Refund, { attempt, payment }: PaidAttempt) => {
  const now = context.now();
  const refund: Refund = {
    id: context.newId('refund') as RefundId,
    venueId: payment.venueId,
    paymentId: payment.id,
    billingAccountId: attempt.billingAccountId,
    amountYen: told.amount,
    reason: 'at_stripe',
    note: told.reason ?? null,
    route: 'stripe',
    state: 'approved',
    cause: `stripe_refund:${told.id}`,
    reducesCharge: false,
    stripeRefundId: told.id,
    failureCode: null,
    expiresAt: null,
    payee: null,
    requestedByAccountId: null,
    decidedByAccountId: null,
    decidedAt: null,
    decisionReason: null,
    paidOutByAccountId: null,
    finishedAt: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  return refund;
};

/** What never left us, or came back before we heard of it, is nothing of ours. */
const isOver = (told: Stripe.Refund) => told.status === 'failed' || told.status === 'canceled';

const noteRefund = (told: Stripe.Refund, paid: PaidAttempt | undefined) => ({
  kind: 'refund' as const,
  stripeId: told.id,
  eventType: 'refund.created',
  venueId: paid?.payment.venueId ?? null,
  billingAccountId: paid?.attempt.billingAccountId ?? null,
  paymentId: paid?.payment.id ?? null,
  amountYen: told.amount,
  reason: told.reason ?? null,
  status: 'made_at_stripe',
  happenedAt: new Date(told.created * 1_000),
});

/**
 * Takes a refund into our books that somebody made at Stripe, as a fact: it is not asked for and not
 * decided, whatever of ours would pay the same yen ends, and finance is told.
 */
export const adoptRefund = async (context: Context, told: Stripe.Refund): Promise<void> => {
  if (isOver(told)) return;
  const { payment_intent: intent } = told;
  const intentId = typeof intent === 'string' ? intent : intent?.id;
  const paid = intentId ? await findOptionalPaidAttempt(context, intentId) : undefined;
  await context.transact(async (tx) => {
    if (!paid) return void (await noteMovement(tx, context, noteRefund(told, paid)));
    await findPaymentForUpdate(tx, paid.payment.id);
    const refundId = told.metadata?.['refund_id'];
    const known = { stripeRefundId: told.id, refundId };
    if (await findOptionalRefundAtStripe(tx, known)) return;
    const before = bareRefund(context, told, paid);
    if (!(await insertRefund(tx, before))) return;
    await recordAudit(tx, context, {
      action: 'refunds.adopt',
      subjectId: before.id,
      after: traceOf(before),
    });
    const news = newsOf(told);
    const after = applyRefundNews(before, news, context.now());
    await saveMoved(tx, context, {
      before,
      after,
      deed: news.state === 'done' ? 'finish' : 'process',
    });
    await giveWay(tx, context, after);
    await noteMovement(tx, context, noteRefund(told, paid));
  });
};

/** A refund in the news that our books do not know. */
export const adoptTold = async (
  context: Context,
  told: Stripe.Refund | undefined,
  eventId: string | undefined,
): Promise<void> => {
  if (told) await adoptRefund(context, told);
  else if (eventId) await noteEventOfOthers(context, eventId);
};

const adoptUnknown = async (context: Context, told: Stripe.Refund): Promise<void> => {
  const refundId = told.metadata?.['refund_id'];
  const known = { stripeRefundId: told.id, refundId };
  if (await findOptionalRefundAtStripe(context.database.db, known)) return;
  await adoptRefund(context, told);
};

/** Before we pay out ourselves what went through Stripe: all that has happened to it there. */
export const lookAtStripe = async (context: Context, intentId: string): Promise<void> => {
  const client = clientOf(context);
  if (!client) return;
  const told = await asking(
    client.refunds
      .list({ payment_intent: intentId, limit: 100 })
      .autoPagingToArray({ limit: 1_000 }),
  );
  for (const refund of told) await adoptUnknown(context, refund);
  await settleDisputesOfIntent(context, intentId);
};

const sweptMinutes = 30 * 24 * 60;

/** Looks for refunds made at Stripe lately: an event may never have reached us. */
export const sweepStripe = async (context: Context): Promise<{ looked: number }> => {
  const client = clientOf(context);
  if (!client) return { looked: 0 };
  const since = Math.floor(addMinutes(context.now(), -sweptMinutes).getTime() / 1_000);
  let looked = 0;
  for await (const told of client.refunds.list({ created: { gte: since }, limit: 100 })) {
    looked += 1;
    try {
      await adoptUnknown(context, told);
    } catch (error) {
      context.log.error({ err: error, stripeRefundId: told.id }, 'a refund could not be adopted');
    }
  }
  return { looked };
};

/** After a bank has taken money or given it back: what no longer fits ends, what is free goes back. */
export const followDispute = async (
  context: Context,
  {
    billingAccountId,
    paymentId,
  }: { readonly billingAccountId: string; readonly paymentId: string },
): Promise<void> => {
  await context.transact(async (tx) => {
    const payment = await findPaymentForUpdate(tx, paymentId);
    const accounts = new Set(
      (await listRefundsByPayment(tx, payment.id)).map((refund) => refund.billingAccountId),
    );
    for (const one of accounts) {
      await giveWay(tx, context, { paymentId: payment.id, billingAccountId: one });
    }
  });
  const billingAccount = await findBillingAccount(context.database.db, context, billingAccountId);
  const reason = isPayable(billingAccount) ? 'overpaid' : 'cancellation';
  await proposeOverpaid(context, { billingAccountId, reason });
};
