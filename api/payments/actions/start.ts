import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { lockBillingAccount, findVisibleBillingAccount } from '../../billing_accounts/actions.ts';
import type { BillingAccount } from '../../billing_accounts/rules.ts';
import type { Context } from '../../context.ts';
import type { AttemptId } from '../../shared/ids.ts';
import { orThrow } from '../../shared/result.ts';
import { paymentErrors } from '../errors.ts';
import type { Attempt, PaymentMethod } from '../rules/attempt.ts';
import {
  cardExpiry,
  decideHanded,
  decidePayment,
  isOnline,
  voucherExpiry,
} from '../rules/offer.ts';
import type { LocalDay } from '../../shared/time.ts';
import type { PaidPart, StartPayment } from '../schema.ts';
import {
  findAttemptForUpdate,
  findOptionalAccountName,
  findOptionalLiveAttempt,
  insertAttempt,
} from '../store/attempts.ts';
import { cancelPayment, clearAttempt } from './cancel.ts';
import { findSituation } from './read.ts';
import { recordReceived, saveMoved, settleAttempt } from './settle.ts';
import { createCardIntent, createKonbiniIntent, newsOf } from './stripe.ts';
import { askForTransfer, keepCashOfAccount } from './transfer.ts';

interface Asked {
  readonly method: PaymentMethod;
  readonly part?: PaidPart | undefined;
  readonly handedYen?: number | undefined;
}

/** Decided first, so that a request that leads nowhere does not end the payment under way. */
const clearTheWay = async (context: Context, billingAccount: BillingAccount, asked: Asked) => {
  const { method, part } = asked;
  const db = context.database.db;
  const decided = orThrow(
    decidePayment(method, await findSituation(db, context, billingAccount, part)),
  );
  orThrow(decideHanded(decided.amountYen, asked.handedYen));
  const live = await findOptionalLiveAttempt(db, billingAccount.id);
  if (!live) return;
  await clearAttempt(context, live);
  // What had reached the account given up pays its part of what is owed.
  if (live.method === 'bank_transfer') await keepCashOfAccount(context, billingAccount.id);
};

const expiryOf = (method: PaymentMethod, dueOn: LocalDay, now: Date) => {
  if (method === 'card') return cardExpiry(now);
  return method === 'konbini' ? (voucherExpiry(dueOn, now) ?? null) : null;
};

const newAttempt = async (
  tx: Transaction,
  context: Context,
  billingAccountId: string,
  { method, part, handedYen }: Asked,
): Promise<Attempt> => {
  const billingAccount = await lockBillingAccount(tx, context, billingAccountId);
  const situation = await findSituation(tx, context, billingAccount, part);
  const { charge, amountYen, dueOn } = orThrow(decidePayment(method, situation));
  const handed = orThrow(decideHanded(amountYen, handedYen));
  const now = context.now();
  return {
    id: context.newId('attempt') as AttemptId,
    chargeId: charge.id,
    billingAccountId: billingAccount.id,
    method,
    state: 'created',
    amountYen,
    stripePaymentIntentId: null,
    voucher: null,
    transfer: null,
    fundedYen: 0,
    handedYen: handed,
    remindedAt: null,
    expiresAt: expiryOf(method, dueOn, now),
    confirmedAt: null,
    failureCode: null,
    paidVia: null,
    createdAt: now,
    updatedAt: now,
  };
};

const openAttempt = (context: Context, billingAccountId: string, asked: Asked) =>
  context.transact(async (tx) => {
    // The account is locked by now: between two charges of it nobody else begins to pay.
    const attempt = await newAttempt(tx, context, billingAccountId, asked);
    if (await findOptionalLiveAttempt(tx, billingAccountId)) throw paymentErrors.attempt_live();
    await insertAttempt(tx, attempt);
    return attempt;
  });

const failAttempt = (context: Context, attempt: Attempt, failureCode: string) =>
  context.transact(async (tx) => {
    const before = await findAttemptForUpdate(tx, attempt.id);
    if (before.state !== 'created') return;
    const after: Attempt = { ...before, state: 'failed', failureCode, updatedAt: context.now() };
    await saveMoved(tx, context, before, after);
  });

