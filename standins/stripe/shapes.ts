import Stripe from 'stripe';
import { zenginShape } from './customer_shapes.ts';
import {
  storeChains,
  type BillingDetails,
  type Charge,
  type Customer,
  type Intent,
  type Ledger,
  type PaymentMethod,
  type RefundStatus,
  type StoredEvent,
} from './ledger.ts';

const refundEnds: readonly RefundStatus[] = ['failed', 'canceled'];

const noAddress = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

const billingShape = (billing: BillingDetails) => ({
  address: noAddress,
  ...billing,
  tax_id: null,
});

const cardShape = (card: { brand: string; last4: string }) => ({
  brand: card.brand,
  last4: card.last4,
  country: 'JP',
  exp_month: 12,
  exp_year: 2034,
  funding: 'credit',
});

const methodDetails = (method: PaymentMethod, konbini: object) =>
  method.card
    ? { card: cardShape(method.card) }
    : method.type === 'konbini'
      ? { konbini }
      : { customer_balance: {} };

export const methodShape = (method: PaymentMethod) => ({
  id: method.id,
  object: 'payment_method',
  billing_details: billingShape(method.billing),
  created: method.created,
  customer: null,
  livemode: false,
  metadata: {},
  type: method.type,
  ...methodDetails(method, {}),
});

/** What goes back of a charge, or has gone; a refund that failed or was cancelled does not. */
export const refundedYen = (charge: Charge, ledger: Ledger): number =>
  Object.values(ledger.refunds)
    .filter(({ chargeId, status }) => chargeId === charge.id && !refundEnds.includes(status))
    .reduce((sum, { amount }) => sum + amount, 0);

export const chargeShape = (charge: Charge, ledger: Ledger) => ({
  id: charge.id,
  object: 'charge',
  amount: charge.amount,
  amount_captured: charge.isPaid ? charge.amount : 0,
  amount_refunded: refundedYen(charge, ledger),
  billing_details: billingShape(charge.method.billing),
  captured: charge.isPaid,
  created: charge.created,
  currency: 'jpy',
  customer: ledger.intents[charge.intentId]?.customerId ?? null,
  disputed: Object.values(ledger.disputes).some(({ chargeId }) => chargeId === charge.id),
  livemode: false,
  metadata: {},
  paid: charge.isPaid,
  payment_intent: charge.intentId,
  payment_method: charge.method.id,
  payment_method_details: {
    type: charge.method.type,
    ...methodDetails(charge.method, { store: { chain: charge.chain } }),
  },
  refunded: charge.isPaid && refundedYen(charge, ledger) === charge.amount,
  status: charge.isPaid ? 'succeeded' : 'failed',
});

const bankTransferShape = (intent: Intent, customer: Customer, publicUrl: string) => ({
  type: 'display_bank_transfer_instructions',
  display_bank_transfer_instructions: {
    amount_remaining: intent.amount - intent.fundedYen,
    currency: 'jpy',
    financial_addresses: [{ type: 'zengin', zengin: zenginShape(customer.account) }],
    hosted_instructions_url: `${publicUrl}/stand-in/stripe/transfers/${intent.id}`,
    reference: customer.account.accountNumber,
    type: 'jp_bank_transfer',
  },
});

const nextActionShape = (intent: Intent, ledger: Ledger, publicUrl: string) => {
  if (intent.status !== 'requires_action') return null;
  const customer = intent.customerId ? ledger.customers[intent.customerId] : undefined;
  if (intent.method?.type === 'customer_balance' && customer) {
    return bankTransferShape(intent, customer, publicUrl);
  }
  if (!intent.voucher) {
    const url = `${publicUrl}/stand-in/stripe/3ds/${intent.id}`;
    return { type: 'redirect_to_url', redirect_to_url: { url, return_url: intent.returnUrl } };
  }
  const { expiresAt, confirmationNumber, paymentCodes } = intent.voucher;
  return {
    type: 'konbini_display_details',
    konbini_display_details: {
      expires_at: expiresAt,
      hosted_voucher_url: `${publicUrl}/stand-in/stripe/vouchers/${intent.id}`,
      stores: Object.fromEntries(
        storeChains.map((chain) => [
          chain,
          { confirmation_number: confirmationNumber, payment_code: paymentCodes[chain] },
        ]),
      ),
    },
  };
};

const optionsShape = ({ konbini, method }: Intent) => {
  if (konbini) return { konbini };
  if (method?.type !== 'customer_balance') return {};
  const bankTransfer = { requested_address_types: ['zengin'], type: 'jp_bank_transfer' };
  return { customer_balance: { bank_transfer: bankTransfer, funding_type: 'bank_transfer' } };
};

const errorShape = (intent: Intent) =>
  intent.lastError && {
    ...intent.lastError,
    ...(intent.method ? { payment_method: methodShape(intent.method) } : {}),
  };

export interface Expansion {
  readonly latestCharge?: boolean;
  readonly paymentMethod?: boolean;
}

export const intentShape = (
  intent: Intent,
  ledger: Ledger,
  publicUrl: string,
  expansion: Expansion = {},
) => {
  const charge = intent.latestChargeId ? ledger.charges[intent.latestChargeId] : undefined;
  const method = intent.status === 'requires_payment_method' ? null : intent.method;
  return {
    id: intent.id,
    object: 'payment_intent',
    allowed_payment_method_types: intent.allowedTypes,
    amount: intent.amount,
    amount_capturable: 0,
    amount_received: intent.status === 'succeeded' ? intent.amount : 0,
    automatic_payment_methods: null,
    canceled_at: intent.canceledAt,
    cancellation_reason: intent.cancellationReason,
    capture_method: 'automatic_async',
    client_secret: intent.clientSecret,
    confirmation_method: 'automatic',
    created: intent.created,
    currency: 'jpy',
    customer: intent.customerId,
    description: intent.description,
    last_payment_error: errorShape(intent),
    latest_charge:
      expansion.latestCharge && charge ? chargeShape(charge, ledger) : intent.latestChargeId,
    livemode: false,
    metadata: intent.metadata,
    next_action: nextActionShape(intent, ledger, publicUrl),
    payment_method: expansion.paymentMethod && method ? methodShape(method) : (method?.id ?? null),
    payment_method_options: optionsShape(intent),
    payment_method_types: intent.types,
    processing: null,
    receipt_email: intent.receiptEmail,
    status: intent.status,
  };
};

export const eventPayload = (event: {
  id: string;
  type: string;
  created: number;
  object: object;
}): string =>
  JSON.stringify({
    id: event.id,
    object: 'event',
    api_version: Stripe.API_VERSION,
    created: event.created,
    data: { object: event.object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type: event.type,
  });

export const eventShape = (event: StoredEvent): object => JSON.parse(event.payload) as object;

export const listShape = (url: string, data: readonly object[], hasMore = false) => ({
  object: 'list',
  data,
  has_more: hasMore,
  url,
});
