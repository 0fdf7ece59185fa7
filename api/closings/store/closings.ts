import { and, desc, eq, lt, max, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { accounts } from '#db/schema/accounts.ts';
import { closings, journalAccounts } from '#db/schema/closings.ts';
import { moneyEvents } from '#db/schema/ledgers.ts';
import type { LocalDay } from '../../shared/time.ts';
import type { BookBalances, BookTotals } from '../rules/closing.ts';
import type { EntryKind, JournalAccount } from '../rules/journal.ts';

/** Shuts the books alone: facts under way are waited for, later ones find the day closed. */
export const lockBooks = async (tx: Queryable, venueId: string): Promise<void> => {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`books ${venueId}`}, 0))`);
};

export const findClosedUntil = async (db: Queryable, venueId: string): Promise<LocalDay | null> => {
  const [row] = await db
    .select({ until: max(closings.endsOn) })
    .from(closings)
    .where(eq(closings.venueId, venueId));
  return row!.until as LocalDay | null;
};

export const insertClosings = async (
  tx: Queryable,
  rows: (typeof closings.$inferInsert)[],
): Promise<void> => {
  await tx.insert(closings).values(rows);
};

/** Newest first. */
export const listClosings = async (
  db: Queryable,
  venueId: string,
  { period, on, limit }: { period: 'day' | 'month'; on?: string; limit: number },
) => {
  const rows = await db
    .select({ closing: closings, closedBy: accounts.name })
    .from(closings)
    .leftJoin(accounts, eq(accounts.id, closings.closedByAccountId))
    .where(
      and(
        eq(closings.venueId, venueId),
        eq(closings.period, period),
        on ? eq(closings.startsOn, on) : undefined,
      ),
    )
    .orderBy(desc(closings.startsOn))
    .limit(limit);
  return rows.map(({ closing: { closedByAccountId: _id, totals, ...closing }, closedBy }) => ({
    ...closing,
    totals: totals as BookTotals,
    closedBy,
  }));
};

/** What stood in the books when a day began: sums of everything booked before it. */
export const findBalancesBefore = async (
  db: Queryable,
  venueId: string,
  day: LocalDay,
): Promise<BookBalances> => {
  const [row] = await db
    .select({
      receivablesYen: sql<number>`coalesce(sum(${moneyEvents.amountYen})
        filter (where ${moneyEvents.billingAccountId} is not null), 0)::int`,
      potYen: sql<number>`coalesce(-sum(${moneyEvents.amountYen})
        filter (where ${moneyEvents.billingAccountId} is null), 0)::int`,
    })
    .from(moneyEvents)
    .where(and(eq(moneyEvents.venueId, venueId), lt(moneyEvents.bookedOn, day)));
  return row!;
};

/** The first day on which something is booked that nobody has shut. */
export const findOpenDays = async (
  db: Queryable,
  venueId: string,
  closedUntil: LocalDay | null,
): Promise<{ firstOn: LocalDay | null; count: number }> => {
  const [row] = await db
    .select({
      firstOn: sql<LocalDay | null>`min(${moneyEvents.bookedOn})::text`,
      count: sql<number>`count(distinct ${moneyEvents.bookedOn})::int`,
    })
    .from(moneyEvents)
    .where(
      and(
        eq(moneyEvents.venueId, venueId),
        closedUntil ? sql`${moneyEvents.bookedOn} > ${closedUntil}` : undefined,
      ),
    );
  return row!;
};

export const listAccounts = async (db: Queryable, venueId: string): Promise<JournalAccount[]> => {
  const rows = await db.select().from(journalAccounts).where(eq(journalAccounts.venueId, venueId));
  return rows.map(({ venueId: _venueId, ...row }) => ({ ...row, entry: row.entry as EntryKind }));
};

export const saveAccount = async (
  tx: Queryable,
  venueId: string,
  account: JournalAccount,
): Promise<void> => {
  const { entry: _entry, ...set } = account;
  await tx
    .insert(journalAccounts)
    .values({ venueId, ...account })
    .onConflictDoUpdate({ target: [journalAccounts.venueId, journalAccounts.entry], set });
};
