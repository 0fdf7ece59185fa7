import type Stripe from 'stripe';
import type { Context } from '../../context.ts';
import { findBillingAccount } from '../../billing_accounts/actions.ts';
import { findRecipient } from '../../organizations/actions.ts';
import { findOptionalPayment } from '../../payments/actions/ledger.ts';
import { findOptionalAttempt } from '../../payments/actions/read.ts';
import { addMinutes } from '../../shared/time.ts';
import {
  applyRefundNews,
  refusedAtStripe,
  type Refund,
  type RefundNews,
  type RefundState,
} from '../rules/refund.ts';
import {
  findOptionalRefund,
  findOptionalRefundAtStripe,
  findRefundForUpdate,
  listRefundsAtStripe,
} from '../store/refunds.ts';
import { adoptTold } from './at_stripe.ts';
import { giveWay } from './give_way.ts';
import { saveMoved } from './move.ts';
import {
  clientOf,
  ensureAtStripe,
  newsOf,
  refusalCodeOf,
  retrieveAtStripe,
  type AskedRefund,
} from './stripe.ts';

const deedOf: Readonly<Record<RefundNews['state'], string>> = {
  awaiting_customer: 'await_customer',
  processing: 'process',
  done: 'finish',
  failed: 'fail',
  cancelled: 'cancel',
};

type Ask = (refund: Refund) => Promise<RefundNews | { readonly refusal: string }>;

const turnsMost = 5;

/**
 * Brings a refund to what Stripe says. An answer that was asked for before somebody else changed the
 * refund is asked for again, so that an old word never follows a newer one.
 */
export const settleRefund = async (context: Context, refund: Refund, ask: Ask): Promise<Refund> => {
  let known = refund;
  for (let turn = 1; turn <= turnsMost; turn += 1) {
    const answer = await ask(known);
    const after = await context.transact(async (tx) => {
      const before = await findRefundForUpdate(tx, known.id);
      if (before.version !== known.version) {
        known = before;
        return undefined;
      }
      const now = context.now();
      const moved =
        'refusal' in answer
          ? refusedAtStripe(before, answer.refusal, now)
          : applyRefundNews(before, answer, now);
      if (moved === before) return before;
      const deed = 'refusal' in answer ? 'fail' : deedOf[answer.state];
      const saved = await saveMoved(tx, context, { before, after: moved, deed });
      if (saved.state === 'failed') await giveWay(tx, context, saved);
      return saved;
    });
    if (after) return after;
  }
  return known;
};

export const askedOf = async (
  context: Context,
  refund: Refund,
): Promise<AskedRefund | undefined> => {
  const db = context.database.db;
  const payment = await findOptionalPayment(db, refund.paymentId);
  const attempt = payment?.attemptId ? await findOptionalAttempt(db, payment.attemptId) : undefined;
  if (!attempt?.stripePaymentIntentId) return undefined;
  const billingAccount = await findBillingAccount(
    db,
    context,
    refund.billingAccountId ?? attempt.billingAccountId,
  );
  const { letterEmail } = await findRecipient(db, billingAccount.organizationId);
  return {
    intentId: attempt.stripePaymentIntentId,
    instructionsEmail: attempt.method === 'card' ? undefined : (letterEmail ?? undefined),
    number: billingAccount.number,
  };
};

const askToMake = (client: Stripe, asked: AskedRefund): Ask => {
  return async (refund) => {
    try {
      return await ensureAtStripe(client, refund, asked);
    } catch (error) {
      const refusal = refusalCodeOf(error);
      if (refusal === undefined) throw error;
      return { refusal };
    }
  };
};

const execute = async (context: Context, client: Stripe, refund: Refund): Promise<void> => {
  const asked = await askedOf(context, refund);
  if (asked) await settleRefund(context, refund, askToMake(client, asked));
};

const reread = async (context: Context, client: Stripe, refund: Refund): Promise<void> => {
  const id = refund.stripeRefundId;
  if (!id) return;
  await settleRefund(context, refund, async () => newsOf(await retrieveAtStripe(client, id)));
};

/** Stripe out of reach leaves a refund as it is: the sweep asks again. */
const lookAfter = async (context: Context, client: Stripe, refund: Refund): Promise<void> => {
  try {
    if (refund.state === 'approved') await execute(context, client, refund);
    else await reread(context, client, refund);
  } catch (error) {
    context.log.error({ err: error, refundId: refund.id }, 'refund could not be settled');
  }
};

/** Hands an approved refund to Stripe. */
export const executeRefund = async (context: Context, refundId: string): Promise<void> => {
  const client = clientOf(context);
  const refund = await findOptionalRefund(context.database.db, refundId);
  if (!client || refund?.state !== 'approved' || refund.route !== 'stripe') return;
  await lookAfter(context, client, refund);
};

/** Refunds of another account or mode do not exist for us. */
const retrieveKnown = async (client: Stripe, id: string): Promise<Stripe.Refund | undefined> => {
  try {
    return await retrieveAtStripe(client, id);
  } catch (error) {
    if (refusalCodeOf(error) === undefined) throw error;
    return undefined;
  }
};

/** An event is a signal only: what counts is what Stripe says now. */
export const refreshRefund = async (
  context: Context,
  stripeRefundId: string,
  eventId?: string,
): Promise<void> => {
  const client = clientOf(context);
  if (!client) return;
  const told = await retrieveKnown(client, stripeRefundId);
  const refundId = told?.metadata?.['refund_id'];
  const refund =
    told && (await findOptionalRefundAtStripe(context.database.db, { stripeRefundId, refundId }));
  if (!refund) return adoptTold(context, told, eventId);
  await settleRefund(context, refund, async () =>
    newsOf(await retrieveAtStripe(client, stripeRefundId)),
  );
};

const sweepSize = 200;
const daysToBounce = 30;

const sweep = async (context: Context, states: readonly RefundState[], since: Date) => {
  const client = clientOf(context);
  if (!client) return { looked: 0 };
  const found = await listRefundsAtStripe(context.database.db, states, { since, most: sweepSize });
  for (const refund of found) await lookAfter(context, client, refund);
  return { looked: found.length };
};

/** Asks after everything that is not finished. */
export const sweepRefunds = (context: Context): Promise<{ looked: number }> =>
  sweep(context, ['approved', 'awaiting_customer', 'processing'], new Date(0));

/** A bank may send back what was done; the news of it may have been lost. */
export const watchDone = (context: Context): Promise<{ looked: number }> =>
  sweep(context, ['done'], addMinutes(context.now(), -daysToBounce * 1_440));
