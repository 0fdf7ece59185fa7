import { and, asc, desc, eq, gte, inArray, isNull, lt, or, sql, type SQL } from 'drizzle-orm';
import { faultOf, type Queryable } from '#db/client.server.ts';
import { accounts } from '#db/schema/accounts.ts';
import { bookings } from '#db/schema/bookings.ts';
import { organizations } from '#db/schema/organizations.ts';
import { charges, moneyEvents, paymentAttempts, stripeEvents } from '#db/schema/payments.ts';
import type { LocalDay } from '../shared/time.ts';
import { paymentErrors } from './errors.ts';
import type { Attempt, AttemptState, Voucher } from './rules/attempt.ts';
import type { Balance, Charge } from './rules/charge.ts';

type AttemptRow = typeof paymentAttempts.$inferSelect;

const chargeOf = (row: typeof charges.$inferSelect): Charge => ({
  ...row,
  id: row.id as Charge['id'],
  bookingId: row.bookingId as Charge['bookingId'],
  dueOn: row.dueOn as LocalDay,
});

const attemptOf = (row: AttemptRow): Attempt => ({
  ...row,
  id: row.id as Attempt['id'],
  chargeId: row.chargeId as Attempt['chargeId'],
  bookingId: row.bookingId as Attempt['bookingId'],
  voucher: row.voucher as Voucher | null,
});

export const insertCharge = async (tx: Queryable, charge: Charge): Promise<void> => {
  await tx.insert(charges).values(charge);
};

/** The newest charge of a booking, reversed or not. */
export const findOptionalCharge = async (
  db: Queryable,
  bookingId: string,
): Promise<Charge | undefined> => {
  const [row] = await db
    .select()
    .from(charges)
    .where(eq(charges.bookingId, bookingId))
    .orderBy(desc(charges.createdAt), desc(charges.id))
    .limit(1);
  return row && chargeOf(row);
};

/** Approved bookings nothing has been charged for, oldest approval first. */
export const listUnchargedBookings = async (db: Queryable, limit: number): Promise<string[]> => {
  const rows = await db
    .select({ id: bookings.id })
    .from(bookings)
    .leftJoin(charges, eq(charges.bookingId, bookings.id))
    .where(and(inArray(bookings.state, ['approved', 'in_use', 'settled']), isNull(charges.id)))
    .orderBy(asc(bookings.decidedAt), asc(bookings.id))
    .limit(limit);
  return rows.map(({ id }) => id);
};

export const saveChargeReversed = async (tx: Queryable, id: string, at: Date): Promise<void> => {
  await tx.update(charges).set({ reversedAt: at }).where(eq(charges.id, id));
};

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

const paidSum = sql<number>`coalesce(-sum(${moneyEvents.amountYen})
  filter (where ${moneyEvents.kind} in ('received', 'returned')), 0)::int`;
const owedSum = sql<number>`coalesce(sum(${moneyEvents.amountYen}), 0)::int`;

export const findBalance = async (db: Queryable, bookingId: string): Promise<Balance> => {
  const [row] = await db
    .select({ owedYen: owedSum, paidYen: paidSum })
    .from(moneyEvents)
    .where(eq(moneyEvents.bookingId, bookingId));
  return row!;
};

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
  bookingId: string,
): Promise<Attempt | undefined> => {
  const [row] = await db
    .select()
    .from(paymentAttempts)
    .where(
      and(eq(paymentAttempts.bookingId, bookingId), inArray(paymentAttempts.state, liveStates)),
    )
    .limit(1);
  return row && attemptOf(row);
};

/** Newest first. */
export const listAttemptsByBooking = async (
  db: Queryable,
  bookingId: string,
): Promise<Attempt[]> => {
  const rows = await db
    .select()
    .from(paymentAttempts)
    .where(eq(paymentAttempts.bookingId, bookingId))
    .orderBy(desc(paymentAttempts.createdAt), desc(paymentAttempts.id));
  return rows.map(attemptOf);
};

/** Attempts nobody told us the end of: made but never sent, past their expiry, or to be cancelled. */
export const listOverdueAttempts = async (
  db: Queryable,
  now: Date,
  startedBefore: Date,
  limit: number,
): Promise<Attempt[]> => {
  const rows = await db
    .select()
    .from(paymentAttempts)
    .where(
      or(
        and(eq(paymentAttempts.state, 'created'), lt(paymentAttempts.createdAt, startedBefore)),
        and(eq(paymentAttempts.state, 'pending'), lt(paymentAttempts.expiresAt, now)),
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
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
}

const happenedAt = sql`coalesce(${paymentAttempts.confirmedAt}, ${paymentAttempts.createdAt})`;

const matches = (filter: PaymentFilter): SQL | undefined =>
  and(
    inArray(bookings.venueId, [...filter.venueIds]),
    filter.state ? eq(paymentAttempts.state, filter.state) : undefined,
    filter.from ? gte(happenedAt, filter.from.toISOString()) : undefined,
    filter.until ? lt(happenedAt, filter.until.toISOString()) : undefined,
  );

const balanceOfBooking = sql<number>`(select coalesce(sum(${moneyEvents.amountYen}), 0)::int
  from ${moneyEvents} where ${moneyEvents.bookingId} = ${bookings.id})`;

/** Newest first. */
export const listPayments = async (
  db: Queryable,
  filter: PaymentFilter,
  page: { limit: number; offset: number },
) => {
  const rows = await db
    .select({
      attempt: paymentAttempts,
      bookingNumber: bookings.number,
      venueId: bookings.venueId,
      organizationName: organizations.name,
      title: bookings.title,
      balanceYen: balanceOfBooking,
    })
    .from(paymentAttempts)
    .innerJoin(bookings, eq(bookings.id, paymentAttempts.bookingId))
    .innerJoin(organizations, eq(organizations.id, bookings.organizationId))
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
    .innerJoin(bookings, eq(bookings.id, paymentAttempts.bookingId))
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
