import Stripe from 'stripe';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { enqueue } from '../../outbox/actions.ts';
import { AppError } from '../../shared/error.ts';
import { paymentErrors } from '../errors.ts';
import {
  findOptionalAttemptByIntent,
  findOptionalStripeEvent,
  insertStripeEvent,
  saveStripeEventProcessed,
} from '../store/attempts.ts';
import { settleAttempt } from './settle.ts';
import { newsOf, retrieveIntent } from './stripe.ts';

interface SignedBody {
  readonly payload: string;
  readonly signature: string;
}

const verify = async (context: Context, { payload, signature }: SignedBody) => {
  const { stripe } = context;
  if (!stripe) throw paymentErrors.bad_signature();
  try {
    return await stripe.client.webhooks.constructEventAsync(
      payload,
      signature,
      stripe.webhookSecret,
      undefined,
      undefined,
      context.now().getTime(),
    );
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error;
    throw paymentErrors.bad_signature({ cause: error });
  }
};

/** Keeps an event as it came and asks for its effect, in one transaction; a repeat has no effect. */
export const receiveStripeEvent = async (
  context: Context,
  body: SignedBody,
): Promise<{ isDuplicate: boolean }> => {
  const event = await verify(context, body);
  return context.transact(async (tx) => {
    const isNew = await insertStripeEvent(tx, {
      id: event.id,
      type: event.type,
      apiVersion: event.api_version,
      payload: JSON.parse(body.payload) as unknown,
      receivedAt: context.now(),
    });
    if (!isNew) return { isDuplicate: true };
    await enqueue(tx, { task: 'payments.apply_event', payload: { eventId: event.id } });
    return { isDuplicate: false };
  });
};

const payloadSchema = z.object({
  data: z.object({
    object: z.object({
      object: z.string(),
      id: z.string(),
      payment_intent: z.string().nullish(),
      customer: z.string().nullish(),
    }),
  }),
});
type Told = z.infer<typeof payloadSchema>['data']['object'];

const intentIdOf = (told: Told): string | undefined =>
  told.object === 'payment_intent' ? told.id : (told.payment_intent ?? undefined);

/** Objects of another account or mode do not exist for us. */
const retrieveKnown = async (context: Context, intentId: string) => {
  try {
    return await retrieveIntent(context, intentId);
  } catch (error) {
    if (error instanceof AppError && error.code === 'payments.stripe_refused') return undefined;
    throw error;
  }
};

/** Who reads again what an event tells of that is no payment itself. */
const jobOf = ({ object, id, customer }: Told) => {
  if (object === 'refund') {
    return { task: 'payments.stripe_refund_told', payload: { stripeRefundId: id } };
  }
  return object === 'customer_cash_balance_transaction'
    ? { task: 'payments.keep_cash', payload: { stripeCustomerId: customer } }
    : undefined;
};

const applyToPayment = async (context: Context, eventId: string, told: Told): Promise<void> => {
  const db = context.database.db;
  const intentId = intentIdOf(told);
  const intent = intentId ? await retrieveKnown(context, intentId) : undefined;
  const attempt = intent
    ? await findOptionalAttemptByIntent(db, {
        id: intent.id,
        attemptId: intent.metadata['booking_payment_id'],
      })
    : undefined;
  if (!attempt) context.log.warn({ eventId, intentId }, 'a Stripe event belongs to no payment');
  await context.transact(async (tx) => {
    if (intent && attempt) {
      await settleAttempt(tx, context, attempt.id, newsOf(intent, context.now()));
    }
    await saveStripeEventProcessed(tx, eventId, context.now());
  });
};

/** An event is a signal only: what counts is what Stripe says now. */
export const applyStripeEvent = async (context: Context, eventId: string): Promise<void> => {
  const event = await findOptionalStripeEvent(context.database.db, eventId);
  if (!event || event.processedAt) return;
  const told = payloadSchema.parse(event.payload).data.object;
  const job = jobOf(told);
  if (!job) return applyToPayment(context, eventId, told);
  await context.transact(async (tx) => {
    await enqueue(tx, job);
    await saveStripeEventProcessed(tx, eventId, context.now());
  });
};
