import { announce, findIntent, newStripeId, secondsOf, wasCreated, type Desk } from './desk.ts';
import type { Charge, Refund, RefundStatus } from './ledger.ts';
import type { CreateRefundParameters, ListRefundsParameters } from './parameters.ts';
import { refundShape } from './refund_shapes.ts';
import { invalidRequest, unknownObject } from './refusal.ts';
import { chargeShape, refundedYen } from './shapes.ts';

const secondsToAnswer = 45 * 86_400;
// Banks take days; who tries the house out does not.
const bankSeconds = 10;

type End = NonNullable<Refund['end']>['as'];

// As with Stripe's test cards: the money of one goes back later, that of the other comes back to us.
const endOfCard: Readonly<Record<string, End>> = { '7726': 'succeeds', '5126': 'fails' };

const bouncingAccounts = ['1111113', '1111116', '3333335', '4444440'];

export const findRefund = (desk: Desk, id: string): Refund => {
  const refund = desk.ledger.refunds[id];
  if (!refund) throw unknownObject('refund', id);
  return refund;
};

export const chargeOf = (desk: Desk, { chargeId }: Pick<Refund, 'chargeId'>): Charge =>
  desk.ledger.charges[chargeId]!;

export const shapeOfRefund = (desk: Desk, refund: Refund) => {
  const customerId = desk.ledger.intents[refund.intentId]?.customerId ?? null;
  return refundShape(refund, chargeOf(desk, refund), customerId);
};

const tellUpdated = (desk: Desk, refund: Refund) => {
  const shape = shapeOfRefund(desk, refund);
  announce(desk, 'refund.updated', shape);
  announce(desk, 'charge.refund.updated', shape);
  if (refund.status === 'failed') announce(desk, 'refund.failed', shape);
};

const move = (desk: Desk, refund: Refund, status: RefundStatus, end: Refund['end'] = null) => {
  refund.status = status;
  refund.end = end;
  tellUpdated(desk, refund);
};

const checkIn = (refund: Refund, statuses: readonly RefundStatus[]) => {
  if (statuses.includes(refund.status)) return;
  throw invalidRequest(`This is not possible for a refund in ${refund.status}.`, {
    code: 'refund_unexpected_state',
  });
};

const emailFor = (desk: Desk, charge: Charge, given: string | undefined): string | null => {
  if (charge.method.card) return null;
  const { customerId } = findIntent(desk, charge.intentId);
  const customer = customerId ? desk.ledger.customers[customerId] : undefined;
  const email = given ?? charge.method.billing.email ?? customer?.email;
  if (email) return email;
  throw invalidRequest('This refund needs an email address to ask for a bank account.', {
    code: 'parameter_missing',
    param: 'instructions_email',
  });
};

export const findPaidCharge = (desk: Desk, intentId: string): Charge => {
  const { latestChargeId, status } = findIntent(desk, intentId);
  const charge = latestChargeId ? desk.ledger.charges[latestChargeId] : undefined;
  if (charge?.isPaid && status === 'succeeded') return charge;
  throw invalidRequest('This PaymentIntent does not have a successful charge to refund.', {
    code: 'payment_intent_unexpected_state',
    param: 'payment_intent',
  });
};

/** While the bank of the payer decides, and where it has taken the money back, nothing is refunded. */
const checkUndisputed = (desk: Desk, charge: Charge) => {
  const holding = ['needs_response', 'under_review', 'lost'];
  const held = Object.values(desk.ledger.disputes).some(
    ({ chargeId, status }) => chargeId === charge.id && holding.includes(status),
  );
  if (!held) return;
  throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
    code: 'charge_disputed',
  });
};

const amountOf = (desk: Desk, charge: Charge, given: number | undefined): number => {
  const left = charge.amount - refundedYen(charge, desk.ledger);
  if (left === 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
      code: 'charge_already_refunded',
    });
  }
  if ((given ?? left) > left) {
    throw invalidRequest(
      `Refund amount (¥${given}) is greater than unrefunded amount on charge (¥${left}).`,
      { param: 'amount' },
    );
  }
  return given ?? left;
};

/** How a refund begins: a card gets its money back by itself, everybody else is asked for an account. */
const beginningOf = (charge: Charge, now: number): Pick<Refund, 'status' | 'end' | 'expiresAt'> => {
  const { card } = charge.method;
  if (!card) return { status: 'requires_action', end: null, expiresAt: now + secondsToAnswer };
  const as = endOfCard[card.last4];
  const end = as ? { at: now + bankSeconds, as } : null;
  return { status: as === 'succeeds' ? 'pending' : 'succeeded', end, expiresAt: null };
};

