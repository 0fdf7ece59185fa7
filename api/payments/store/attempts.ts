import { and, asc, desc, eq, gte, inArray, isNull, lt, or, sql, type SQL } from 'drizzle-orm';
import { faultOf, type Queryable } from '#db/client.server.ts';
import { accounts } from '#db/schema/accounts.ts';
import { billingAccounts } from '#db/schema/billing_accounts.ts';
import { moneyEvents, payments } from '#db/schema/ledgers.ts';
import { organizations } from '#db/schema/organizations.ts';
import { paymentAttempts, stripeEvents } from '#db/schema/payments.ts';
import { searchPatterns } from '../../shared/search.ts';
import { paymentErrors } from '../errors.ts';
import type { Attempt, AttemptState } from '../rules/attempt.ts';

type AttemptRow = typeof paymentAttempts.$inferSelect;

const attemptOf = (row: AttemptRow): Attempt => ({
  ...row,
  id: row.id as Attempt['id'],
  chargeId: row.chargeId as Attempt['chargeId'],
  billingAccountId: row.billingAccountId as Attempt['billingAccountId'],
});

/** @throws payments.attempt_live when the charge has a live attempt already */
export const insertAttempt = async (tx: Queryable, attempt: Attempt): Promise<void> => {
  try {
    await tx.insert(paymentAttempts).values(attempt);
  } catch (error) {
    const isSecond = faultOf(error)?.constraint === 'payment_attempts_one_live';
    throw isSecond ? paymentErrors.attempt_live({ cause: error }) : error;
  }
};

export const findOptionalAttempt = async (
  db: Queryable,
  id: string,
): Promise<Attempt | undefined> => {
  const [row] = await db.select().from(paymentAttempts).where(eq(paymentAttempts.id, id));
  return row && attemptOf(row);
};

export const findAttemptForUpdate = async (tx: Queryable, id: string): Promise<Attempt> => {
  const [row] = await tx
    .select()
    .from(paymentAttempts)
    .where(eq(paymentAttempts.id, id))
    .for('update');
  if (!row) throw paymentErrors.unknown();
  return attemptOf(row);
};

/** By Stripe's id, or by ours, which Stripe carries in its metadata. */
export const findOptionalAttemptByIntent = async (
  db: Queryable,
  intent: { id: string; attemptId: string | undefined },
): Promise<Attempt | undefined> => {
  const [row] = await db
    .select()
    .from(paymentAttempts)
    .where(
      or(
        eq(paymentAttempts.stripePaymentIntentId, intent.id),
        intent.attemptId ? eq(paymentAttempts.id, intent.attemptId) : undefined,
      ),
    )
    .limit(1);
  return row && attemptOf(row);
};

export const saveAttempt = async (tx: Queryable, attempt: Attempt): Promise<void> => {
  const { id, ...change } = attempt;
  await tx.update(paymentAttempts).set(change).where(eq(paymentAttempts.id, id));
};

const liveStates: AttemptState[] = ['created', 'pending', 'cancel_requested'];

export const findOptionalLiveAttempt = async (
  db: Queryable,
  billingAccountId: string,
): Promise<Attempt | undefined> => {
  const [row] = await db
    .select()
    .from(paymentAttempts)
    .where(
      and(
        eq(paymentAttempts.billingAccountId, billingAccountId),
        inArray(paymentAttempts.state, liveStates),
      ),
    )
    .limit(1);
  return row && attemptOf(row);
};

/** Newest first. */
export const listAttemptsByBillingAccount = async (
  db: Queryable,
  billingAccountId: string,
): Promise<Attempt[]> => {
  const rows = await db
    .select()
    .from(paymentAttempts)
    .where(eq(paymentAttempts.billingAccountId, billingAccountId))
    .orderBy(desc(paymentAttempts.createdAt), desc(paymentAttempts.id));
  return rows.map(attemptOf);
};

/** Vouchers that lapse before a moment and whose payer has not been reminded. */
export const listUnremindedVouchers = async (
  db: Queryable,
  { from, until }: { readonly from: Date; readonly until: Date },
  limit: number,
): Promise<Attempt[]> => {
  const rows = await db
    .select()
    .from(paymentAttempts)
    .where(
      and(
        eq(paymentAttempts.state, 'pending'),
        eq(paymentAttempts.method, 'konbini'),
        isNull(paymentAttempts.remindedAt),
        gte(paymentAttempts.expiresAt, from),
        lt(paymentAttempts.expiresAt, until),
      ),
    )
    .orderBy(asc(paymentAttempts.expiresAt))
    .limit(limit);
  return rows.map(attemptOf);
};

interface Overdue {
  readonly now: Date;
  readonly startedBefore: Date;
  /** Of whom we have not heard since then we ask: news may have been lost on the way. */
  readonly heardBefore: Date;
}

