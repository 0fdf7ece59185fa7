import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  index,
  integer,
  numeric,
  pgTable,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { bookings } from './bookings.ts';
import { instant, publication } from './columns.ts';
import { rooms } from './rooms.ts';

const utility = () => text('utility', { enum: ['electricity', 'water', 'hvac'] }).notNull();

/** A meter of a room. */
export const meters = pgTable(
  'meters',
  {
    id: text('id').primaryKey(),
    roomId: text('room_id')
      .notNull()
      .references(() => rooms.id),
    utility: utility(),
    code: text('code').notNull(),
    nameJa: text('name_ja').notNull(),
    nameEn: text('name_en').notNull(),
    /** kWh, m3, h */
    unit: text('unit').notNull(),
    isRetired: boolean('is_retired').notNull().default(false),
    publication: publication(),
    source: text('source').notNull(),
  },
  (table) => [unique().on(table.roomId, table.code)],
);

/** Whether the fee of a room includes a utility, and what it costs where not; from a day on. */
export const utilityTerms = pgTable(
  'utility_terms',
  {
    id: text('id').primaryKey(),
    roomId: text('room_id')
      .notNull()
      .references(() => rooms.id),
    utility: utility(),
    effectiveFrom: date('effective_from', { mode: 'string' }).notNull(),
    feeIncludes: boolean('fee_includes').notNull(),
    /** Per unit of the meter, in hundredths of a yen, tax included. */
    unitFeeCentiyen: integer('unit_fee_centiyen').notNull(),
    publication: publication(),
    source: text('source').notNull(),
    createdAt: instant('created_at').notNull(),
    createdByAccountId: text('created_by_account_id').references(() => accounts.id),
  },
  (table) => [index().on(table.roomId, table.utility, table.effectiveFrom)],
);

/** A meter read before and after a booking, and checked by a second person. */
export const meterReadings = pgTable(
  'meter_readings',
  {
    id: text('id').primaryKey(),
    meterId: text('meter_id')
      .notNull()
      .references(() => meters.id),
    bookingId: text('booking_id')
      .notNull()
      .references(() => bookings.id),
    usedOn: date('used_on', { mode: 'string' }).notNull(),
    startValue: numeric('start_value', { mode: 'number' }).notNull(),
    endValue: numeric('end_value', { mode: 'number' }),
    /** Who read the start; `readByAccountId` is who read last. */
    startReadByAccountId: text('start_read_by_account_id').references(() => accounts.id),
    readByAccountId: text('read_by_account_id').references(() => accounts.id),
    readAt: instant('read_at').notNull(),
    checkedByAccountId: text('checked_by_account_id').references(() => accounts.id),
    checkedAt: instant('checked_at'),
    note: text('note').notNull().default(''),
  },
  (table) => [
    index().on(table.bookingId),
    unique().on(table.meterId, table.bookingId, table.usedOn),
    check(
      'meter_readings_forward',
      sql`${table.endValue} is null or ${table.endValue} >= ${table.startValue}`,
    ),
    check(
      'meter_readings_two_people',
      sql`${table.checkedByAccountId} is null or ${table.checkedByAccountId} <> ${table.readByAccountId}`,
    ),
    check(
      'meter_readings_start_two_people',
      sql`${table.checkedByAccountId} is null or ${table.checkedByAccountId} <> ${table.startReadByAccountId}`,
    ),
    check(
      'meter_readings_checked_by_someone',
      sql`${table.checkedAt} is null or (${table.checkedByAccountId} is not null and ${table.startReadByAccountId} is not null and ${table.readByAccountId} is not null)`,
    ),
    check(
      'meter_readings_checked_whole',
      sql`${table.checkedAt} is null or ${table.endValue} is not null`,
    ),
  ],
);

/**
 * What a reading costs under the terms of its day; append-only.
 * A trigger refuses a charge whose fee already includes the utility, or whose reading nobody checked.
 */
export const utilityCharges = pgTable(
  'utility_charges',
  {
    id: text('id').primaryKey(),
    readingId: text('reading_id')
      .notNull()
      .unique()
      .references(() => meterReadings.id),
    termId: text('term_id')
      .notNull()
      .references(() => utilityTerms.id),
    bookingId: text('booking_id')
      .notNull()
      .references(() => bookings.id),
    quantity: numeric('quantity', { mode: 'number' }).notNull(),
    amountYen: integer('amount_yen').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index().on(table.bookingId)],
);
