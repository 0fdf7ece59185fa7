import { and, asc, desc, eq, ne, sql } from 'drizzle-orm';
import { faultOf, type Queryable } from '#db/client.server.ts';
import { accounts } from '#db/schema/accounts.ts';
import { amendments, bookingLooks, bookingVersions, consents } from '#db/schema/amendments.ts';
import { bookingQuotes } from '#db/schema/bookings.ts';
import type { Actor } from '../../shared/actor.ts';
import type { AccountId, AmendmentId, BookingId } from '../../shared/ids.ts';
import { bookingErrors } from '../errors.ts';
import type { Booking } from '../rules/booking.ts';

type AmendmentRow = typeof amendments.$inferSelect;

/** A change that waits for the other side's word. */
export interface Amendment extends Omit<AmendmentRow, 'id' | 'bookingId'> {
  readonly id: AmendmentId;
  readonly bookingId: BookingId;
}

const amendmentOf = (row: AmendmentRow): Amendment => ({
  ...row,
  id: row.id as AmendmentId,
  bookingId: row.bookingId as BookingId,
});

/** @throws bookings.amendment_pending when another one is proposed already */
export const insertAmendment = async (tx: Queryable, amendment: Amendment): Promise<void> => {
  try {
    await tx.insert(amendments).values(amendment);
  } catch (error) {
    const isSecond = faultOf(error)?.constraint === 'amendments_one_proposed';
    throw isSecond ? bookingErrors.amendment_pending({ cause: error }) : error;
  }
};

export const findAmendmentForUpdate = async (
  tx: Queryable,
  bookingId: string,
  id: string,
): Promise<Amendment> => {
  const [row] = await tx
    .select()
    .from(amendments)
    .where(and(eq(amendments.id, id), eq(amendments.bookingId, bookingId)))
    .for('update');
  if (!row) throw bookingErrors.unknown_amendment();
  return amendmentOf(row);
};

export interface AmendmentEnd {
  readonly state: 'accepted' | 'declined' | 'withdrawn' | 'stale';
  readonly decidedAt: Date;
  readonly decidedByAccountId: AccountId | null;
}

export const saveAmendmentEnd = async (
  tx: Queryable,
  id: string,
  end: AmendmentEnd,
): Promise<void> => {
  await tx.update(amendments).set(end).where(eq(amendments.id, id));
};

/** What was proposed for a version that is no more can no longer be accepted. */
export const saveAmendmentsStale = async (
  tx: Queryable,
  bookingId: string,
  current: { version: number; now: Date },
): Promise<void> => {
  await tx
    .update(amendments)
    .set({ state: 'stale', decidedAt: current.now })
    .where(
      and(
        eq(amendments.bookingId, bookingId),
        eq(amendments.state, 'proposed'),
        ne(amendments.bookingVersion, current.version),
      ),
    );
};

/** Newest first, with the names of those who proposed. */
export const listAmendments = async (db: Queryable, bookingId: string) => {
  const rows = await db
    .select({ amendment: amendments, proposerName: accounts.name })
    .from(amendments)
    .leftJoin(accounts, eq(accounts.id, sql`${amendments.actor}->>'accountId'`))
    .where(eq(amendments.bookingId, bookingId))
    .orderBy(desc(amendments.createdAt), desc(amendments.id));
  return rows.map(({ amendment, proposerName }) => ({
    ...amendmentOf(amendment),
    proposerName,
  }));
};

/** The booking as it stands and the quote promised for it, before a change. */
export const insertVersion = async (
  tx: Queryable,
  booking: Booking,
  made: { actor: Actor; reason: string; consentId: string | null; createdAt: Date },
): Promise<void> => {
  await tx.insert(bookingVersions).values({
    bookingId: booking.id,
    version: booking.version,
    content: booking,
    quoteId: sql`(select id from ${bookingQuotes} where ${bookingQuotes.bookingId} = ${booking.id}
      order by ${bookingQuotes.bookingVersion} desc limit 1)`,
    ...made,
  });
};

/** Oldest first: what stood, its price, and the change that ended it. */
export const listVersions = async (db: Queryable, bookingId: string) => {
  const rows = await db
    .select({
      version: bookingVersions.version,
      content: bookingVersions.content,
      totalYen: bookingQuotes.totalYen,
      isProvisional: bookingQuotes.isProvisional,
      changedAt: bookingVersions.createdAt,
      changedByKind: sql<string>`${bookingVersions.actor}->>'kind'`,
      changedByName: accounts.name,
      reason: bookingVersions.reason,
      consent: {
        givenBy: consents.givenBy,
        channel: consents.channel,
        note: consents.note,
        recordedAt: consents.recordedAt,
      },
    })
    .from(bookingVersions)
    .innerJoin(bookingQuotes, eq(bookingQuotes.id, bookingVersions.quoteId))
    .leftJoin(accounts, eq(accounts.id, sql`${bookingVersions.actor}->>'accountId'`))
    .leftJoin(consents, eq(consents.id, bookingVersions.consentId))
    .where(eq(bookingVersions.bookingId, bookingId))
    .orderBy(asc(bookingVersions.version));
  return rows;
};

export const insertConsent = async (
  tx: Queryable,
  consent: typeof consents.$inferInsert,
): Promise<void> => {
  await tx.insert(consents).values(consent);
};

export const findAccountName = async (db: Queryable, accountId: string): Promise<string> => {
  const [row] = await db
    .select({ name: accounts.name })
    .from(accounts)
    .where(eq(accounts.id, accountId));
  return row!.name;
};

/** Who of the staff looked, once an hour. */
export const insertLook = async (
  db: Queryable,
  look: typeof bookingLooks.$inferInsert,
): Promise<void> => {
  await db.insert(bookingLooks).values(look).onConflictDoNothing();
};

const looksShown = 100;

/** Newest first. */
export const listLooks = (db: Queryable, bookingId: string, venueId: string) =>
  db
    .select({
      name: accounts.name,
      roles: sql<string[]>`coalesce((select array_agg(role order by role) from staff_roles
        where account_id = ${accounts.id} and venue_id = ${venueId}), '{}')`,
      lookedAt: bookingLooks.lookedAt,
    })
    .from(bookingLooks)
    .innerJoin(accounts, eq(accounts.id, bookingLooks.accountId))
    .where(eq(bookingLooks.bookingId, bookingId))
    .orderBy(desc(bookingLooks.lookedAt), asc(accounts.name))
    .limit(looksShown);