/** Attempts nobody told us of: never sent, past their expiry, to be cancelled, or quiet for long. */
export const listOverdueAttempts = async (
  db: Queryable,
  { now, startedBefore, heardBefore }: Overdue,
  limit: number,
): Promise<Attempt[]> => {
  const rows = await db
    .select()
    .from(paymentAttempts)
    .where(
      or(
        and(eq(paymentAttempts.state, 'created'), lt(paymentAttempts.createdAt, startedBefore)),
        and(eq(paymentAttempts.state, 'pending'), lt(paymentAttempts.expiresAt, now)),
        and(eq(paymentAttempts.state, 'pending'), lt(paymentAttempts.updatedAt, heardBefore)),
        eq(paymentAttempts.state, 'cancel_requested'),
      ),
    )
    .orderBy(asc(paymentAttempts.updatedAt))
    .limit(limit);
  return rows.map(attemptOf);
};

export const findOptionalAccountName = async (
  db: Queryable,
  accountId: string,
): Promise<string | undefined> => {
  const [row] = await db
    .select({ name: accounts.name })
    .from(accounts)
    .where(eq(accounts.id, accountId));
  return row?.name;
};

export interface PaymentFilter {
  readonly venueIds: readonly string[];
  readonly state?: AttemptState | undefined;
  readonly query?: string | undefined;
  readonly amountYen?: number | undefined;
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
}

const happenedAt = sql`coalesce(${paymentAttempts.confirmedAt}, ${paymentAttempts.createdAt})`;

/** By number, title, organizer, or who paid; `search` is kept by the database as `searchText` says. */
const contains = (query: string): SQL =>
  or(
    ...searchPatterns(query).map(
      (
        pattern,
      ) => sql`(${billingAccounts}.search like ${pattern} or ${organizations}.search like ${pattern}
        or exists (select from ${payments} where ${payments.attemptId} = ${paymentAttempts.id}
          and ${payments}.search like ${pattern}))`,
    ),
  ) ?? sql`false`;

const matches = (filter: PaymentFilter): SQL | undefined =>
  and(
    inArray(billingAccounts.venueId, [...filter.venueIds]),
    filter.state ? eq(paymentAttempts.state, filter.state) : undefined,
    filter.query ? contains(filter.query) : undefined,
    filter.amountYen === undefined ? undefined : eq(paymentAttempts.amountYen, filter.amountYen),
    filter.from ? gte(happenedAt, filter.from.toISOString()) : undefined,
    filter.until ? lt(happenedAt, filter.until.toISOString()) : undefined,
  );

const balanceOfBillingAccount = sql<number>`(select coalesce(sum(${moneyEvents.amountYen}), 0)::int
  from ${moneyEvents} where ${moneyEvents.billingAccountId} = ${billingAccounts.id})`;

/** Newest first. */
export const listPayments = async (
  db: Queryable,
  filter: PaymentFilter,
  page: { limit: number; offset: number },
) => {
  const rows = await db
    .select({
      attempt: paymentAttempts,
      number: billingAccounts.number,
      venueId: billingAccounts.venueId,
      organizationName: organizations.name,
      title: billingAccounts.title,
      balanceYen: balanceOfBillingAccount,
    })
    .from(paymentAttempts)
    .innerJoin(billingAccounts, eq(billingAccounts.id, paymentAttempts.billingAccountId))
    .innerJoin(organizations, eq(organizations.id, billingAccounts.organizationId))
    .where(matches(filter))
    .orderBy(desc(happenedAt), desc(paymentAttempts.id))
    .limit(page.limit)
    .offset(page.offset);
  return rows.map(({ attempt, ...rest }) => ({ attempt: attemptOf(attempt), ...rest }));
};

export const countPaymentsByMethod = (db: Queryable, filter: PaymentFilter) =>
  db
    .select({
      method: paymentAttempts.method,
      count: sql<number>`count(*)::int`,
      confirmedYen: sql<number>`coalesce(sum(${paymentAttempts.amountYen})
        filter (where ${paymentAttempts.state} = 'confirmed'), 0)::int`,
    })
    .from(paymentAttempts)
    .innerJoin(billingAccounts, eq(billingAccounts.id, paymentAttempts.billingAccountId))
    .innerJoin(organizations, eq(organizations.id, billingAccounts.organizationId))
    .where(matches(filter))
    .groupBy(paymentAttempts.method)
    .orderBy(asc(paymentAttempts.method));

export type StripeEventRow = typeof stripeEvents.$inferSelect;

/** Keeps an event once; a repeat answers false. */
export const insertStripeEvent = async (
  tx: Queryable,
  event: typeof stripeEvents.$inferInsert,
): Promise<boolean> => {
  const made = await tx
    .insert(stripeEvents)
    .values(event)
    .onConflictDoNothing({ target: stripeEvents.id })
    .returning({ id: stripeEvents.id });
  return made.length > 0;
};

export const findOptionalStripeEvent = async (
  db: Queryable,
  id: string,
): Promise<StripeEventRow | undefined> => {
  const [row] = await db.select().from(stripeEvents).where(eq(stripeEvents.id, id));
  return row;
};

export const saveStripeEventProcessed = async (
  tx: Queryable,
  id: string,
  at: Date,
): Promise<void> => {
  await tx
    .update(stripeEvents)
    .set({ processedAt: at })
    .where(and(eq(stripeEvents.id, id), isNull(stripeEvents.processedAt)));
};
