import type Stripe from 'stripe';
import type { Transaction } from '#db/client.server.ts';
import type { Context } from '../../context.ts';
import { enqueue } from '../../outbox/actions.ts';
import { AppError } from '../../shared/error.ts';
import { addMinutes } from '../../shared/time.ts';
import type { Attempt } from '../rules/attempt.ts';
import type { Payment } from '../rules/ledger.ts';
import { fundsOf, isDisputeOpen } from '../rules/movement.ts';
import { findOptionalAttemptByIntent } from '../store/attempts.ts';
import { findPaymentForUpdate } from '../store/ledger.ts';
import { findOptionalPaymentByAttempt } from '../store/movements.ts';
import { recordMoneyEvent } from './ledger.ts';
import { noteMovement } from './movements.ts';
import { settleAttempt } from './settle.ts';
import { asking, clientOf, newsOf, retrieveIntent } from './stripe.ts';

/** An attempt of ours with the money it brought. */
export interface PaidAttempt {
  readonly attempt: Attempt;
  readonly payment: Pick<Payment, 'id' | 'venueId'>;
}

/** Objects of another account or mode do not exist for us. */
export const knownAtStripe = async <Answer>(
  request: Promise<Answer>,
): Promise<Answer | undefined> => {
  try {
    return await asking(request);
  } catch (error) {
    if (error instanceof AppError && error.code === 'payments.stripe_refused') return undefined;
    throw error;
  }
};

/** Whose money it was; the news that it has come may be later than what became of it. */
export const findOptionalPaidAttempt = async (
  context: Context,
  intentId: string,
): Promise<PaidAttempt | undefined> => {
  const { db } = context.database;
  const intent = await knownAtStripe(retrieveIntent(context, intentId));
  if (!intent) return undefined;
  const attemptId = intent.metadata['booking_payment_id'];
  const attempt = await findOptionalAttemptByIntent(db, { id: intent.id, attemptId });
  if (!attempt) return undefined;
  const known = await findOptionalPaymentByAttempt(db, attempt.id);
  if (known) return { attempt, payment: known };
  return context.transact(async (tx) => {
    const settled = await settleAttempt(tx, context, attempt.id, newsOf(intent, context.now()));
    const payment = await findOptionalPaymentByAttempt(tx, attempt.id);
    return payment && { attempt: settled, payment };
  });
};

const instantOf = (seconds: number | null | undefined) =>
  seconds ? new Date(seconds * 1_000) : null;

const idOf = (thing: string | { readonly id: string } | null | undefined) =>
  typeof thing === 'string' ? thing : thing?.id;

/** What it took and gave back, once each: a dispute is asked for anew whenever anything is told of it. */
const recordFunds = async (
  tx: Transaction,
  context: Context,
  dispute: Stripe.Dispute,
  { attempt, payment }: PaidAttempt,
): Promise<boolean> => {
  const { withdrawnYen, reinstatedYen } = fundsOf(dispute.balance_transactions);
  const fact = {
    venueId: payment.venueId,
    billingAccountId: attempt.billingAccountId,
    attemptId: attempt.id,
    paymentId: payment.id,
    happenedAt: instantOf(dispute.balance_transactions.at(-1)?.created) ?? context.now(),
  };
  const kinds = [
    ['dispute_withdrawn', withdrawnYen],
    ['dispute_reinstated', -reinstatedYen],
  ] as const;
  let isNew = false;
  for (const [kind, amountYen] of kinds) {
    if (amountYen === 0) continue;
    const cause = `${kind}:${dispute.id}`;
    isNew = (await recordMoneyEvent(tx, context, { ...fact, kind, amountYen, cause })) || isNew;
  }
  return isNew;
};

const settleKnown = async (
  context: Context,
  dispute: Stripe.Dispute,
  paid: PaidAttempt | undefined,
): Promise<void> => {
  await context.transact(async (tx) => {
    // Locked before anything is decided from it, as by whoever would refund it now.
    if (paid) await findPaymentForUpdate(tx, paid.payment.id);
    const isNews = await noteMovement(tx, context, {
      kind: 'dispute',
      stripeId: dispute.id,
      eventType: 'charge.dispute',
      venueId: paid?.payment.venueId ?? null,
      billingAccountId: paid?.attempt.billingAccountId ?? null,
      paymentId: paid?.payment.id ?? null,
      amountYen: dispute.amount,
      reason: dispute.reason,
      status: dispute.status,
      isOpen: isDisputeOpen(dispute.status),
      answerBy: instantOf(dispute.evidence_details.due_by),
      happenedAt: instantOf(dispute.created)!,
    });
    const hasMoved = paid ? await recordFunds(tx, context, dispute, paid) : false;
    if (!paid || (!isNews && !hasMoved)) return;
    const { attempt, payment } = paid;
    const payload = { billingAccountId: attempt.billingAccountId, paymentId: payment.id };
    await enqueue(tx, { task: 'payments.dispute_moved', payload });
  });
};

/** Brings a dispute to what Stripe says now; answers false where Stripe does not know it. */
export const settleDispute = async (context: Context, disputeId: string): Promise<boolean> => {
  const dispute = await knownAtStripe(clientOf(context).disputes.retrieve(disputeId));
  if (!dispute) return false;
  const intentId = idOf(dispute.payment_intent);
  const paid = intentId ? await findOptionalPaidAttempt(context, intentId) : undefined;
  await settleKnown(context, dispute, paid);
  return true;
};

/** Every dispute of one payment, told or not. */
export const settleDisputesOfIntent = async (context: Context, intentId: string): Promise<void> => {
  const disputes = clientOf(context).disputes.list({ payment_intent: intentId, limit: 100 });
  const ids = await asking(
    (async () => {
      const found: string[] = [];
      for await (const { id } of disputes) found.push(id);
      return found;
    })(),
  );
  for (const id of ids) await settleDispute(context, id);
};

// A bank may take four months to decide.
const sweptMinutes = 200 * 24 * 60;

/** Asks after the disputes of the last months: an event may never have reached us. */
export const sweepDisputes = async (context: Context): Promise<{ looked: number }> => {
  if (!context.stripe) return { looked: 0 };
  const since = Math.floor(addMinutes(context.now(), -sweptMinutes).getTime() / 1_000);
  const disputes = context.stripe.client.disputes.list({ created: { gte: since }, limit: 100 });
  let looked = 0;
  for await (const { id } of disputes) {
    looked += 1;
    try {
      await settleDispute(context, id);
    } catch (error) {
      context.log.error({ err: error, disputeId: id }, 'a dispute could not be settled');
    }
  }
  return { looked };
};
