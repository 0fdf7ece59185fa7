import type { AttemptId, BillingAccountId, ChargeId } from '../../shared/ids.ts';
import type { Yen } from '../../shared/money.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { paymentErrors } from '../errors.ts';

export const paymentMethods = ['card', 'konbini', 'bank_transfer', 'cash', 'slip'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

export const attemptStates = [
  'created',
  'pending',
  'confirmed',
  'failed',
  'cancel_requested',
  'cancelled',
] as const;
export type AttemptState = (typeof attemptStates)[number];

export const storeChains = ['familymart', 'lawson', 'ministop', 'seicomart'] as const;
export type StoreChain = (typeof storeChains)[number];

export interface StoreCode {
  readonly paymentCode: string;
  readonly confirmationNumber?: string | undefined;
}

/** What the payer shows at the till. */
export interface Voucher {
  readonly hostedVoucherUrl: string | null;
  readonly expiresAt: string;
  readonly stores: Readonly<Record<StoreChain, StoreCode | null>>;
}

/** The account at a bank kept for one billing account, as the payer needs it. */
export interface Transfer {
  readonly bankCode: string;
  readonly bankName: string;
  readonly branchCode: string;
  readonly branchName: string;
  readonly accountType: 'futsu' | 'toza';
  readonly accountNumber: string;
  readonly accountHolder: string;
  readonly hostedInstructionsUrl: string | null;
}

/** One try to pay a charge. */
export interface Attempt {
  readonly id: AttemptId;
  readonly chargeId: ChargeId;
  readonly billingAccountId: BillingAccountId;
  readonly method: PaymentMethod;
  readonly state: AttemptState;
  readonly amountYen: Yen;
  readonly stripePaymentIntentId: string | null;
  readonly voucher: Voucher | null;
  readonly transfer: Transfer | null;
  /** What has reached the account of a transfer so far. */
  readonly fundedYen: Yen;
  /** What was handed over at the desk, change and all. */
  readonly handedYen: Yen | null;
  readonly remindedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly confirmedAt: Date | null;
  readonly failureCode: string | null;
  readonly paidVia: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What Stripe says of a payment, in our words. `unpaid`: this try is over, nothing was paid. */
export interface IntentNews {
  readonly intentId: string;
  readonly outcome: 'paid' | 'open' | 'unpaid' | 'cancelled';
  readonly voucher: Voucher | null;
  readonly transfer: Transfer | null;
  /** What has reached the account of a transfer so far. */
  readonly fundedYen: Yen;
  readonly expiresAt: Date | null;
  readonly paidAt: Date | null;
  readonly paidVia: string | null;
  readonly failureCode: string | null;
}

export const isLive = ({ state }: Pick<Attempt, 'state'>): boolean =>
  state === 'created' || state === 'pending' || state === 'cancel_requested';

const pendingWith = (attempt: Attempt, news: IntentNews): Attempt => ({
  ...attempt,
  state: attempt.state === 'created' ? 'pending' : attempt.state,
  voucher: news.voucher ?? attempt.voucher,
  transfer: news.transfer ?? attempt.transfer,
  // Money in the account does not leave it while the payment is open; late news may know less.
  fundedYen: Math.max(attempt.fundedYen, news.fundedYen),
  expiresAt: news.expiresAt ?? attempt.expiresAt,
  failureCode: news.failureCode,
});

/** A declined card may be tried again with another; a voucher that lapsed is over. */
const unpaidWith = (attempt: Attempt, news: IntentNews): Attempt => {
  if (attempt.method === 'card') return pendingWith(attempt, news);
  const state = attempt.state === 'cancel_requested' ? 'cancelled' : 'failed';
  return { ...attempt, state, failureCode: news.failureCode ?? 'expired' };
};

const moved = (attempt: Attempt, news: IntentNews): Attempt => {
  if (news.outcome === 'paid') {
    const { paidAt: confirmedAt, paidVia } = news;
    const fundedYen = attempt.transfer ? attempt.amountYen : attempt.fundedYen;
    return { ...attempt, state: 'confirmed', confirmedAt, paidVia, fundedYen, failureCode: null };
  }
  if (!isLive(attempt)) return attempt;
  switch (news.outcome) {
    case 'open':
      return pendingWith(attempt, news);
    case 'unpaid':
      return unpaidWith(attempt, news);
    case 'cancelled':
      return { ...attempt, state: 'cancelled' };
  }
};

/**
 * The attempt after what Stripe says now. Money that arrived wins from any state, and nothing later
 * takes it back; news may come twice, late, and in any order.
 */
export const applyNews = (attempt: Attempt, news: IntentNews, now: Date): Attempt => {
  if (attempt.state === 'confirmed') return attempt;
  const after = { ...moved(attempt, news), stripePaymentIntentId: news.intentId };
  return { ...after, updatedAt: now };
};

/** Whether Stripe's answer settles that this attempt can bring no more money, or that it has. */
export const isDefinite = (attempt: Attempt): boolean => !isLive(attempt);

/** Asks for the end of an attempt; what is over stays as it is, what was paid is refused. */
export const decideCancelRequest = (attempt: Attempt, now: Date): Result<Attempt> => {
  if (attempt.state === 'confirmed') return refuse(paymentErrors.not_cancellable());
  if (attempt.state === 'created') return refuse(paymentErrors.attempt_live());
  return ok(
    attempt.state === 'pending'
      ? { ...attempt, state: 'cancel_requested', updatedAt: now }
      : attempt,
  );
};

/** An attempt Stripe has never heard of: nobody can pay it. */
export const closedUnstarted = (attempt: Attempt, now: Date): Attempt => {
  if (!isLive(attempt) || attempt.stripePaymentIntentId !== null) return attempt;
  return attempt.state === 'cancel_requested'
    ? { ...attempt, state: 'cancelled', updatedAt: now }
    : { ...attempt, state: 'failed', failureCode: 'not_started', updatedAt: now };
};
