import { and, asc, between, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { faultOf, type Queryable } from '#db/client.server.ts';
import { accounts } from '#db/schema/accounts.ts';
import { bookings } from '#db/schema/bookings.ts';
import { organizations } from '#db/schema/organizations.ts';
import { rooms } from '#db/schema/rooms.ts';
import { meterReadings, meters, utilityCharges, utilityTerms } from '#db/schema/utilities.ts';
import type { LocalDay } from '../shared/time.ts';
import { utilityErrors } from './errors.ts';
import type { Reading } from './rules/reading.ts';
import type { ChargedReading } from './rules/recalculation.ts';
import type { UtilityTerm } from './rules/terms.ts';

const meterColumns = {
  id: meters.id,
  roomId: meters.roomId,
  utility: meters.utility,
  code: meters.code,
  nameJa: meters.nameJa,
  nameEn: meters.nameEn,
  unit: meters.unit,
  publication: meters.publication,
  source: meters.source,
  roomNameJa: rooms.nameJa,
  roomNameEn: rooms.nameEn,
};

export const listMetersByRooms = (db: Queryable, roomIds: readonly string[]) =>
  db
    .select(meterColumns)
    .from(meters)
    .innerJoin(rooms, eq(rooms.id, meters.roomId))
    .where(and(inArray(meters.roomId, [...roomIds]), eq(meters.isRetired, false)))
    .orderBy(asc(rooms.sortOrder), asc(meters.utility), asc(meters.code));

export type MeterOfRoom = Awaited<ReturnType<typeof listMetersByRooms>>[number];

const termOf = ({
  createdByAccountId: _by,
  ...row
}: typeof utilityTerms.$inferSelect): UtilityTerm => ({
  ...row,
  effectiveFrom: row.effectiveFrom as LocalDay,
});

export const listTermsByRooms = async (
  db: Queryable,
  roomIds: readonly string[],
): Promise<UtilityTerm[]> => {
  const rows = await db
    .select()
    .from(utilityTerms)
    .where(inArray(utilityTerms.roomId, [...roomIds]))
    .orderBy(asc(utilityTerms.effectiveFrom), asc(utilityTerms.createdAt));
  return rows.map(termOf);
};

/** Who said which term, for the console. */
export const listTermAuthors = async (
  db: Queryable,
  roomIds: readonly string[],
): Promise<Map<string, string>> => {
  const rows = await db
    .select({ id: utilityTerms.id, name: accounts.name })
    .from(utilityTerms)
    .innerJoin(accounts, eq(accounts.id, utilityTerms.createdByAccountId))
    .where(inArray(utilityTerms.roomId, [...roomIds]));
  return new Map(rows.map(({ id, name }) => [id, name]));
};

export const insertTerm = async (
  tx: Queryable,
  term: UtilityTerm,
  createdByAccountId: string | null,
): Promise<void> => {
  await tx.insert(utilityTerms).values({ ...term, createdByAccountId });
};

export const listRoomsOfVenue = (db: Queryable, venueId: string) =>
  db
    .select({ roomId: rooms.id, roomNameJa: rooms.nameJa, roomNameEn: rooms.nameEn })
    .from(rooms)
    .where(eq(rooms.venueId, venueId))
    .orderBy(asc(rooms.sortOrder));

export const findVenueOfRoom = async (db: Queryable, roomId: string): Promise<string> => {
  const [row] = await db.select({ venueId: rooms.venueId }).from(rooms).where(eq(rooms.id, roomId));
  if (!row) throw utilityErrors.unknown_room();
  return row.venueId;
};

const readingOf = (row: typeof meterReadings.$inferSelect): Reading => ({
  ...row,
  usedOn: row.usedOn as LocalDay,
});

export const findOptionalReading = async (
  db: Queryable,
  id: string,
): Promise<Reading | undefined> => {
  const [row] = await db.select().from(meterReadings).where(eq(meterReadings.id, id));
  return row && readingOf(row);
};

export const findReadingForUpdate = async (tx: Queryable, id: string): Promise<Reading> => {
  const [row] = await tx.select().from(meterReadings).where(eq(meterReadings.id, id)).for('update');
  if (!row) throw utilityErrors.unknown_reading();
  return readingOf(row);
};

export const insertReading = async (tx: Queryable, reading: Reading): Promise<void> => {
  try {
    await tx.insert(meterReadings).values(reading);
  } catch (error) {
    if (faultOf(error)?.code === '23505') throw utilityErrors.read_already({ cause: error });
    throw error;
  }
};

/** The table refuses a second person who is the first, and any change of what was checked. */
export const saveReading = async (tx: Queryable, reading: Reading): Promise<void> => {
  const { id, ...set } = reading;
  try {
    await tx.update(meterReadings).set(set).where(eq(meterReadings.id, id));
  } catch (error) {
    const fault = faultOf(error);
    if (fault?.constraint?.includes('two_people')) {
      throw utilityErrors.reader_may_not_check({ cause: error });
    }
    if (fault?.code === '23001') throw utilityErrors.already_checked({ cause: error });
    throw error;
  }
};

const starter = alias(accounts, 'starter');
const reader = alias(accounts, 'reader');
const checker = alias(accounts, 'checker');

export const listReadingsByBooking = async (db: Queryable, bookingId: string) => {
  const rows = await db
    .select({
      reading: meterReadings,
      startReadBy: starter.name,
      readBy: reader.name,
      checkedBy: checker.name,
      chargedYen: utilityCharges.amountYen,
    })
    .from(meterReadings)
    .leftJoin(starter, eq(starter.id, meterReadings.startReadByAccountId))
    .leftJoin(reader, eq(reader.id, meterReadings.readByAccountId))
    .leftJoin(checker, eq(checker.id, meterReadings.checkedByAccountId))
    .leftJoin(utilityCharges, eq(utilityCharges.readingId, meterReadings.id))
    .where(eq(meterReadings.bookingId, bookingId))
    .orderBy(asc(meterReadings.usedOn), asc(meterReadings.meterId));
  return rows.map(({ reading, ...rest }) => ({ ...readingOf(reading), ...rest }));
};

export type NamedReading = Awaited<ReturnType<typeof listReadingsByBooking>>[number];

/** Readings of a venue nobody has checked yet, oldest first. */
export const listOpenReadings = (db: Queryable, venueId: string) =>
  db
    .select({
      id: meterReadings.id,
      usedOn: meterReadings.usedOn,
      startValue: meterReadings.startValue,
      endValue: meterReadings.endValue,
      startReadByAccountId: meterReadings.startReadByAccountId,
      readByAccountId: meterReadings.readByAccountId,
      readBy: reader.name,
      meterNameJa: meters.nameJa,
      meterNameEn: meters.nameEn,
      unit: meters.unit,
      roomNameJa: rooms.nameJa,
      roomNameEn: rooms.nameEn,
      bookingId: bookings.id,
      bookingNumber: bookings.number,
      title: bookings.title,
    })
    .from(meterReadings)
    .innerJoin(meters, eq(meters.id, meterReadings.meterId))
    .innerJoin(rooms, eq(rooms.id, meters.roomId))
    .innerJoin(bookings, eq(bookings.id, meterReadings.bookingId))
    .leftJoin(reader, eq(reader.id, meterReadings.readByAccountId))
    .where(
      and(
        eq(rooms.venueId, venueId),
        isNull(meterReadings.checkedAt),
        inArray(bookings.state, ['approved', 'in_use']),
      ),
    )
    .orderBy(asc(meterReadings.usedOn), asc(meterReadings.readAt));

interface NewCharge {
  readonly id: string;
  readonly readingId: string;
  readonly termId: string;
  readonly bookingId: string;
  readonly quantity: number;
  readonly amountYen: number;
  readonly createdAt: Date;
}

/** The table itself refuses what the fee includes, and what nobody else has checked. */
export const insertCharge = async (tx: Queryable, charge: NewCharge): Promise<void> => {
  try {
    await tx.insert(utilityCharges).values(charge);
  } catch (error) {
    const constraint = faultOf(error)?.constraint;
    if (constraint === 'utility_charges_not_included') {
      throw utilityErrors.included_in_fee({ cause: error });
    }
    if (constraint === 'utility_charges_checked') {
      throw utilityErrors.not_checked({ cause: error });
    }
    throw error;
  }
};

/** Every checked reading of a venue between two days, with what was charged for it. */
export const listChargedReadings = async (
  db: Queryable,
  venueId: string,
  { from, to }: { readonly from: LocalDay; readonly to: LocalDay },
): Promise<ChargedReading[]> => {
  const rows = await db
    .select({
      readingId: meterReadings.id,
      bookingId: bookings.id,
      bookingNumber: bookings.number,
      title: bookings.title,
      organizationId: organizations.id,
      organizationName: organizations.name,
      roomId: rooms.id,
      roomNameJa: rooms.nameJa,
      roomNameEn: rooms.nameEn,
      meterNameJa: meters.nameJa,
      meterNameEn: meters.nameEn,
      utility: meters.utility,
      unit: meters.unit,
      usedOn: meterReadings.usedOn,
      startValue: meterReadings.startValue,
      endValue: meterReadings.endValue,
      chargedYen: sql<number>`coalesce(${utilityCharges.amountYen}, 0)`,
    })
    .from(meterReadings)
    .innerJoin(meters, eq(meters.id, meterReadings.meterId))
    .innerJoin(rooms, eq(rooms.id, meters.roomId))
    .innerJoin(bookings, eq(bookings.id, meterReadings.bookingId))
    .innerJoin(organizations, eq(organizations.id, bookings.organizationId))
    .leftJoin(utilityCharges, eq(utilityCharges.readingId, meterReadings.id))
    .where(
      and(
        eq(rooms.venueId, venueId),
        isNotNull(meterReadings.checkedAt),
        between(meterReadings.usedOn, from, to),
      ),
    )
    .orderBy(asc(meterReadings.usedOn), asc(bookings.number), asc(meters.id));
  return rows.map((row) => ({
    ...row,
    usedOn: row.usedOn as LocalDay,
    endValue: row.endValue!,
  }));
};
