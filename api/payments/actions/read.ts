import type { Queryable } from '#db/client.server.ts';
import { accountErrors } from '../../accounts/errors.ts';
import { hasAnyRole } from '../../accounts/rules.ts';
import { findBillingAccount, findVisibleBillingAccount } from '../../billing_accounts/actions.ts';
import type { BillingAccount } from '../../billing_accounts/rules.ts';
import type { Context } from '../../context.ts';
import { hasRole, isConcerned } from '../../shared/actor.ts';
import type { VenueId } from '../../shared/ids.ts';
import { sumYen, taxInside, type Yen } from '../../shared/money.ts';
import { addDays, dayOf, instantAt } from '../../shared/time.ts';
import { paymentErrors } from '../errors.ts';
import { flagsOf } from '../rules/flags.ts';
import type { Attempt } from '../rules/attempt.ts';
import type { Balance, Charge } from '../rules/charge.ts';
import type { Due } from '../rules/ledger.ts';
import { offeredMethods, type Situation } from '../rules/offer.ts';
import { paymentsPageSize, type ListPayments, type PaidPart } from '../schema.ts';
import {
  countPaymentsByMethod,
  findOptionalAttempt,
  listAttemptsByBillingAccount,
  listPayments as listPaymentRows,
} from '../store/attempts.ts';
import { listChargesByBillingAccount } from '../store/charges.ts';
import { findFlagFacts, findUnmatched } from '../store/flags.ts';
import { findBalance } from '../store/ledger.ts';
import { findDues, listParts } from './dues.ts';

/** Everything the ways to pay are decided from, as the database says now. */
export const findSituation = async (
  db: Queryable,
  context: Context,
  billingAccount: BillingAccount,
  part: PaidPart = 'all',
): Promise<Situation> => {
  const charges = await listChargesByBillingAccount(db, billingAccount.id);
  const { owedYen } = await findBalance(db, billingAccount.id);
  return {
    billingAccount,
    charge: charges.filter(({ reversedAt }) => reversedAt === null).at(-1),
    owedYen,
    part: part === 'next' ? (await findDues(db, billingAccount.id))[0] : undefined,
    actor: context.actor,
    hasStripe: context.stripe !== undefined,
    chargesProvisionalFees: context.settings.chargesProvisionalFees,
    now: context.now(),
  };
};

/** An attempt as people see it; who took the cash is the house's business. */
export const attemptView = (context: Context, attempt: Attempt) => {
  const { id, billingAccountId, method, state, amountYen } = attempt;
  const { createdAt, expiresAt, confirmedAt, failureCode, voucher, transfer } = attempt;
  const { fundedYen, handedYen } = attempt;
  const isPrivate = method === 'cash' && context.actor.kind === 'organizer';
  return {
    id,
    billingAccountId,
    method,
    state,
    amountYen,
    createdAt,
    expiresAt,
    confirmedAt,
    paidVia: isPrivate ? null : attempt.paidVia,
    failureCode,
    voucher,
    transfer,
    fundedYen,
    handedYen,
    changeYen: handedYen === null ? null : handedYen - amountYen,
  };
};

export const findVisibleAttempt = async (
  context: Context,
  attemptId: string,
): Promise<{ attempt: Attempt; billingAccount: BillingAccount }> => {
  const attempt = await findOptionalAttempt(context.reads, attemptId);
  if (!attempt) throw paymentErrors.unknown();
  const billingAccount = await findBillingAccount(context.reads, context, attempt.billingAccountId);
  if (!isConcerned(context.actor, billingAccount)) throw paymentErrors.unknown();
  return { attempt, billingAccount };
};

export const viewAttempt = async (context: Context, attemptId: string) =>
  attemptView(context, (await findVisibleAttempt(context, attemptId)).attempt);

/** The tax as printed while nothing is taken off; then that of what is left, as credit notes leave it. */
const taxLeft = (charges: readonly Charge[], madeYen: Yen, leftYen: Yen): Yen => {
  const madeTaxYen = sumYen(charges.map(({ taxYen }) => taxYen));
  if (leftYen === madeYen) return madeTaxYen;
  const [rate, ...others] = [...new Set(charges.map(({ taxRateBp }) => taxRateBp))];
  return others.length === 0
    ? taxInside(Math.max(0, leftYen), rate)
    : madeTaxYen - taxInside(Math.max(0, madeYen - leftYen));
};

