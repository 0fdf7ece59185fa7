import Stripe from 'stripe';
import type { Context } from '../../context.ts';
import type { Refund, RefundNews } from '../rules/refund.ts';

const { errors } = Stripe;

const stateOf = (status: string | null): RefundNews['state'] => {
  switch (status) {
    case 'requires_action':
      return 'awaiting_customer';
    case 'succeeded':
      return 'done';
    case 'failed':
      return 'failed';
    case 'canceled':
      return 'cancelled';
    default:
      return 'processing';
  }
};

/** Stripe's object in our words. */
export const newsOf = (refund: Stripe.Refund): RefundNews => {
  const state = stateOf(refund.status);
  const expiresAt = refund.next_action?.display_details?.expires_at;
  return {
    stripeRefundId: refund.id,
    state,
    failureCode: state === 'failed' ? (refund.failure_reason ?? 'unknown') : null,
    expiresAt: state === 'awaiting_customer' && expiresAt ? new Date(expiresAt * 1_000) : null,
  };
};

/** Refused for good, nothing was made; everything else may have happened or not. */
export const refusalCodeOf = (error: unknown): string | undefined =>
  error instanceof errors.StripeInvalidRequestError || error instanceof errors.StripeCardError
    ? (error.code ?? error.type)
    : undefined;

/** Looked for by our id before it is asked for again: Stripe forgets idempotency keys after a day. */
const findOptionalAtStripe = async (client: Stripe, refund: Refund, intentId: string) => {
  for await (const found of client.refunds.list({ payment_intent: intentId, limit: 100 })) {
    if (found.metadata?.['refund_id'] === refund.id) return found;
  }
  return undefined;
};

export interface AskedRefund {
  readonly intentId: string;
  /** Where Stripe asks for an account; a card needs none. */
  readonly instructionsEmail: string | undefined;
  readonly number: string | undefined;
}

/** The refund at Stripe, made once however often it is asked for. */
export const ensureAtStripe = async (
  client: Stripe,
  refund: Refund,
  { intentId, instructionsEmail, number }: AskedRefund,
): Promise<RefundNews> => {
  const known = await findOptionalAtStripe(client, refund, intentId);
  if (known) return newsOf(known);
  const made = await client.refunds.create(
    {
      payment_intent: intentId,
      amount: refund.amountYen,
      reason: 'requested_by_customer',
      ...(instructionsEmail ? { instructions_email: instructionsEmail } : {}),
      metadata: {
        refund_id: refund.id,
        ...(refund.billingAccountId ? { booking_id: refund.billingAccountId } : {}),
        ...(number ? { booking_number: number } : {}),
      },
    },
    { idempotencyKey: `refund:${refund.id}` },
  );
  return newsOf(made);
};

export const retrieveAtStripe = (client: Stripe, id: string): Promise<Stripe.Refund> =>
  client.refunds.retrieve(id);

/** The refund after the cancel, or as it stands where it can no longer be cancelled. */
export const cancelAtStripe = async (client: Stripe, id: string): Promise<RefundNews> => {
  try {
    return newsOf(await client.refunds.cancel(id));
  } catch (error) {
    if (refusalCodeOf(error) === undefined) throw error;
    return newsOf(await client.refunds.retrieve(id));
  }
};

export const clientOf = (context: Context): Stripe | undefined => context.stripe?.client;
