import type { Context } from '../../context.ts';
import { addMinutes } from '../../shared/time.ts';
import { orThrow } from '../../shared/result.ts';
import { paymentErrors } from '../errors.ts';
import {
  closedUnstarted,
  decideCancelRequest,
  isDefinite,
  isLive,
  type Attempt,
} from '../rules/attempt.ts';
import {
  findAttemptForUpdate,
  findOptionalAttempt,
  listOverdueAttempts,
} from '../store/attempts.ts';
import { findVisibleAttempt } from './read.ts';
import { saveMoved, settleAttempt } from './settle.ts';
import { cancelIntent, findOptionalIntent, newsOf, retrieveIntent } from './stripe.ts';

// Longer than Stripe's client tries: until then the request may still be on its way.
const minutesToStart = 10;
const hoursUnheard = 6;
const sweepSize = 200;

const settle = (context: Context, attempt: Attempt, intent: Parameters<typeof newsOf>[0]) =>
  context.transact((tx) => settleAttempt(tx, context, attempt.id, newsOf(intent, context.now())));

const isStale = (context: Context, attempt: Attempt) =>
  attempt.createdAt < addMinutes(context.now(), -minutesToStart);

/** An attempt whose request was cut off: found at Stripe by our id, or closed as never begun. */
const recoverUnstarted = async (context: Context, attempt: Attempt): Promise<Attempt> => {
  if (!isStale(context, attempt)) return attempt;
  const intent = await findOptionalIntent(context, attempt);
  if (intent) return settle(context, attempt, intent);
  return context.transact(async (tx) => {
    const before = await findAttemptForUpdate(tx, attempt.id);
    const after = closedUnstarted(before, context.now());
    if (after !== before) await saveMoved(tx, context, before, after);
    return after;
  });
};

const cancelAtStripe = async (context: Context, attempt: Attempt): Promise<Attempt> =>
  attempt.stripePaymentIntentId
    ? settle(context, attempt, await cancelIntent(context, attempt.stripePaymentIntentId))
    : attempt;

const askAndCancel = async (context: Context, attempt: Attempt): Promise<Attempt> => {
  const asked = await context.transact(async (tx) => {
    const before = await findAttemptForUpdate(tx, attempt.id);
    const after = orThrow(decideCancelRequest(before, context.now()));
    if (after !== before) await saveMoved(tx, context, before, after);
    return after;
  });
  return isLive(asked) ? cancelAtStripe(context, asked) : asked;
};

/** Ends an attempt at Stripe before another may begin; only a definite answer will do. */
export const clearAttempt = async (context: Context, attempt: Attempt): Promise<void> => {
  const known = attempt.stripePaymentIntentId ? attempt : await recoverUnstarted(context, attempt);
  if (!isLive(known)) return;
  if (!known.stripePaymentIntentId) throw paymentErrors.attempt_live();
  const ended = await askAndCancel(context, known);
  if (!isDefinite(ended)) throw paymentErrors.cancel_not_definite();
};

/** The payer no longer wants to pay this way. Money that arrives meanwhile wins. */
export const cancelPayment = async (context: Context, attemptId: string): Promise<Attempt> => {
  const { attempt } = await findVisibleAttempt(context, attemptId);
  const ended = await askAndCancel(context, attempt);
  if (!isDefinite(ended)) throw paymentErrors.cancel_not_definite();
  return ended;
};

/** Asks Stripe how an attempt stands that nobody told us the end of. */
const refreshAttempt = async (context: Context, attempt: Attempt): Promise<Attempt> => {
  const { stripePaymentIntentId: intentId, state, method } = attempt;
  if (!intentId) return recoverUnstarted(context, attempt);
  if (state === 'cancel_requested') return cancelAtStripe(context, attempt);
  // Nobody finishes a card form an hour later; a voucher ends by itself, a transfer with the booking.
  if (method === 'card') return askAndCancel(context, attempt);
  return settle(context, attempt, await retrieveIntent(context, intentId));
};

/** One cancel asked for by the house; without a definite answer the sweep asks again. */
export const cancelAttempt = async (context: Context, attemptId: string): Promise<void> => {
  const attempt = await findOptionalAttempt(context.database.db, attemptId);
  if (attempt?.state === 'cancel_requested') await refreshAttempt(context, attempt);
};

/** Looks after every attempt that is overdue; one that fails does not stop the others. */
export const sweepAttempts = async (context: Context): Promise<{ looked: number }> => {
  if (!context.stripe) return { looked: 0 };
  const now = context.now();
  const startedBefore = addMinutes(now, -minutesToStart);
  const heardBefore = addMinutes(now, -hoursUnheard * 60);
  const since = { now, startedBefore, heardBefore };
  const overdue = await listOverdueAttempts(context.database.db, since, sweepSize);
  for (const attempt of overdue) {
    try {
      await refreshAttempt(context, attempt);
    } catch (error) {
      context.log.error({ err: error, attemptId: attempt.id }, 'payment could not be refreshed');
    }
  }
  return { looked: overdue.length };
};