/** All charges of an account as one: what stands of them together, due by the last that stands. */
const chargeView = (charges: readonly Charge[], { owedYen, paidYen }: Balance) => {
  const standing = charges.filter(({ reversedAt }) => reversedAt === null);
  const shown = standing.length > 0 ? standing : charges;
  const last = shown.at(-1);
  if (!last) return null;
  const madeYen = sumYen(shown.map(({ amountYen }) => amountYen));
  const amountYen = standing.length > 0 ? owedYen + paidYen : madeYen;
  return {
    id: last.id,
    amountYen,
    taxYen: taxLeft(shown, madeYen, amountYen),
    isProvisional: shown.some(({ isProvisional }) => isProvisional),
    isReversed: standing.length === 0,
    dueOn: last.dueOn,
    paidYen,
    balanceYen: owedYen,
  };
};

/** Which parts are paid, what is overdue, and the next part where it can be paid on its own. */
const duesView = (parts: readonly Due[], situation: Situation) => {
  const today = dayOf(situation.now);
  const open = parts.filter(({ openYen }) => openYen > 0);
  const late = open.filter(({ dueOn }) => dueOn < today);
  const [next] = open;
  return {
    parts: parts.map(({ amountYen, openYen, dueOn }) => ({
      amountYen,
      openYen,
      dueOn,
      isOverdue: openYen > 0 && dueOn < today,
    })),
    overdueYen: sumYen(late.map(({ openYen }) => openYen)),
    nextPart:
      next && open.length > 1
        ? {
            amountYen: next.openYen,
            dueOn: next.dueOn,
            methods: offeredMethods({ ...situation, part: next }),
          }
        : null,
  };
};

/** What is owed for an account, what was tried, and how it can be paid. */
export const viewPayments = async (context: Context, billingAccountId: string) => {
  const billingAccount = await findVisibleBillingAccount(context, billingAccountId);
  const db = context.database.db;
  const [charges, balance, attempts, situation, parts] = await Promise.all([
    listChargesByBillingAccount(db, billingAccountId),
    findBalance(db, billingAccountId),
    listAttemptsByBillingAccount(db, billingAccountId),
    findSituation(db, context, billingAccount),
    listParts(db, billingAccountId),
  ]);
  const dues = duesView(parts, situation);
  return {
    charge: chargeView(charges, balance),
    charges: charges.map(({ id, kind, amountYen, taxYen, dueOn, createdAt, reversedAt }) => ({
      id,
      kind,
      amountYen,
      taxYen,
      dueOn,
      createdAt,
      isReversed: reversedAt !== null,
    })),
    ...dues,
    partsSource: parts.find(({ terms }) => terms)?.terms ?? null,
    flags: flagsOf({ ...balance, ...dues, stage: billingAccount.stage }),
    attempts: attempts.map((attempt) => attemptView(context, attempt)),
    methods: offeredMethods(situation),
  };
};

const venuesOf = ({ actor }: Context, venue: string | undefined): string[] => {
  const held = actor.kind === 'staff' ? Object.keys(actor.roles) : [];
  const wanted = venue === undefined ? held : held.filter((id) => id === venue);
  return wanted.filter((id) => hasRole(actor, id as VenueId, ['desk', 'finance', 'manager']));
};

/** Payments of the actor's venues; a payment counts on the day it arrived, before that on its first. */
export const listPayments = async (
  context: Context,
  { venue, state, query, amount, from, to, page }: ListPayments,
) => {
  if (!hasAnyRole(context.actor)) throw accountErrors.forbidden();
  const filter = {
    venueIds: venuesOf(context, venue),
    state,
    query,
    amountYen: amount,
    from: from && instantAt(from, '00:00'),
    until: to && instantAt(addDays(to, 1), '00:00'),
  };
  const [rows, byMethod] = await Promise.all([
    listPaymentRows(context.reads, filter, {
      limit: paymentsPageSize,
      offset: (page - 1) * paymentsPageSize,
    }),
    countPaymentsByMethod(context.reads, filter),
  ]);
  const [facts, unmatched] = await Promise.all([
    findFlagFacts(
      context.reads,
      rows.map(({ attempt }) => attempt.billingAccountId),
      dayOf(context.now()),
    ),
    findUnmatched(context.reads, filter.venueIds),
  ]);
  const total = byMethod.reduce((sum, { count }) => sum + count, 0);
  const confirmedYen = byMethod.reduce((sum, part) => sum + part.confirmedYen, 0);
  return {
    payments: rows.map(({ attempt, ...rest }) => ({
      ...attemptView(context, attempt),
      ...rest,
      flags: flagsOf(facts.get(attempt.billingAccountId)!),
    })),
    unmatched,
    totals: { count: total, confirmedYen, byMethod },
    page,
    pageCount: Math.max(1, Math.ceil(total / paymentsPageSize)),
    total,
  };
};

export { listChargesByBillingAccount } from '../store/charges.ts';
export { findOptionalAttempt, findOptionalLiveAttempt } from '../store/attempts.ts';
