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
} from '../store.ts';
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
    }),
  }),
});

const intentIdOf = (payload: unknown): string | undefined => {
  const { object } = payloadSchema.parse(payload).data;
  return object.object === 'payment_intent' ? object.id : (object.payment_intent ?? undefined);
};

/** Objects of another account or mode do not exist for us. */
const retrieveKnown = async (context: Context, intentId: string) => {
  try {
    return await retrieveIntent(context, intentId);
  } catch (error) {
    if (error instanceof AppError && error.code === 'payments.stripe_refused') return undefined;
    throw error;
  }
};

/** An event is a signal only: what counts is what Stripe says now. */
export const applyStripeEvent = async (context: Context, eventId: string): Promise<void> => {
  const db = context.database.db;
  const event = await findOptionalStripeEvent(db, eventId);
  if (!event || event.processedAt) return;
  const intentId = intentIdOf(event.payload);
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