type OnlinePayment = Extract<StartPayment, { method: 'card' | 'konbini' | 'bank_transfer' }>;

/** A definite refusal ends the attempt; without an answer it stays open until the sweep knows more. */
const askStripe = async (
  context: Context,
  attempt: Attempt,
  billingAccount: BillingAccount,
  input: OnlinePayment,
) => {
  try {
    if (input.method === 'bank_transfer')
      return await askForTransfer(context, attempt, billingAccount);
    return input.method === 'konbini'
      ? await createKonbiniIntent(context, attempt, billingAccount.number, input)
      : await createCardIntent(context, attempt, billingAccount.number);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const isRefused =
      code === 'payments.stripe_refused' || code === 'payments.konbini_number_rejected';
    if (isRefused) await failAttempt(context, attempt, code.split('.')[1]!);
    throw error;
  }
};

const startOnline = async (
  context: Context,
  billingAccount: BillingAccount,
  input: OnlinePayment,
) => {
  const attempt = await openAttempt(context, billingAccount.id, input);
  const intent = await askStripe(context, attempt, billingAccount, input);
  const payerEmail = input.method === 'konbini' ? input.email : undefined;
  const started = await context.transact((tx) =>
    settleAttempt(tx, context, attempt.id, newsOf(intent, context.now()), payerEmail),
  );
  // Methods that do not fit fall out of the request without an error.
  const type = input.method === 'bank_transfer' ? 'customer_balance' : input.method;
  if (!intent.payment_method_types.includes(type)) {
    await cancelPayment(context, attempt.id);
    throw paymentErrors.stripe_refused();
  }
  const card = {
    clientSecret: intent.client_secret!,
    publishableKey: context.stripe!.publishableKey,
    scriptUrl: context.stripe!.scriptUrl,
  };
  return { attempt: started, card: input.method === 'card' ? card : undefined };
};

const takenBy = async (tx: Transaction, { actor }: Context): Promise<string | null> =>
  actor.kind === 'staff' ? ((await findOptionalAccountName(tx, actor.accountId)) ?? null) : null;

/** Money that has already changed hands: cash at the desk, a transfer seen in the account. */
export const recordPayment = (
  context: Context,
  input: Asked & { billingAccountId: string; paidVia?: string },
): Promise<Attempt> =>
  context.transact(async (tx) => {
    const open = await newAttempt(tx, context, input.billingAccountId, input);
    if (await findOptionalLiveAttempt(tx, input.billingAccountId))
      throw paymentErrors.attempt_live();
    const paidVia = input.paidVia ?? (input.method === 'cash' ? await takenBy(tx, context) : null);
    const now = context.now();
    const attempt: Attempt = {
      ...open,
      state: 'confirmed',
      confirmedAt: now,
      expiresAt: null,
      paidVia,
    };
    await insertAttempt(tx, attempt);
    await recordReceived(tx, context, attempt);
    await recordAudit(tx, context, {
      action: 'payments.receive',
      subjectId: attempt.billingAccountId,
      after: attempt,
    });
    return attempt;
  });

/**
 * Begins to pay what is owed. Stripe is asked between two transactions: the attempt is kept before,
 * so that whatever happens at Stripe finds it.
 */
export const startPayment = async (
  context: Context,
  billingAccountId: string,
  input: StartPayment,
): Promise<{
  attempt: Attempt;
  card: { clientSecret: string; publishableKey: string; scriptUrl: string } | undefined;
}> => {
  const billingAccount = await findVisibleBillingAccount(context, billingAccountId);
  await clearTheWay(context, billingAccount, input);
  const { actor, stripe } = context;
  const isDesk = !isOnline(input.method, { actor, hasStripe: stripe !== undefined });
  if (input.method === 'cash' || input.method === 'slip' || isDesk) {
    const attempt = await recordPayment(context, { billingAccountId, ...input });
    return { attempt, card: undefined };
  }
  return startOnline(context, billingAccount, input);
};
