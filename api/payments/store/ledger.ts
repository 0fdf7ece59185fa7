import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { faultOf, type Queryable } from '#db/client.server.ts';
import { allocations, moneyEvents, payments } from '#db/schema/ledgers.ts';
import type { Yen } from '../../shared/money.ts';
import { paymentErrors } from '../errors.ts';
import type { Balance } from '../rules/charge.ts';
import type { Allocation, Payment } from '../rules/ledger.ts';

const paymentOf = (row: typeof payments.$inferSelect): Payment => ({
  ...row,
  id: row.id as Payment['id'],
  venueId: row.venueId as Payment['venueId'],
  attemptId: row.attemptId as Payment['attemptId'],
});

const allocationOf = (row: typeof allocations.$inferSelect): Allocation => ({
  ...row,
  id: row.id as Allocation['id'],
  paymentId: row.paymentId as Allocation['paymentId'],
  billingAccountId: row.billingAccountId as Allocation['billingAccountId'],
});

/** Records a fact of the ledger once; told a second time it answers false and does nothing. */
export const insertMoneyEvent = async (
  tx: Queryable,
  event: typeof moneyEvents.$inferInsert,
): Promise<boolean> => {
  const made = await tx
    .insert(moneyEvents)
    .values(event)
    .onConflictDoNothing({ target: moneyEvents.cause })
    .returning({ id: moneyEvents.id });
  return made.length > 0;
};

/** Keeps a payment once for its cause; told a second time it answers false and does nothing. */
export const insertPayment = async (
  tx: Queryable,
  payment: typeof payments.$inferInsert,
): Promise<boolean> => {
  const made = await tx
    .insert(payments)
    .values(payment)
    .onConflictDoNothing({ target: payments.cause })
    .returning({ id: payments.id });
  return made.length > 0;
};

/**
 * @throws payments.already_used when others have used the money meanwhile
 * @throws payments.refund_under_way when what is taken back is on its way to the payer
 */
export const insertAllocation = async (
  tx: Queryable,
  allocation: typeof allocations.$inferInsert,
): Promise<void> => {
  try {
    await tx.insert(allocations).values(allocation);
  } catch (error) {
    const constraint = faultOf(error)?.constraint;
    if (constraint === 'payments_used_once') throw paymentErrors.already_used({ cause: error });
    if (constraint === 'allocations_reverses_id_unique') {
      throw paymentErrors.already_used({ cause: error });
    }
    if (constraint === 'refunds_within_allocation') {
      throw paymentErrors.refund_under_way({ cause: error });
    }
    throw error;
  }
};

export const findOptionalPayment = async (
  db: Queryable,
  id: string,
): Promise<Payment | undefined> => {
  const [row] = await db.select().from(payments).where(eq(payments.id, id));
  return row && paymentOf(row);
};

/** Locked, so that whoever uses its money next waits. */
export const findPaymentForUpdate = async (tx: Queryable, id: string): Promise<Payment> => {
  const [row] = await tx.select().from(payments).where(eq(payments.id, id)).for('update');
  if (!row) throw paymentErrors.unknown();
  return paymentOf(row);
};

export const findOptionalAllocation = async (
  db: Queryable,
  id: string,
): Promise<Allocation | undefined> => {
  const [row] = await db.select().from(allocations).where(eq(allocations.id, id));
  return row && allocationOf(row);
};

/** What each payment of an account has given it and not got back, oldest first. */
export const listPaidByPayment = async (
  db: Queryable,
  billingAccountId: string,
): Promise<{ payment: Payment; paidYen: Yen }[]> => {
  const rows = await db
    .select({
      payment: payments,
      paidYen: sql<number>`coalesce(-sum(${moneyEvents.amountYen}), 0)::int`,
    })
    .from(moneyEvents)
    .innerJoin(payments, eq(payments.id, moneyEvents.paymentId))
    .where(eq(moneyEvents.billingAccountId, billingAccountId))
    .groupBy(payments.id)
    .orderBy(asc(payments.receivedAt), asc(payments.id));
  return rows.map(({ payment, paidYen }) => ({ payment: paymentOf(payment), paidYen }));
};

/** What of a payment belongs to nobody yet. */
export const findPotYen = async (db: Queryable, paymentId: string): Promise<Yen> => {
  const [row] = await db
    .select({ potYen: sql<number>`coalesce(-sum(${moneyEvents.amountYen}), 0)::int` })
    .from(moneyEvents)
    .where(and(eq(moneyEvents.paymentId, paymentId), isNull(moneyEvents.billingAccountId)));
  return row!.potYen;
};

const paidSum = sql<number>`coalesce(-sum(${moneyEvents.amountYen})
  filter (where ${moneyEvents.kind} in ('received', 'allocated', 'returned', 'return_bounced',
    'dispute_withdrawn', 'dispute_reinstated')),
  0)::int`;
const owedSum = sql<number>`coalesce(sum(${moneyEvents.amountYen}), 0)::int`;

export const findBalance = async (db: Queryable, billingAccountId: string): Promise<Balance> => {
  const [row] = await db
    .select({ owedYen: owedSum, paidYen: paidSum })
    .from(moneyEvents)
    .where(eq(moneyEvents.billingAccountId, billingAccountId));
  return row!;
};