export const createRefund = (desk: Desk, parameters: CreateRefundParameters): Refund => {
  const charge = findPaidCharge(desk, parameters.payment_intent);
  checkUndisputed(desk, charge);
  const now = secondsOf(desk.now());
  const refund: Refund = {
    id: newStripeId('re'),
    chargeId: charge.id,
    intentId: charge.intentId,
    created: now,
    amount: amountOf(desk, charge, parameters.amount),
    reason: parameters.reason ?? null,
    metadata: parameters.metadata ?? {},
    instructionsEmail: emailFor(desk, charge, parameters.instructions_email),
    failureReason: null,
    ...beginningOf(charge, now),
  };
  desk.ledger.refunds[refund.id] = refund;
  announce(desk, 'refund.created', shapeOfRefund(desk, refund));
  announce(desk, 'charge.refunded', chargeShape(charge, desk.ledger));
  return refund;
};

/** Somebody gives money back on Stripe's own pages, without us. */
export const refundByHand = (desk: Desk, intentId: string, amount?: number): Refund =>
  createRefund(desk, { payment_intent: intentId, amount });

/** Newest first. */
export const listRefunds = (
  desk: Desk,
  { payment_intent: intentId, created, limit, starting_after: after }: ListRefundsParameters,
): { page: Refund[]; hasMore: boolean } => {
  const fitting = Object.values(desk.ledger.refunds)
    .reverse()
    .filter((refund) => (!intentId || refund.intentId === intentId) && wasCreated(refund, created));
  const start = after ? fitting.findIndex(({ id }) => id === after) + 1 : 0;
  const page = fitting.slice(start, start + limit);
  return { page, hasMore: fitting.length > start + page.length };
};

export const cancelRefund = (desk: Desk, id: string): Refund => {
  const refund = findRefund(desk, id);
  checkIn(refund, ['requires_action']);
  move(desk, refund, 'canceled');
  return refund;
};

/** The customer names an account; the money is on its way to it. */
export const giveRefundAccount = (desk: Desk, id: string, accountNumber = '0001234') => {
  const refund = findRefund(desk, id);
  checkIn(refund, ['requires_action']);
  const as = bouncingAccounts.includes(accountNumber) ? 'bounces' : 'succeeds';
  move(desk, refund, 'pending', { at: secondsOf(desk.now()) + bankSeconds, as });
};

export const settleRefund = (desk: Desk, id: string) => {
  const refund = findRefund(desk, id);
  checkIn(refund, ['pending']);
  move(desk, refund, 'succeeded');
};

/** The bank does not know the account: the customer is asked once more. */
export const bounceRefund = (desk: Desk, id: string) => {
  const refund = findRefund(desk, id);
  checkIn(refund, ['pending', 'succeeded']);
  if (chargeOf(desk, refund).method.card) {
    throw invalidRequest('The refund of a card does not go to a bank account.');
  }
  move(desk, refund, 'requires_action');
};

/** The money is back with us, and nobody at Stripe tries again. */
export const failRefund = (desk: Desk, id: string, reason = 'unknown') => {
  const refund = findRefund(desk, id);
  checkIn(refund, ['requires_action', 'pending', 'succeeded']);
  refund.failureReason = reason;
  move(desk, refund, 'failed');
};

export const expireRefund = (desk: Desk, id: string): Refund => {
  checkIn(findRefund(desk, id), ['requires_action']);
  failRefund(desk, id);
  return findRefund(desk, id);
};

const endings: Readonly<Record<End, (desk: Desk, id: string) => void>> = {
  succeeds: settleRefund,
  bounces: bounceRefund,
  fails: (desk, id) => failRefund(desk, id, 'declined'),
};

/** Refunds whose moment has come: arrived, bounced, or never answered. */
export const settleRefunds = (desk: Desk) => {
  const now = secondsOf(desk.now());
  for (const refund of Object.values(desk.ledger.refunds)) {
    const hasLapsed = refund.expiresAt !== null && refund.expiresAt <= now;
    if (refund.end && refund.end.at <= now) endings[refund.end.as](desk, refund.id);
    else if (refund.status === 'requires_action' && hasLapsed) expireRefund(desk, refund.id);
  }
};
