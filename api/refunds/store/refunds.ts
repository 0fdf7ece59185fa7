import { and, asc, count, desc, eq, inArray, like, or, sql, sum } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { faultOf, type Queryable } from '#db/client.server.ts';
import { accounts } from '#db/schema/accounts.ts';
import { billingAccounts } from '#db/schema/billing_accounts.ts';
import { moneyEvents, payments } from '#db/schema/ledgers.ts';
import { organizations } from '#db/schema/organizations.ts';
import { moneyLimits, refunds } from '#db/schema/refunds.ts';
import { refundErrors } from '../errors.ts';
import type { MoneyLimit } from '../rules/decide.ts';
import type { Refund, RefundState } from '../rules/refund.ts';

type Row = typeof refunds.$inferSelect;

const refundOf = (row: Row): Refund => ({
  ...row,
  id: row.id as Refund['id'],
  venueId: row.venueId as Refund['venueId'],
  paymentId: row.paymentId as Refund['paymentId'],
  billingAccountId: row.billingAccountId as Refund['billingAccountId'],
  requestedByAccountId: row.requestedByAccountId as Refund['requestedByAccountId'],
  decidedByAccountId: row.decidedByAccountId as Refund['decidedByAccountId'],
  paidOutByAccountId: row.paidOutByAccountId as Refund['paidOutByAccountId'],
});

const guards = ['payments_used_once', 'refunds_within_allocation'];

const explained = (error: unknown): unknown => {
  const constraint = faultOf(error)?.constraint ?? '';
  if (constraint === 'refunds_not_disputed') return refundErrors.disputed({ cause: error });
  return guards.includes(constraint) ? refundErrors.more_than_left({ cause: error }) : error;
};

/**
 * Once for its cause; told a second time it answers false and does nothing.
 * @throws refunds.more_than_left when another refund was faster
 */
export const insertRefund = async (tx: Queryable, refund: Refund): Promise<boolean> => {
  try {
    const made = await tx
      .insert(refunds)
      .values(refund)
      .onConflictDoNothing({ target: refunds.cause })
      .returning({ id: refunds.id });
    return made.length > 0;
  } catch (error) {
    throw explained(error);
  }
};

/**
 * @throws refunds.disputed, refunds.more_than_left when Stripe or a bank was faster
 */
export const saveRefund = async (tx: Queryable, refund: Refund): Promise<void> => {
  const { id, ...change } = refund;
  try {
    await tx.update(refunds).set(change).where(eq(refunds.id, id));
  } catch (error) {
    throw explained(error);
  }
};

export const findOptionalRefund = async (
  db: Queryable,
  id: string,
): Promise<Refund | undefined> => {
  const [row] = await db.select().from(refunds).where(eq(refunds.id, id));
  return row && refundOf(row);
};

export const findRefundForUpdate = async (tx: Queryable, id: string): Promise<Refund> => {
  const [row] = await tx.select().from(refunds).where(eq(refunds.id, id)).for('update');
  if (!row) throw refundErrors.unknown();
  return refundOf(row);
};

/** By Stripe's id, or where we never learned it by ours in its metadata. */
export const findOptionalRefundAtStripe = async (
  db: Queryable,
  { stripeRefundId, refundId }: { stripeRefundId: string; refundId: string | undefined },
): Promise<Refund | undefined> => {
  const [row] = await db
    .select()
    .from(refunds)
    .where(
      or(
        eq(refunds.stripeRefundId, stripeRefundId),
        refundId === undefined ? undefined : eq(refunds.id, refundId),
      ),
    )
    .limit(1);
  return row && refundOf(row);
};

/** Oldest first. */
export const listRefundsByBillingAccount = async (
  db: Queryable,
  billingAccountId: string,
): Promise<Refund[]> => {
  const rows = await db
    .select()
    .from(refunds)
    .where(eq(refunds.billingAccountId, billingAccountId))
    .orderBy(asc(refunds.createdAt), asc(refunds.id));
  return rows.map(refundOf);
};

/** Everything that was ever asked of a payment. */
export const listRefundsByPayment = async (db: Queryable, paymentId: string): Promise<Refund[]> => {
  const rows = await db.select().from(refunds).where(eq(refunds.paymentId, paymentId));
  return rows.map(refundOf);
};

/** Whether a bank has sent it back before. */
export const existsBounced = async (db: Queryable, refundId: string): Promise<boolean> => {
  const rows = await db
    .select({ id: moneyEvents.id })
    .from(moneyEvents)
    .where(and(eq(moneyEvents.refundId, refundId), eq(moneyEvents.kind, 'return_bounced')))
    .limit(1);
  return rows.length > 0;
};

