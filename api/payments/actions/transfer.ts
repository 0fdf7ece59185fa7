import type { Queryable, Transaction } from '#db/client.server.ts';
import { lockBillingAccount } from '../../billing_accounts/actions.ts';
import type { BillingAccount } from '../../billing_accounts/rules.ts';
import type { Context } from '../../context.ts';
import { findRecipient } from '../../organizations/actions.ts';
import { addMinutes } from '../../shared/time.ts';
import type { Attempt } from '../rules/attempt.ts';
import { findOptionalLiveAttempt } from '../store/attempts.ts';
import {
  findKeptYen,
  findOptionalCustomer,
  findOptionalOpenCustomer,
  insertCustomer,
  saveCustomerClosed,
  type StripeCustomer,
} from '../store/customers.ts';
import { findBalance } from '../store/ledger.ts';
import { allocatePayment, receiveMoney } from './ledger.ts';
import { requestCancelOfLive } from './settle.ts';
import {
  createCustomer,
  createTransferIntent,
  findCashLeft,
  listMovedCustomers,
  type CashLeft,
} from './stripe_transfers.ts';

/** The customer that stands for a billing account, made where there is none to begin with. */
const findOrMakeCustomer = async (
  context: Context,
  attempt: Attempt,
  billingAccount: BillingAccount,
  payer: { name: string; email?: string },
): Promise<string> => {
  const { db } = context.database;
  const known = await findOptionalOpenCustomer(db, billingAccount.id);
  if (known) return known.stripeCustomerId;
  const stripeCustomerId = await createCustomer(context, attempt, billingAccount.number, payer);
  return context.transact(async (tx) => {
    const facts = { billingAccountId: billingAccount.id, createdAt: context.now(), closedAt: null };
    await insertCustomer(tx, { ...facts, stripeCustomerId });
    return (await findOptionalOpenCustomer(tx, billingAccount.id))!.stripeCustomerId;
  });
};

/** Asks Stripe for an account at a bank to pay to. */
export const askForTransfer = async (
  context: Context,
  attempt: Attempt,
  billingAccount: BillingAccount,
) => {
  const { name, letterEmail } = await findRecipient(
    context.database.db,
    billingAccount.organizationId,
  );
  const payer = { name, ...(letterEmail === null ? {} : { email: letterEmail }) };
  const customerId = await findOrMakeCustomer(context, attempt, billingAccount, payer);
  return createTransferIntent(context, attempt, billingAccount.number, { ...payer, customerId });
};

/** While a payment waits for it, whatever arrives is that payment's. */
const isAwaited = async (db: Queryable, { billingAccountId, closedAt }: StripeCustomer) => {
  if (closedAt) return false;
  return (await findOptionalLiveAttempt(db, billingAccountId))?.method === 'bank_transfer';
};

const keepLeft = async (
  tx: Transaction,
  context: Context,
  { stripeCustomerId, billingAccountId }: StripeCustomer,
  { leftYen, ...arrival }: CashLeft,
): Promise<void> => {
  const billingAccount = await lockBillingAccount(tx, context, billingAccountId);
  const customer = await findOptionalCustomer(tx, stripeCustomerId);
  if (await isAwaited(tx, customer!)) return;
  const amountYen = leftYen - (await findKeptYen(tx, stripeCustomerId));
  if (amountYen <= 0) return;
  const payment = await receiveMoney(tx, context, {
    venueId: billingAccount.venueId,
    method: 'bank_transfer',
    amountYen,
    receivedAt: arrival.receivedAt,
    payerName: arrival.payerName,
    cause: `cash_balance:${stripeCustomerId}:${arrival.moveId}`,
  });
  if (!payment) return;
  await saveCustomerClosed(tx, stripeCustomerId, context.now());
  const { owedYen } = await findBalance(tx, billingAccountId);
  if (owedYen <= 0) return;
  const usedYen = Math.min(owedYen, amountYen);
  await allocatePayment(tx, context, {
    paymentId: payment.id,
    billingAccountId: billingAccount.id,
    amountYen: usedYen,
  });
  const live = await findOptionalLiveAttempt(tx, billingAccountId);
  if (live && live.amountYen > owedYen - usedYen)
    await requestCancelOfLive(tx, context, billingAccountId);
};

/**
 * Takes into the ledger what stays with a customer at Stripe and no payment waits for: too much was
 * sent, or too little and the payment was given up. It pays what the account owes; the rest waits in the
 * pot. Told any number of times, it records each yen once.
 */
export const keepCashLeft = async (context: Context, stripeCustomerId: string): Promise<void> => {
  const { db } = context.database;
  const customer = await findOptionalCustomer(db, stripeCustomerId);
  // Asked before Stripe is: what a payment has taken is then no longer in Stripe's answer.
  if (!customer || (await isAwaited(db, customer))) return;
  const left = await findCashLeft(context, stripeCustomerId);
  if (!left || left.leftYen <= 0) return;
  await context.transact((tx) => keepLeft(tx, context, customer, left));
};

/** The same for the customer payments begin with. */
export const keepCashOfAccount = async (
  context: Context,
  billingAccountId: string,
): Promise<void> => {
  const customer = await findOptionalOpenCustomer(context.database.db, billingAccountId);
  if (customer) await keepCashLeft(context, customer.stripeCustomerId);
};

// As long as Stripe lists its events: also a house that was shut for weeks misses nothing.
const sweptMinutes = 30 * 24 * 60;

/** Looks where money has moved lately: an event may never have reached us. One that fails stops none. */
export const sweepCash = async (context: Context): Promise<{ looked: number }> => {
  if (!context.stripe) return { looked: 0 };
  const moved = await listMovedCustomers(context, addMinutes(context.now(), -sweptMinutes));
  for (const stripeCustomerId of moved) {
    try {
      await keepCashLeft(context, stripeCustomerId);
    } catch (error) {
      context.log.error({ err: error, stripeCustomerId }, 'a cash balance could not be read');
    }
  }
  return { looked: moved.length };
};
