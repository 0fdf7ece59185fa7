import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { payments } from '#db/schema/ledgers.ts';
import { stripeCustomers } from '#db/schema/payments.ts';
import type { Yen } from '../../shared/money.ts';

export type StripeCustomer = typeof stripeCustomers.$inferSelect;

export const findOptionalCustomer = async (
  db: Queryable,
  stripeCustomerId: string,
): Promise<StripeCustomer | undefined> => {
  const [row] = await db
    .select()
    .from(stripeCustomers)
    .where(eq(stripeCustomers.stripeCustomerId, stripeCustomerId));
  return row;
};

/** The one payments of the account begin with. */
export const findOptionalOpenCustomer = async (
  db: Queryable,
  billingAccountId: string,
): Promise<StripeCustomer | undefined> => {
  const [row] = await db
    .select()
    .from(stripeCustomers)
    .where(
      and(eq(stripeCustomers.billingAccountId, billingAccountId), isNull(stripeCustomers.closedAt)),
    );
  return row;
};

/** Kept unless another was faster. */
export const insertCustomer = async (tx: Queryable, customer: StripeCustomer): Promise<void> => {
  await tx.insert(stripeCustomers).values(customer).onConflictDoNothing();
};

export const saveCustomerClosed = async (
  tx: Queryable,
  stripeCustomerId: string,
  at: Date,
): Promise<void> => {
  await tx
    .update(stripeCustomers)
    .set({ closedAt: at })
    .where(
      and(eq(stripeCustomers.stripeCustomerId, stripeCustomerId), isNull(stripeCustomers.closedAt)),
    );
};

/** What the ledger knows already of the money that stays with a customer. */
export const findKeptYen = async (db: Queryable, stripeCustomerId: string): Promise<Yen> => {
  const [row] = await db
    .select({ keptYen: sql<number>`coalesce(sum(${payments.amountYen}), 0)::int` })
    .from(payments)
    .where(sql`starts_with(${payments.cause}, ${`cash_balance:${stripeCustomerId}:`})`);
  return row!.keptYen;
};
