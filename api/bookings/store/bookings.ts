import { and, asc, desc, eq, lte } from 'drizzle-orm';
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
  const [[row], uses] = await Promise.all([
    db.select().from(bookings).where(eq(bookings.id, id)),
    listUses(db, id),
  ]);
  return row && bookingOf(row, uses);
};

export const findBooking = async (db: Queryable, id: string): Promise<Booking> => {
  const booking = await findOptionalBooking(db, id);
  if (!booking) throw bookingErrors.unknown();
  return booking;
};

/** The booking with its row locked: one change of a booking at a time. Its uses never change. */
export const findBookingForUpdate = async (tx: Queryable, id: string): Promise<Booking> => {
  const [[row], uses] = await Promise.all([
    tx.select().from(bookings).where(eq(bookings.id, id)).for('update'),
    listUses(tx, id),
  ]);
  if (!row) throw bookingErrors.unknown();
  return bookingOf(row, uses);
};

/** Holds past their end, oldest first. */
export const listExpiredHolds = async (
  db: Queryable,
  now: Date,
  limit: number,
): Promise<string[]> => {
  const rows = await db
    .select({ id: bookings.id })
    .from(bookings)
    .where(and(eq(bookings.state, 'held'), lte(bookings.holdExpiresAt, now)))
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

export const insertBooking = async (tx: Queryable, booking: Booking): Promise<void> => {
  const { uses, ...row } = booking;
  await Promise.all([
    tx.insert(bookings).values(row),
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
  return row.content as Quote;
};
