import type { Payment } from '../../payments/rules/ledger.ts';
import type {
  AccountId,
  BillingAccountId,
  PaymentId,
  RefundId,
  VenueId,
} from '../../shared/ids.ts';
import type { Yen } from '../../shared/money.ts';

export const refundStates = [
  'proposed',
  'approved',
  'awaiting_customer',
  'processing',
  'done',
  'failed',
  'paid_out',
  'rejected',
  'cancelled',
] as const;
export type RefundState = (typeof refundStates)[number];

export const refundReasons = [
  'cancellation',
  'overpaid',
  'reduction',
  'released',
  'unmatched',
  'mistake',
  'at_stripe',
] as const;
/** What a person may say; a refund made at Stripe is told by Stripe alone. */
export const askedReasons = refundReasons.filter((reason) => reason !== 'at_stripe');
export type RefundReason = (typeof refundReasons)[number];

export const refundRoutes = ['stripe', 'bank', 'cash'] as const;
export type RefundRoute = (typeof refundRoutes)[number];

/** The account at a bank that money goes to. */
export interface Payee {
  readonly bankCode: string;
  readonly branchCode: string;
  readonly accountType: 'futsu' | 'toza';
  readonly accountNumber: string;
  readonly holderKana: string;
}

/** Money to be returned. */
export interface Refund {
  readonly id: RefundId;
  readonly venueId: VenueId;
  readonly paymentId: PaymentId;
  readonly billingAccountId: BillingAccountId | null;
  readonly amountYen: Yen;
  readonly reason: RefundReason;
  readonly note: string | null;
  /** What goes back beyond what was paid too much comes off the charge as well: no debt arises. */
  readonly reducesCharge: boolean;
  readonly route: RefundRoute;
  readonly state: RefundState;
  /** The fact that asks for it, where the house did. */
  readonly cause: string | null;
  readonly stripeRefundId: string | null;
  readonly failureCode: string | null;
  /** Until when the customer may name an account. */
  readonly expiresAt: Date | null;
  readonly payee: Payee | null;
  /** Null: the house, by a rule. */
  readonly requestedByAccountId: AccountId | null;
  readonly decidedByAccountId: AccountId | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
  readonly paidOutByAccountId: AccountId | null;
  readonly finishedAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What Stripe says of a refund, in our words. */
export interface RefundNews {
  readonly stripeRefundId: string;
  readonly state: 'awaiting_customer' | 'processing' | 'done' | 'failed' | 'cancelled';
  readonly failureCode: string | null;
  readonly expiresAt: Date | null;
}

/** How money goes back: the way it came; what we saw on our own account we transfer ourselves. */
export const routeOf = (payment: Pick<Payment, 'method'>, isAtStripe: boolean): RefundRoute => {
  if (isAtStripe) return 'stripe';
  return payment.method === 'cash' ? 'cash' : 'bank';
};

const withStripe: readonly RefundState[] = [
  'approved',
  'awaiting_customer',
  'processing',
  'done',
  'failed',
];

/** The money has left, and the ledger says so. */
export const isReturned = ({ state }: Pick<Refund, 'state'>): boolean =>
  state === 'done' || state === 'paid_out';

/** Neither turned down nor given up: its yen are spoken for. */
export const isStanding = ({ state }: Pick<Refund, 'state'>): boolean =>
  state !== 'rejected' && state !== 'cancelled';

/**
 * The refund after what Stripe says now. News may come twice, late and in any order; a bank that sends
 * the money back takes `done` back. What we paid out ourselves is past Stripe's say.
 */
export const applyRefundNews = (refund: Refund, news: RefundNews, now: Date): Refund => {
  if (!withStripe.includes(refund.state)) return refund;
  const { stripeRefundId, state, failureCode, expiresAt } = news;
  const isSame =
    refund.state === state &&
    refund.stripeRefundId === stripeRefundId &&
    refund.failureCode === failureCode &&
    refund.expiresAt?.getTime() === expiresAt?.getTime();
  if (isSame) return refund;
  const finishedAt = state === 'done' ? (refund.finishedAt ?? now) : null;
  const version = refund.version + 1;
  return {
    ...refund,
    state,
    stripeRefundId,
    failureCode,
    expiresAt,
    finishedAt,
    version,
    updatedAt: now,
  };
};

/** Stripe will not have it: we return the money ourselves. */
export const refusedAtStripe = (refund: Refund, failureCode: string, now: Date): Refund =>
  refund.state === 'approved'
    ? { ...refund, state: 'failed', failureCode, version: refund.version + 1, updatedAt: now }
    : refund;

/** What of a refund is more than was paid too much: it comes off the charge too, or is owed again. */
export const beyondOverpaid = (
  amountYen: Yen,
  { owedYen, goingYen }: { readonly owedYen: Yen; readonly goingYen: Yen },
): Yen => Math.min(amountYen, Math.max(0, owedYen + goingYen + amountYen));

/** What is on its way back already, but not gone. */
export const goingOf = (refunds: readonly Pick<Refund, 'state' | 'amountYen'>[]): Yen =>
  refunds
    .filter((refund) => isStanding(refund) && !isReturned(refund))
    .reduce((sum, { amountYen }) => sum + amountYen, 0);

interface Paid {
  readonly paymentId: PaymentId;
  readonly paidYen: Yen;
}

/** What of each payment an account may still get back: what it had, less what is on its way. */
export const leftOfPayments = <One extends Paid>(
  paid: readonly One[],
  refunds: readonly Pick<Refund, 'paymentId' | 'state' | 'amountYen'>[],
): (One & { leftYen: Yen })[] =>
  paid.map((one) => {
    const goingYen = goingOf(refunds.filter(({ paymentId }) => paymentId === one.paymentId));
    return { ...one, leftYen: Math.max(0, one.paidYen - goingYen) };
  });

/** Shares what was paid too much among the payments, the newest (last) first. */
export const shareOverpaid = <One extends { readonly leftYen: Yen }>(
  payments: readonly One[],
  overpaidYen: Yen,
): (One & { amountYen: Yen })[] => {
  let left = overpaidYen;
  return [...payments].reverse().flatMap((payment) => {
    const amountYen = Math.min(payment.leftYen, Math.max(0, left));
    left -= amountYen;
    return amountYen > 0 ? [{ ...payment, amountYen }] : [];
  });
};
