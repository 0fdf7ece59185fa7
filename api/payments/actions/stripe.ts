import Stripe from 'stripe';
import type { Context } from '../../context.ts';
import { paymentErrors } from '../errors.ts';
import {
  type storeChains,
  type Attempt,
  type IntentNews,
  type Transfer,
  type Voucher,
} from '../rules/attempt.ts';
import { productDescription } from '../rules/offer.ts';
import type { KonbiniPayer } from '../schema.ts';

const expand = ['latest_charge'];
const listSize = 100;

export const clientOf = (context: Context): Stripe => {
  if (!context.stripe) throw paymentErrors.online_unavailable();
  return context.stripe.client;
};

const { errors } = Stripe;

/** What Stripe refuses for good becomes a refusal of ours; everything else may have happened or not. */
const refusalOf = (error: unknown): unknown => {
  if (
    error instanceof errors.StripeInvalidRequestError ||
    error instanceof errors.StripeCardError ||
    error instanceof errors.StripeIdempotencyError
  ) {
    if (error.code !== 'payment_intent_konbini_rejected_confirmation_number') {
      return paymentErrors.stripe_refused({ cause: error });
    }
    const { ja, en } = paymentErrors.catalogue.get('payments.konbini_number_rejected')!;
    const fields = [{ path: 'phone', code: 'payments.konbini_number_rejected', ja, en }];
    return paymentErrors.konbini_number_rejected({ fields, cause: error });
  }
  return error instanceof errors.StripeError
    ? paymentErrors.stripe_unavailable({ cause: error })
    : error;
};

export const asking = async <Answer>(request: Promise<Answer>): Promise<Answer> => {
  try {
    return await request;
  } catch (error) {
    throw refusalOf(error);
  }
};

const instantOf = (seconds: number) => new Date(seconds * 1_000);

const voucherOf = (intent: Stripe.PaymentIntent): Voucher | null => {
  const details = intent.next_action?.konbini_display_details;
  if (!details) return null;
  const codeOf = (chain: (typeof storeChains)[number]) => {
    const code = details.stores[chain];
    if (!code) return null;
    const { payment_code: paymentCode, confirmation_number: confirmationNumber } = code;
    return confirmationNumber ? { paymentCode, confirmationNumber } : { paymentCode };
  };
  return {
    hostedVoucherUrl: details.hosted_voucher_url,
    expiresAt: instantOf(details.expires_at).toISOString(),
    stores: {
      familymart: codeOf('familymart'),
      lawson: codeOf('lawson'),
      ministop: codeOf('ministop'),
      seicomart: codeOf('seicomart'),
    },
  };
};

const transferOf = (intent: Stripe.PaymentIntent): Transfer | null => {
  const details = intent.next_action?.display_bank_transfer_instructions;
  const account = details?.financial_addresses?.find(({ type }) => type === 'zengin')?.zengin;
  if (!details || !account) return null;
  return {
    bankCode: account.bank_code ?? '',
    bankName: account.bank_name ?? '',
    branchCode: account.branch_code ?? '',
    branchName: account.branch_name ?? '',
    accountType: account.account_type === 'toza' ? 'toza' : 'futsu',
    accountNumber: account.account_number ?? '',
    accountHolder: account.account_holder_name ?? '',
    hostedInstructionsUrl: details.hosted_instructions_url,
  };
};

const fundedYenOf = (intent: Stripe.PaymentIntent): number => {
  const waitsFor = intent.next_action?.display_bank_transfer_instructions?.amount_remaining;
  return typeof waitsFor === 'number' ? intent.amount - waitsFor : 0;
};

const outcomeOf = (intent: Stripe.PaymentIntent): IntentNews['outcome'] => {
  switch (intent.status) {
    case 'succeeded':
      return 'paid';
    case 'canceled':
      return 'cancelled';
    case 'requires_payment_method':
      return 'unpaid';
    default:
      return 'open';
  }
};

const paidViaOf = (charge: Stripe.Charge | undefined): string | null => {
  const details = charge?.payment_method_details;
  return details?.konbini?.store?.chain ?? details?.card?.brand ?? null;
};

/** Stripe's object in our words. */
export const newsOf = (intent: Stripe.PaymentIntent, now: Date): IntentNews => {
  const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null;
  const outcome = outcomeOf(intent);
  const voucher = voucherOf(intent);
  const isPaid = outcome === 'paid';
  return {
    intentId: intent.id,
    outcome,
    voucher,
    transfer: transferOf(intent),
    fundedYen: fundedYenOf(intent),
    expiresAt: voucher ? new Date(voucher.expiresAt) : null,
    paidAt: isPaid ? (charge ? instantOf(charge.created) : now) : null,
    paidVia: isPaid ? paidViaOf(charge ?? undefined) : null,
    failureCode: intent.last_payment_error?.decline_code ?? intent.last_payment_error?.code ?? null,
  };
};

export const commonOf = (attempt: Attempt, number: string) => ({
  amount: attempt.amountYen,
  currency: 'jpy',
  description: number,
  metadata: {
    booking_payment_id: attempt.id,
    booking_id: attempt.billingAccountId,
    booking_number: number,
  },
  expand,
});

export const onceFor = (attempt: Attempt) => ({ idempotencyKey: `pi:${attempt.id}` });

export const createKonbiniIntent = (
  context: Context,
  attempt: Attempt,
  number: string,
  { name, email, phone }: KonbiniPayer,
): Promise<Stripe.PaymentIntent> =>
  asking(
    clientOf(context).paymentIntents.create(
      {
        ...commonOf(attempt, number),
        confirm: true,
        allowed_payment_method_types: ['konbini'],
        payment_method_data: { type: 'konbini', billing_details: { name, email } },
        payment_method_options: {
          konbini: {
            confirmation_number: phone,
            expires_at: Math.floor(attempt.expiresAt!.getTime() / 1_000),
            product_description: productDescription(number),
          },
        },
      },
      onceFor(attempt),
    ),
  );

export const createCardIntent = (
  context: Context,
  attempt: Attempt,
  number: string,
): Promise<Stripe.PaymentIntent> =>
  asking(
    clientOf(context).paymentIntents.create(
      { ...commonOf(attempt, number), allowed_payment_method_types: ['card'] },
      onceFor(attempt),
    ),
  );

export const retrieveIntent = (context: Context, id: string): Promise<Stripe.PaymentIntent> =>
  asking(clientOf(context).paymentIntents.retrieve(id, { expand }));

/** The object after the cancel, or as it stands where a cancel is not possible (now). */
export const cancelIntent = async (context: Context, id: string): Promise<Stripe.PaymentIntent> => {
  try {
    return await clientOf(context).paymentIntents.cancel(id, {
      cancellation_reason: 'requested_by_customer',
      expand,
    });
  } catch (error) {
    if (error instanceof errors.StripeInvalidRequestError) return retrieveIntent(context, id);
    throw refusalOf(error);
  }
};

/** Looks for an object whose id we never learned, by ours in its metadata. */
export const findOptionalIntent = async (
  context: Context,
  attempt: Attempt,
): Promise<Stripe.PaymentIntent | undefined> => {
  const since = Math.floor(attempt.createdAt.getTime() / 1_000) - 300;
  const pages = clientOf(context).paymentIntents.list({
    created: { gte: since, lte: since + 3_600 },
    limit: listSize,
    expand: ['data.latest_charge'],
  });
  return asking(
    (async () => {
      for await (const intent of pages) {
        if (intent.metadata['booking_payment_id'] === attempt.id) return intent;
      }
      return undefined;
    })(),
  );
};
