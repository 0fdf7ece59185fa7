import { and, asc, desc, eq, inArray, lte } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { bookingQuotes, bookings, bookingUses } from '#db/schema/bookings.ts';
import { takeNumber } from '#db/numbers.server.ts';
import type { Quote } from '../../fees/rules/quote.ts';
import { eraLabel, type FiscalYear, type LocalDay } from '../../shared/time.ts';
import { bookingErrors } from '../errors.ts';
import type { Booking, BookingUse } from '../rules/booking.ts';

type BookingRow = typeof bookings.$inferSelect;
type UseRow = typeof bookingUses.$inferSelect;

const useOf = ({ bookingId: _, ...row }: UseRow): BookingUse => ({
  ...row,
  id: row.id as BookingUse['id'],
  usedOn: row.usedOn as LocalDay,
});

const bookingOf = (row: BookingRow, uses: readonly UseRow[]): Booking => {
  const { purposeType: _type, purposeId: _id, ...rest } = row;
  return {
    ...rest,
    id: row.id as Booking['id'],
    venueId: row.venueId as Booking['venueId'],
    organizationId: row.organizationId as Booking['organizationId'],
    createdByAccountId: row.createdByAccountId as Booking['createdByAccountId'],
    decidedByAccountId: row.decidedByAccountId as Booking['decidedByAccountId'],
    challengedByBookingId: row.challengedByBookingId as Booking['challengedByBookingId'],
    originBookingId: row.originBookingId as Booking['originBookingId'],
    uses: uses.map(useOf),
  };
};

const listUses = (db: Queryable, bookingId: string): Promise<UseRow[]> =>
  db
    .select()
    .from(bookingUses)
    .where(eq(bookingUses.bookingId, bookingId))
    .orderBy(asc(bookingUses.position));

export const findOptionalBooking = async (
  db: Queryable,
  id: string,
): Promise<Booking | undefined> => {
  // One statement: between two a booking could change, and its uses with it.
  const rows = await db
    .select({ booking: bookings, use: bookingUses })
    .from(bookings)
    .leftJoin(bookingUses, eq(bookingUses.bookingId, bookings.id))
    .where(eq(bookings.id, id))
    .orderBy(asc(bookingUses.position));
  const [first] = rows;
  return (
    first &&
    bookingOf(
      first.booking,
      rows.flatMap(({ use }) => use ?? []),
    )
  );
};

export const findBooking = async (db: Queryable, id: string): Promise<Booking> => {
  const booking = await findOptionalBooking(db, id);
  if (!booking) throw bookingErrors.unknown();
  return booking;
};

/** The booking with its row locked: one change of a booking and its uses at a time. */
export const findBookingForUpdate = async (tx: Queryable, id: string): Promise<Booking> => {
  const [[row], uses] = await Promise.all([
    tx.select().from(bookings).where(eq(bookings.id, id)).for('update'),
    listUses(tx, id),
  ]);
  if (!row) throw bookingErrors.unknown();
  return bookingOf(row, uses);
};

/** Holds and places in line past their end, oldest first. */
export const listExpiredHolds = async (
  db: Queryable,
  now: Date,
  limit: number,
): Promise<string[]> => {
  const rows = await db
    .select({ id: bookings.id })
    .from(bookings)
    .where(
      and(
        inArray(bookings.state, ['held', 'optioned', 'waiting']),
        lte(bookings.holdExpiresAt, now),
      ),
    )
    .orderBy(asc(bookings.holdExpiresAt))
    .limit(limit);
  return rows.map(({ id }) => id);
};

/** `R08-BP-000123`: fiscal year, venue, running number. */
export const takeBookingNumber = async (
  tx: Queryable,
  prefix: string,
  year: FiscalYear,
): Promise<string> => {
  const era = eraLabel(year);
  const number = await takeNumber(tx, `bookings/${prefix}/${era}`);
  return `${era}-${prefix}-${String(number).padStart(6, '0')}`;
};

/** The booking without its uses, which are another booking's until they are moved. */
export const insertBookingRow = async (tx: Queryable, booking: Booking): Promise<void> => {
  const { uses: _uses, ...row } = booking;
  await tx.insert(bookings).values(row);
};

export const insertBooking = async (tx: Queryable, booking: Booking): Promise<void> => {
  const { uses } = booking;
  await Promise.all([
    insertBookingRow(tx, booking),
    tx.insert(bookingUses).values(uses.map((use) => ({ ...use, bookingId: booking.id }))),
  ]);
};

/** Saves a transition; uses do not change with it. */
export const saveBooking = async (tx: Queryable, booking: Booking): Promise<void> => {
  const { uses: _uses, id: _id, number: _number, ...change } = booking;
  await tx.update(bookings).set(change).where(eq(bookings.id, booking.id));
};

export const insertQuote = async (
  tx: Queryable,
  quote: Quote,
  made: { id: string; bookingId: string; bookingVersion: number; createdAt: Date },
): Promise<void> => {
  const { tariffId, totalYen, taxYen, isProvisional } = quote;
  await tx
    .insert(bookingQuotes)
    .values({ ...made, tariffId, totalYen, taxYen, isProvisional, content: quote });
};

/** The promised price: the newest frozen quote. */
export const findQuote = async (db: Queryable, bookingId: string): Promise<Quote> => {
  const [row] = await db
    .select({ content: bookingQuotes.content })
    .from(bookingQuotes)
    .where(eq(bookingQuotes.bookingId, bookingId))
    .orderBy(desc(bookingQuotes.bookingVersion))
    .limit(1);
  if (!row) throw bookingErrors.unknown();
  return row.content;
};

export interface PromisedQuote {
  readonly bookingVersion: number;
  readonly createdAt: Date;
  readonly quote: Quote;
}

/** Every price that was promised, newest first. */
export const listQuotes = async (db: Queryable, bookingId: string): Promise<PromisedQuote[]> => {
  const rows = await db
    .select()
    .from(bookingQuotes)
    .where(eq(bookingQuotes.bookingId, bookingId))
    .orderBy(desc(bookingQuotes.bookingVersion));
  return rows.map(({ bookingVersion, createdAt, content }) => ({
    bookingVersion,
    createdAt,
    quote: content,
  }));
};
