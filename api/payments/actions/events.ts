import Stripe from 'stripe';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { enqueue } from '../../outbox/actions.ts';
import { paymentErrors } from '../errors.ts';
import { isStrangeCashMove, movementOf, type Told } from '../rules/movement.ts';
import {
  findOptionalAttemptByIntent,
  findOptionalStripeEvent,
  insertStripeEvent,
  saveStripeEventProcessed,
  type StripeEventRow,
} from '../store/attempts.ts';
import { findOptionalCustomer } from '../store/customers.ts';
import { knownAtStripe, settleDispute } from './disputes.ts';
import { noteMovement } from './movements.ts';
import { settleAttempt } from './settle.ts';
import { newsOf, retrieveIntent } from './stripe.ts';

interface SignedBody {
  readonly payload: string;
  readonly signature: string;
}

/** Thin events of version 2 have no more in common with the others than this. */
const eventSchema = z.object({
  id: z.string(),
  type: z.string(),
  api_version: z.string().nullish(),
});

const verify = async (context: Context, { payload, signature }: SignedBody) => {
  const { stripe } = context;
  const signing = stripe?.client.webhooks.signature;
  if (!stripe || !signing) throw paymentErrors.bad_signature();
  try {
    await signing.verifyHeaderAsync(
      payload,
      signature,
      stripe.webhookSecret,
      Stripe.webhooks.DEFAULT_TOLERANCE,
      undefined,
      context.now().getTime(),
    );
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error;
    throw paymentErrors.bad_signature({ cause: error });
  }
  return eventSchema.parse(JSON.parse(payload));
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
      apiVersion: event.api_version ?? null,
      payload: JSON.parse(body.payload) as unknown,
      receivedAt: context.now(),
    });
    if (!isNew) return { isDuplicate: true };
    await enqueue(tx, { task: 'payments.apply_event', payload: { eventId: event.id } });
    return { isDuplicate: false };
  });
};

const payloadSchema = z.object({
  created: z.number().optional(),
  data: z.object({
    object: z.object({
      object: z.string(),
      id: z.string(),
      type: z.string().optional(),
      amount: z.number().optional(),
      net_amount: z.number().optional(),
      payment_intent: z.string().nullish(),
      customer: z.string().nullish(),
      status: z.string().nullish(),
    }),
  }),
});

/** What an event is about; other shapes (a balance, thin events, what is new at Stripe) have nothing. */
const toldBy = ({ payload }: StripeEventRow): Told | undefined =>
  payloadSchema.safeParse(payload).data?.data.object;

/** Somebody must look at money that moved and is not ours. */
export const noteEventOfOthers = async (context: Context, eventId: string): Promise<void> => {
  const event = await findOptionalStripeEvent(context.database.db, eventId);
  const parsed = payloadSchema.safeParse(event?.payload).data;
  const movement = event && parsed && movementOf(event.type, parsed.data.object);
  if (!movement) return;
  const happenedAt = parsed.created ? new Date(parsed.created * 1_000) : event.receivedAt;
  await context.transact((tx) =>
    noteMovement(tx, context, { ...movement, eventType: event.type, happenedAt }),
  );
};

const intentIdOf = (told: Told): string | undefined =>
  told.object === 'payment_intent' ? told.id : (told.payment_intent ?? undefined);

const applyToPayment = async (context: Context, eventId: string, told: Told): Promise<boolean> => {
  const db = context.database.db;
  const intentId = intentIdOf(told);
  const intent = intentId ? await knownAtStripe(retrieveIntent(context, intentId)) : undefined;
  const attempt = intent
    ? await findOptionalAttemptByIntent(db, {
        id: intent.id,
        attemptId: intent.metadata['booking_payment_id'],
      })
    : undefined;
  if (!intent || !attempt) {
    context.log.warn({ eventId, intentId }, 'a Stripe event belongs to no payment');
    return false;
  }
  await context.transact((tx) =>
    settleAttempt(tx, context, attempt.id, newsOf(intent, context.now())),
  );
  return true;
};

const keepCashMove = async (context: Context, told: Told): Promise<boolean> => {
  const customer = await findOptionalCustomer(context.database.db, told.customer ?? '');
  if (!customer) return false;
  await context.transact((tx) =>
    enqueue(tx, {
      task: 'payments.keep_cash',
      payload: { stripeCustomerId: customer.stripeCustomerId },
    }),
  );
  return !isStrangeCashMove(told);
};

/** Has what is told done; answers whether it is money of ours, which our books follow. */
const follow = async (context: Context, { id }: StripeEventRow, told: Told): Promise<boolean> => {
  switch (told.object) {
    case 'dispute':
      return settleDispute(context, told.id);
    case 'refund': {
      const payload = { stripeRefundId: told.id, eventId: id };
      await context.transact((tx) => enqueue(tx, { task: 'payments.stripe_refund_told', payload }));
      return true;
    }
    case 'customer_cash_balance_transaction':
      return keepCashMove(context, told);
    default:
      return applyToPayment(context, id, told);
  }
};

/** An event is a signal only: what counts is what Stripe says now. Told twice, it does nothing twice. */
export const applyStripeEvent = async (context: Context, eventId: string): Promise<void> => {
  const event = await findOptionalStripeEvent(context.database.db, eventId);
  if (!event || event.processedAt) return;
  const told = toldBy(event);
  if (told && !(await follow(context, event, told))) await noteEventOfOthers(context, eventId);
  await context.transact((tx) => saveStripeEventProcessed(tx, eventId, context.now()));
};