/** How many refunds a rule of the house has asked for by this fact and nobody turned down. */
export const countStandingByCause = async (db: Queryable, cause: string): Promise<number> => {
  const [row] = await db
    .select({ count: count() })
    .from(refunds)
    .where(
      and(
        or(eq(refunds.cause, cause), like(refunds.cause, `${cause}:%`)),
        sql`${refunds.state} not in ('rejected', 'cancelled')`,
      ),
    );
  return row!.count;
};

/** What Stripe has or should have, longest untouched first; `done` may still be sent back by a bank. */
export const listRefundsAtStripe = async (
  db: Queryable,
  states: readonly RefundState[],
  { since, most }: { since: Date; most: number },
): Promise<Refund[]> => {
  const rows = await db
    .select()
    .from(refunds)
    .where(
      and(
        eq(refunds.route, 'stripe'),
        inArray(refunds.state, [...states]),
        sql`${refunds.updatedAt} >= ${since.toISOString()}::timestamptz`,
      ),
    )
    .orderBy(asc(refunds.updatedAt), asc(refunds.id))
    .limit(most);
  return rows.map(refundOf);
};

const requester = alias(accounts, 'requester');
const decider = alias(accounts, 'decider');
const payer = alias(accounts, 'payer');

const selectViews = (db: Queryable) =>
  db
    .select({
      refund: refunds,
      method: payments.method,
      paymentYen: payments.amountYen,
      receivedAt: payments.receivedAt,
      payerName: payments.payerName,
      number: billingAccounts.number,
      title: billingAccounts.title,
      organizationName: organizations.name,
      requestedByName: requester.name,
      decidedByName: decider.name,
      paidOutByName: payer.name,
    })
    .from(refunds)
    .innerJoin(payments, eq(payments.id, refunds.paymentId))
    .leftJoin(billingAccounts, eq(billingAccounts.id, refunds.billingAccountId))
    .leftJoin(organizations, eq(organizations.id, billingAccounts.organizationId))
    .leftJoin(requester, eq(requester.id, refunds.requestedByAccountId))
    .leftJoin(decider, eq(decider.id, refunds.decidedByAccountId))
    .leftJoin(payer, eq(payer.id, refunds.paidOutByAccountId));

const viewOf = ({ refund, ...about }: Awaited<ReturnType<typeof selectViews>>[number]) => ({
  refund: refundOf(refund),
  ...about,
});

export type RefundView = ReturnType<typeof viewOf>;

export const findOptionalRefundView = async (
  db: Queryable,
  id: string,
): Promise<RefundView | undefined> => {
  const [row] = await selectViews(db).where(eq(refunds.id, id));
  return row && viewOf(row);
};

export const listRefundViewsByBillingAccount = async (
  db: Queryable,
  billingAccountId: string,
): Promise<RefundView[]> => {
  const rows = await selectViews(db)
    .where(eq(refunds.billingAccountId, billingAccountId))
    .orderBy(desc(refunds.createdAt), desc(refunds.id));
  return rows.map(viewOf);
};

interface Filter {
  readonly venueIds: readonly string[];
  readonly states: readonly RefundState[];
}

const fits = ({ venueIds, states }: Filter) =>
  and(inArray(refunds.venueId, [...venueIds]), inArray(refunds.state, [...states]));

/** Newest first. */
export const listRefundViews = async (
  db: Queryable,
  filter: Filter,
  page: { limit: number; offset: number },
): Promise<RefundView[]> => {
  const rows = await selectViews(db)
    .where(fits(filter))
    .orderBy(desc(refunds.createdAt), desc(refunds.id))
    .limit(page.limit)
    .offset(page.offset);
  return rows.map(viewOf);
};

export const countRefundsByState = async (
  db: Queryable,
  venueIds: readonly string[],
): Promise<{ state: RefundState; count: number; amountYen: number }[]> => {
  const rows = await db
    .select({ state: refunds.state, count: count(), amountYen: sum(refunds.amountYen) })
    .from(refunds)
    .where(inArray(refunds.venueId, [...venueIds]))
    .groupBy(refunds.state);
  return rows.map((row) => ({ ...row, amountYen: Number(row.amountYen) }));
};

export const listMoneyLimits = async (
  db: Queryable,
  venueIds: readonly string[],
): Promise<MoneyLimit[]> =>
  db
    .select()
    .from(moneyLimits)
    .where(inArray(moneyLimits.venueId, [...venueIds]));
