import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { moneyEvents } from '#db/schema/ledgers.ts';
import { charges } from '#db/schema/payments.ts';
import type { Yen } from '../../shared/money.ts';
import type { LocalDay } from '../../shared/time.ts';
import type { Charge } from '../rules/charge.ts';
import { chargeEventKinds } from '../rules/ledger.ts';

const chargeOf = (row: typeof charges.$inferSelect): Charge => ({
  ...row,
  id: row.id as Charge['id'],
  billingAccountId: row.billingAccountId as Charge['billingAccountId'],
  dueOn: row.dueOn as LocalDay,
});

export const insertCharge = async (tx: Queryable, charge: Charge): Promise<void> => {
  await tx.insert(charges).values(charge);
};

/** The newest charge of an account, reversed or not. */
export const findOptionalCharge = async (
  db: Queryable,
  billingAccountId: string,
): Promise<Charge | undefined> => {
  const [row] = await db
    .select()
    .from(charges)
    .where(eq(charges.billingAccountId, billingAccountId))
    .orderBy(desc(charges.createdAt), desc(charges.id))
    .limit(1);
  return row && chargeOf(row);
};

/** Every charge of an account, oldest first. */
export const listChargesByBillingAccount = async (
  db: Queryable,
  billingAccountId: string,
): Promise<Charge[]> => {
  const rows = await db
    .select()
    .from(charges)
    .where(eq(charges.billingAccountId, billingAccountId))
    .orderBy(asc(charges.createdAt), asc(charges.id));
  return rows.map(chargeOf);
};

/** What stands of one charge, after all that was taken off it. */
export const findStandingYen = async (db: Queryable, chargeId: string): Promise<Yen> => {
  const [row] = await db
    .select({ standingYen: sql<number>`coalesce(sum(${moneyEvents.amountYen}), 0)::int` })
    .from(moneyEvents)
    .where(and(eq(moneyEvents.chargeId, chargeId), inArray(moneyEvents.kind, chargeEventKinds)));
  return row!.standingYen;
};

/** What was taken off the charges of an account as a rebate, oldest charge first. */
export const listRebates = async (
  db: Queryable,
  billingAccountId: string,
): Promise<{ id: Charge['id']; standingYen: Yen }[]> => {
  const rows = await db
    .select({ id: charges.id, standingYen: sql<number>`-sum(${moneyEvents.amountYen})::int` })
    .from(moneyEvents)
    .innerJoin(charges, eq(charges.id, moneyEvents.chargeId))
    .where(and(eq(moneyEvents.billingAccountId, billingAccountId), eq(moneyEvents.kind, 'rebated')))
    .groupBy(charges.id)
    .orderBy(asc(charges.createdAt), asc(charges.id));
  return rows.map((row) => ({ ...row, id: row.id as Charge['id'] }));
};

/** What of the charges of an account was taken off together with a payment that left it owed. */
export const listAllocationRebates = async (
  db: Queryable,
  billingAccountIds: readonly string[],
): Promise<{ allocationId: string; chargeId: string; amountYen: Yen }[]> => {
  const allocationId = sql<string>`split_part(${moneyEvents.cause}, ':', 3)`;
  const total = sql<number>`-sum(${moneyEvents.amountYen})::int`;
  const rows = await db
    .select({ allocationId, chargeId: moneyEvents.chargeId, amountYen: total })
    .from(moneyEvents)
    .where(
      and(
        inArray(moneyEvents.billingAccountId, [...billingAccountIds]),
        eq(moneyEvents.kind, 'rebated'),
        sql`split_part(${moneyEvents.cause}, ':', 2) = 'allocation'`,
      ),
    )
    .groupBy(allocationId, moneyEvents.chargeId)
    .having(sql`sum(${moneyEvents.amountYen}) <> 0`);
  return rows.map((row) => ({ ...row, chargeId: row.chargeId! }));
};

export const saveChargeReversed = async (tx: Queryable, id: string, at: Date): Promise<void> => {
  await tx.update(charges).set({ reversedAt: at }).where(eq(charges.id, id));
};
