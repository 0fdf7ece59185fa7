import { accountErrors } from '../../accounts/errors.ts';
import { hasAnyRole } from '../../accounts/rules.ts';
import { findVisibleBillingAccount } from '../../billing_accounts/actions.ts';
import type { Context } from '../../context.ts';
import { findBalance, listPaidByPayment } from '../../payments/actions/ledger.ts';
import { hasRole } from '../../shared/actor.ts';
import type { VenueId } from '../../shared/ids.ts';
import { refundErrors } from '../errors.ts';
import { allowedActs, limitOf, payers, proposers, type MoneyLimit } from '../rules/decide.ts';
import {
  goingOf,
  isStanding,
  leftOfPayments,
  refundStates,
  type RefundState,
} from '../rules/refund.ts';
import { refundsPageSize, type ListRefunds } from '../schema.ts';
import { listRefundHistory } from '../store/history.ts';
import {
  countRefundsByState,
  findOptionalRefundView,
  listMoneyLimits,
  listRefundViews,
  listRefundViewsByBillingAccount,
  listRefundsByBillingAccount,
  type RefundView,
} from '../store/refunds.ts';
import { findBeyondYen } from './charge.ts';
import { showWriteOffsOfBillingAccount } from './write_offs.ts';

const openStates: readonly RefundState[] = [
  'proposed',
  'approved',
  'awaiting_customer',
  'processing',
  'failed',
];

const shown = (
  context: Context,
  { refund, paymentYen: _whole, receivedAt: _at, paidOutByName: _payer, ...about }: RefundView,
  limits: readonly MoneyLimit[],
) => ({
  id: refund.id,
  venueId: refund.venueId,
  billingAccountId: refund.billingAccountId,
  paymentId: refund.paymentId,
  amountYen: refund.amountYen,
  reason: refund.reason,
  reducesCharge: refund.reducesCharge,
  note: refund.note,
  route: refund.route,
  state: refund.state,
  failureCode: refund.failureCode,
  expiresAt: refund.expiresAt,
  finishedAt: refund.finishedAt,
  decidedAt: refund.decidedAt,
  decisionReason: refund.decisionReason,
  createdAt: refund.createdAt,
  updatedAt: refund.updatedAt,
  ...about,
  allowedActions: allowedActs(refund, context.actor, limits),
});

const venuesOf = ({ actor }: Context, venue: string | undefined): string[] => {
  const held = actor.kind === 'staff' ? Object.keys(actor.roles) : [];
  const wanted = venue === undefined ? held : held.filter((id) => id === venue);
  return wanted.filter((id) => hasRole(actor, id as VenueId, proposers));
};

const statesOf = ({ state, view }: ListRefunds): readonly RefundState[] => {
  if (state) return [state];
  return view === 'open' ? openStates : refundStates;
};

/** Refunds at the venues of the staff member; the totals are of all of them, whatever is filtered. */
export const listRefunds = async (context: Context, asked: ListRefunds) => {
  if (!hasAnyRole(context.actor)) throw accountErrors.forbidden();
  const venueIds = venuesOf(context, asked.venue);
  const states = statesOf(asked);
  const offset = (asked.page - 1) * refundsPageSize;
  const [views, totals, limits] = await Promise.all([
    listRefundViews(context.reads, { venueIds, states }, { limit: refundsPageSize, offset }),
    countRefundsByState(context.reads, venueIds),
    listMoneyLimits(context.reads, venueIds),
  ]);
  const total = totals
    .filter(({ state }) => states.includes(state))
    .reduce((sum, { count }) => sum + count, 0);
  return {
    refunds: views.map((view) => shown(context, view, limits)),
    totals,
    page: asked.page,
    pageCount: Math.max(1, Math.ceil(total / refundsPageSize)),
    total,
  };
};

/** One refund with everything that happened to it; the account it goes to is told to finance only. */
export const viewRefund = async (context: Context, id: string) => {
  const view = await findOptionalRefundView(context.reads, id);
  if (!view || !hasRole(context.actor, view.refund.venueId, proposers)) {
    throw refundErrors.unknown();
  }
  const { refund, paymentYen, receivedAt, paidOutByName } = view;
  const [limits, history, beyondYen] = await Promise.all([
    listMoneyLimits(context.reads, [refund.venueId]),
    listRefundHistory(context.reads, id),
    findBeyondYen(context.reads, refund),
  ]);
  return {
    ...shown(context, view, limits),
    beyondYen,
    paymentYen,
    receivedAt,
    paidOutByName,
    payee: hasRole(context.actor, refund.venueId, payers) ? refund.payee : null,
    hasPayee: refund.payee !== null,
    limitYen: limitOf(context.actor, refund.venueId, limits, 'refund'),
    isLimitProvisional: limits.some(({ publication }) => publication === 'provisional'),
    history,
  };
};

/** What comes back of an account, and for staff what could. */
export const viewSubjectRefunds = async (context: Context, billingAccountId: string) => {
  const billingAccount = await findVisibleBillingAccount(context, billingAccountId);
  const isStaff = hasRole(context.actor, billingAccount.venueId, proposers);
  const [views, refunds, paid, { owedYen }] = await Promise.all([
    listRefundViewsByBillingAccount(context.reads, billingAccount.id),
    listRefundsByBillingAccount(context.reads, billingAccount.id),
    listPaidByPayment(context.reads, billingAccount.id),
    findBalance(context.reads, billingAccount.id),
  ]);
  const left = leftOfPayments(
    paid.map(({ payment, paidYen }) => ({ paymentId: payment.id, payment, paidYen })),
    refunds,
  );
  return {
    refunds: views
      .filter(({ refund }) => isStaff || isStanding(refund))
      .map(({ refund, method }) => ({
        id: refund.id,
        billingAccountId: refund.billingAccountId,
        paymentId: refund.paymentId,
        amountYen: refund.amountYen,
        reason: refund.reason,
        reducesCharge: refund.reducesCharge,
        route: refund.route,
        state: refund.state,
        method,
        expiresAt: refund.expiresAt,
        finishedAt: refund.finishedAt,
        createdAt: refund.createdAt,
      })),
    payments: isStaff
      ? left.map(({ payment: { id, method, amountYen, receivedAt }, paidYen, leftYen }) => ({
          id,
          method,
          amountYen,
          paidYen,
          leftYen,
          receivedAt,
        }))
      : [],
    writeOffs: isStaff ? await showWriteOffsOfBillingAccount(context, billingAccount.id) : [],
    owedYen,
    overpaidYen: Math.max(0, -owedYen - goingOf(refunds)),
    mayPropose: isStaff,
  };
};
