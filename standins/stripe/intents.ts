import { cardYenMin } from './card.ts';
import { findCustomer } from './customers.ts';
import {
  announceIntent,
  findIntent,
  newStripeId,
  secondsOf,
  wasCreated,
  type Desk,
} from './desk.ts';
import { confirmKonbini, konbiniYenMax, konbiniYenMin, readKonbiniOptions } from './konbini.ts';
import type { Intent } from './ledger.ts';
import type {
  CancelParameters,
  ConfirmParameters,
  CreateParameters,
  ListParameters,
} from './parameters.ts';
import { invalidRequest } from './refusal.ts';
import { intentShape } from './shapes.ts';
import { checkTransferOptions, confirmTransfer, returnCash } from './transfers.ts';

const unexpectedState = (desk: Desk, intent: Intent, message: string) =>
  invalidRequest(message, {
    code: 'payment_intent_unexpected_state',
    payment_intent: intentShape(intent, desk.ledger, desk.publicUrl),
  });

/** As the real service does, methods that do not fit the amount fall out without a word. */
const fittingTypes = (allowed: readonly string[], amount: number) =>
  allowed.filter((type) =>
    type === 'konbini' ? amount >= konbiniYenMin && amount <= konbiniYenMax : amount >= cardYenMin,
  );

const confirmations = {
  konbini: confirmKonbini,
  customer_balance: confirmTransfer,
} as const;

const newIntent = (desk: Desk, parameters: CreateParameters): Intent => {
  const id = newStripeId('pi');
  const allowed = parameters.allowed_payment_method_types;
  return {
    id,
    clientSecret: newStripeId(`${id}_secret`),
    created: secondsOf(desk.now()),
    amount: parameters.amount,
    allowedTypes: allowed ?? null,
    types: fittingTypes(allowed ?? ['card', 'konbini'], parameters.amount),
    metadata: parameters.metadata ?? {},
    description: parameters.description ?? null,
    receiptEmail: parameters.receipt_email ?? null,
    customerId: parameters.customer ? findCustomer(desk, parameters.customer).id : null,
    fundedYen: 0,
    status: 'requires_payment_method',
    method: null,
    konbini: null,
    voucher: null,
    returnUrl: null,
    lastError: null,
    latestChargeId: null,
    canceledAt: null,
    cancellationReason: null,
  };
};

/** The way to pay that can be confirmed from a server. */
const methodOf = (
  desk: Desk,
  intent: Intent,
  parameters: ConfirmParameters,
): keyof typeof confirmations => {
  const type = parameters.payment_method_data?.type;
  if (!type) {
    throw unexpectedState(
      desk,
      intent,
      'You cannot confirm this PaymentIntent because it is missing a payment method.',
    );
  }
  if (type === 'card') {
    throw invalidRequest('Raw card data is confirmed by Stripe.js only.', {
      param: 'payment_method_data[type]',
    });
  }
  const isAllowed = intent.allowedTypes === null || intent.allowedTypes.includes(type);
  if (!isAllowed) {
    throw invalidRequest(`The payment method type "${type}" is not allowed here.`, {
      param: 'payment_method_data[type]',
    });
  }
  return type;
};

/** Whatever the way to pay would refuse is refused. */
const checkOptions = (desk: Desk, intent: Intent, parameters: CreateParameters) => {
  const type = parameters.payment_method_data?.type;
  if (type === 'konbini') {
    readKonbiniOptions(intent.amount, parameters, intent.created);
    return;
  }
  if (intent.amount < cardYenMin) {
    throw invalidRequest(`Amount must be at least ¥${cardYenMin}.`, {
      code: 'amount_too_small',
      param: 'amount',
    });
  }
  if (type === 'customer_balance') checkTransferOptions(desk, intent, parameters);
};

/** Everything is checked before anything is kept: a refused request leaves no trace. */
export const createIntent = (desk: Desk, parameters: CreateParameters): Intent => {
  const intent = newIntent(desk, parameters);
  const method = parameters.confirm ? methodOf(desk, intent, parameters) : undefined;
  checkOptions(desk, intent, parameters);
  desk.ledger.intents[intent.id] = intent;
  announceIntent(desk, 'created', intent);
  if (method) confirmations[method](desk, intent, parameters);
  return intent;
};

export const confirmIntent = (desk: Desk, id: string, parameters: ConfirmParameters): Intent => {
  const intent = findIntent(desk, id);
  const isOpen = intent.status === 'requires_payment_method' || intent.status === 'requires_action';
  if (!isOpen || intent.voucher?.isAtTill) {
    throw unexpectedState(desk, intent, `A PaymentIntent in ${intent.status} cannot be confirmed.`);
  }
  confirmations[methodOf(desk, intent, parameters)](desk, intent, parameters);
  return intent;
};

export const cancelIntent = (desk: Desk, id: string, parameters: CancelParameters): Intent => {
  const intent = findIntent(desk, id);
  if (intent.status === 'succeeded' || intent.status === 'canceled') {
    throw unexpectedState(
      desk,
      intent,
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
    );
  }
  if (intent.status === 'requires_action' && intent.voucher?.isAtTill) {
    throw unexpectedState(
      desk,
      intent,
      'You cannot cancel this PaymentIntent because the customer is currently paying.',
    );
  }
  intent.status = 'canceled';
  intent.canceledAt = secondsOf(desk.now());
  intent.cancellationReason = parameters.cancellation_reason ?? null;
  announceIntent(desk, 'canceled', intent);
  returnCash(desk, intent);
  return intent;
};

/** Newest first. */
export const listIntents = (
  desk: Desk,
  { created, limit, starting_after: after }: ListParameters,
): { page: Intent[]; hasMore: boolean } => {
  const fitting = Object.values(desk.ledger.intents)
    .reverse()
    .filter((intent) => wasCreated(intent, created));
  const start = after ? fitting.findIndex(({ id }) => id === after) + 1 : 0;
  const page = fitting.slice(start, start + limit);
  return { page, hasMore: fitting.length > start + page.length };
};
