import { and, desc, eq, inArray, isNull, or, sql, type SQL } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { accounts } from '#db/schema/accounts.ts';
import { billingAccounts } from '#db/schema/billing_accounts.ts';
import { payments } from '#db/schema/ledgers.ts';
import { stripeMovements } from '#db/schema/payments.ts';
import type { Payment } from '../rules/ledger.ts';

export type MovementRow = typeof stripeMovements.$inferSelect;

/** Kept once for Stripe's id; told a second time it answers false and does nothing. */
export const insertMovement = async (tx: Queryable, movement: MovementRow): Promise<boolean> => {
  const made = await tx
    .insert(stripeMovements)
    .values(movement)
    .onConflictDoNothing({ target: stripeMovements.stripeId })
    .returning({ id: stripeMovements.id });
  return made.length > 0;
};

export const findOptionalMovementForUpdate = async (
  tx: Queryable,
  by: { readonly id: string } | { readonly stripeId: string },
): Promise<MovementRow | undefined> => {
  const fits =
    'id' in by ? eq(stripeMovements.id, by.id) : eq(stripeMovements.stripeId, by.stripeId);
  const [row] = await tx.select().from(stripeMovements).where(fits).for('update');
  return row;
};

export const saveMovement = async (tx: Queryable, movement: MovementRow): Promise<void> => {
  const { id, ...change } = movement;
  await tx.update(stripeMovements).set(change).where(eq(stripeMovements.id, id));
};

const isOpenDispute = and(eq(stripeMovements.kind, 'dispute'), eq(stripeMovements.isOpen, true));

/** Payments of an account, or one payment, whose payer disputes them. */
export const listDisputedPayments = async (
  db: Queryable,
  of: { readonly billingAccountId: string } | { readonly paymentId: string },
): Promise<string[]> => {
  const fits =
    'billingAccountId' in of
      ? eq(stripeMovements.billingAccountId, of.billingAccountId)
      : eq(stripeMovements.paymentId, of.paymentId);
  const rows = await db
    .select({ paymentId: stripeMovements.paymentId })
    .from(stripeMovements)
    .where(and(isOpenDispute, fits));
  return rows.flatMap(({ paymentId }) => paymentId ?? []);
};

/** The money an attempt brought. */
export const findOptionalPaymentByAttempt = async (
  db: Queryable,
  attemptId: string,
): Promise<Pick<Payment, 'id' | 'venueId'> | undefined> => {
  const [row] = await db
    .select({ id: payments.id, venueId: payments.venueId })
    .from(payments)
    .where(eq(payments.attemptId, attemptId));
  return row && { id: row.id as Payment['id'], venueId: row.venueId as Payment['venueId'] };
};

export interface MovementFilter {
  readonly venueIds: readonly string[];
  /** Only what nobody has looked at yet, or what the bank has not decided. */
  readonly isOpen: boolean;
}

const matches = ({ venueIds, isOpen }: MovementFilter): SQL | undefined =>
  and(
    or(isNull(stripeMovements.venueId), inArray(stripeMovements.venueId, [...venueIds])),
    isOpen ? or(isNull(stripeMovements.lookedAt), isOpenDispute) : undefined,
  );

/** What has to be answered soonest first, then the newest. */
export const listMovementViews = async (
  db: Queryable,
  filter: MovementFilter,
  page: { limit: number; offset: number },
) => {
  const rows = await db
    .select({
      movement: stripeMovements,
      number: billingAccounts.number,
      title: billingAccounts.title,
      lookedByName: accounts.name,
      total: sql<number>`count(*) over ()::int`,
    })
    .from(stripeMovements)
    .leftJoin(billingAccounts, eq(billingAccounts.id, stripeMovements.billingAccountId))
    .leftJoin(accounts, eq(accounts.id, stripeMovements.lookedByAccountId))
    .where(matches(filter))
    .orderBy(
      sql`case when ${stripeMovements.isOpen} then ${stripeMovements.answerBy} end nulls last`,
      desc(stripeMovements.happenedAt),
      desc(stripeMovements.id),
    )
    .limit(page.limit)
    .offset(page.offset);
  return rows;
};

export type MovementView = Awaited<ReturnType<typeof listMovementViews>>[number];
