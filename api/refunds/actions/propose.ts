import type { Queryable, Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { findBillingAccount, lockBillingAccount } from '../../billing_accounts/actions.ts';
import type { Context } from '../../context.ts';
import {
  findBalance,
  findOptionalPayment,
  findPaymentForUpdate,
  findPotYen,
  listPaidByPayment,
} from '../../payments/actions/ledger.ts';
import { listDisputedPayments } from '../../payments/actions/movements.ts';
import { findOptionalAttempt } from '../../payments/actions/read.ts';
import { paymentErrors } from '../../payments/errors.ts';
import { isPayable } from '../../payments/rules/charge.ts';
import type { Payment } from '../../payments/rules/ledger.ts';
import { hasRole } from '../../shared/actor.ts';
import type { AccountId, BillingAccountId, PaymentId, RefundId } from '../../shared/ids.ts';
import { refundErrors } from '../errors.ts';
import { accountOf, chargeNotSaid, proposers } from '../rules/decide.ts';
import {
  beyondOverpaid,
  goingOf,
  leftOfPayments,
  routeOf,
  shareOverpaid,
  type Refund,
  type RefundReason,
} from '../rules/refund.ts';
import type { ProposeRefund } from '../schema.ts';
import {
  countStandingByCause,
  insertRefund,
  listRefundsByBillingAccount,
  listRefundsByPayment,
} from '../store/refunds.ts';
import { traceOf } from './move.ts';

export interface RefundProposal {
  readonly paymentId: PaymentId;
  /** Null for money of the pot. */
  readonly billingAccountId: BillingAccountId | null;
  readonly amountYen: number;
  readonly reason: RefundReason;
  readonly note: string | null;
  readonly reducesCharge?: boolean | undefined;
  /** The fact that asks for it, where a rule of the house does. */
  readonly cause: string | null;
  /** Who asked for it before its amount changed; else whoever acts now. */
  readonly requestedByAccountId?: AccountId | null;
}

const isAtStripe = async (tx: Queryable, { attemptId }: Payment) => {
  const attempt = attemptId ? await findOptionalAttempt(tx, attemptId) : undefined;
  return attempt !== undefined && attempt.stripePaymentIntentId !== null;
};

/** What of a payment an account has, or without one the pot. */
export const findPaidYen = async (
  tx: Queryable,
  payment: Payment,
  billingAccountId: BillingAccountId | null,
) => {
  if (billingAccountId === null) return findPotYen(tx, payment.id);
  const paid = await listPaidByPayment(tx, billingAccountId);
  return paid.find((one) => one.payment.id === payment.id)?.paidYen ?? 0;
};

/** What of a payment may still go back, whose money it is considered. */
const findLeftYen = async (
  tx: Queryable,
  payment: Payment,
  billingAccountId: BillingAccountId | null,
) => {
  const [paidYen, refunds] = await Promise.all([
    findPaidYen(tx, payment, billingAccountId),
    listRefundsByPayment(tx, payment.id),
  ]);
  const own = refunds.filter((refund) => refund.billingAccountId === billingAccountId);
  return leftOfPayments([{ paymentId: payment.id, paidYen }], own)[0]!.leftYen;
};

/**
 * Asks for money to go back; who asks never decides. Answers undefined where its cause asked already.
 * @throws refunds.more_than_left when so much of the payment is not left
 * @throws refunds.disputed while the bank of the payer has not decided
 */
export const proposeRefund = async (
  tx: Transaction,
  context: Context,
  proposal: RefundProposal,
): Promise<Refund | undefined> => {
  const payment = await findPaymentForUpdate(tx, proposal.paymentId);
  const leftYen = await findLeftYen(tx, payment, proposal.billingAccountId);
  if (proposal.amountYen > leftYen) throw refundErrors.more_than_left({ detail: { leftYen } });
  if ((await listDisputedPayments(tx, { paymentId: payment.id })).length > 0) {
    throw refundErrors.disputed();
  }
  const now = context.now();
  const refund: Refund = {
    requestedByAccountId: accountOf(context.actor),
    ...proposal,
    reducesCharge: proposal.reducesCharge ?? false,
    id: context.newId('refund') as RefundId,
    venueId: payment.venueId,
    route: routeOf(payment, await isAtStripe(tx, payment)),
    state: 'proposed',
    stripeRefundId: null,
    failureCode: null,
    expiresAt: null,
    payee: null,
    decidedByAccountId: null,
    decidedAt: null,
    decisionReason: null,
    paidOutByAccountId: null,
    finishedAt: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  if (!(await insertRefund(tx, refund))) return undefined;
  await recordAudit(tx, context, {
    action: 'refunds.propose',
    subjectId: refund.id,
    after: traceOf(refund),
  });
  return refund;
};

/** Nobody becomes a debtor by being given money back unless that was meant. */
const checkChargeSaid = async (
  tx: Transaction,
  context: Context,
  { billingAccountId, amountYen, reducesCharge }: ProposeRefund,
): Promise<void> => {
  if (billingAccountId === undefined || reducesCharge !== undefined) return;
  const { id } = await lockBillingAccount(tx, context, billingAccountId);
  const [{ owedYen }, refunds] = await Promise.all([
    findBalance(tx, id),
    listRefundsByBillingAccount(tx, id),
  ]);
  const debtYen = beyondOverpaid(amountYen, { owedYen, goingYen: goingOf(refunds) });
  if (debtYen > 0) throw chargeNotSaid(debtYen);
};

/** A member of staff asks for a refund. */
export const proposeByStaff = (
  context: Context,
  { billingAccountId, ...asked }: ProposeRefund,
): Promise<Refund> =>
  context.transact(async (tx) => {
    const payment = await findOptionalPayment(tx, asked.paymentId);
    if (!payment || !hasRole(context.actor, payment.venueId, proposers)) {
      throw paymentErrors.unknown();
    }
    await checkChargeSaid(tx, context, { ...asked, billingAccountId });
    const refund = await proposeRefund(tx, context, {
      ...asked,
      billingAccountId: billingAccountId ?? null,
      cause: null,
    });
    return refund!;
  });

/** One fact may ask again later for more, but never again for what a person turned down. */
const causeOf = async (tx: Queryable, fact: string): Promise<string> => {
  const before = await countStandingByCause(tx, fact);
  return before === 0 ? fact : `${fact}:${before + 1}`;
};

/** Asks for everything an account has paid too much, newest payment first; what is asked for already is not asked again. */
export const proposeOverpaid = (
  context: Context,
  { billingAccountId, reason }: { billingAccountId: string; reason: RefundReason },
): Promise<Refund[]> =>
  context.transact(async (tx) => {
    const billingAccount = await lockBillingAccount(tx, context, billingAccountId);
    const { owedYen } = await findBalance(tx, billingAccount.id);
    const refunds = await listRefundsByBillingAccount(tx, billingAccount.id);
    const goingYen = goingOf(refunds);
    const disputed = await listDisputedPayments(tx, { billingAccountId: billingAccount.id });
    const paid = (await listPaidByPayment(tx, billingAccount.id))
      .filter(({ payment }) => !disputed.includes(payment.id))
      .map(({ payment, paidYen }) => ({ paymentId: payment.id, paidYen }));
    const proposed: Refund[] = [];
    for (const part of shareOverpaid(leftOfPayments(paid, refunds), -owedYen - goingYen)) {
      const { paymentId, amountYen } = part;
      const cause = await causeOf(tx, `${reason}:${billingAccount.id}:${paymentId}`);
      const asked = {
        paymentId,
        amountYen,
        billingAccountId: billingAccount.id,
        reason,
        note: null,
        cause,
      };
      const refund = await proposeRefund(tx, context, asked);
      if (refund) proposed.push(refund);
    }
    return proposed;
  });

/** Money that came once too often; money for rooms given back is followed by payments first. */
export const proposeReceived = async (context: Context, attemptId: string): Promise<void> => {
  const db = context.database.db;
  const attempt = await findOptionalAttempt(db, attemptId);
  if (!attempt) return;
  const { billingAccountId } = attempt;
  if (!isPayable(await findBillingAccount(db, context, billingAccountId))) return;
  await proposeOverpaid(context, { billingAccountId, reason: 'overpaid' });
};
