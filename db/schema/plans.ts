import { date, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { sheetEntrySchema } from '#api/plans/rules/sheet.ts';
import { accounts } from './accounts.ts';
import { bookings, bookingUses } from './bookings.ts';
import { versionedJson, instant } from './columns.ts';
import { files } from './files.ts';
import { venues } from './venues.ts';

/** The meeting about the plan of use (打合せ) of a booking. */
export const plans = pgTable('plans', {
  bookingId: text('booking_id')
    .primaryKey()
    .references(() => bookings.id),
  meetsAt: instant('meets_at'),
  metAt: instant('met_at'),
  note: text('note').notNull().default(''),
  updatedAt: instant('updated_at').notNull(),
});

/** One point of the checklist for a booking. */
export const planItems = pgTable(
  'plan_items',
  {
    bookingId: text('booking_id')
      .notNull()
      .references(() => bookings.id),
    code: text('code').notNull(),
    state: text('state', { enum: ['open', 'settled', 'not_needed'] }).notNull(),
    note: text('note').notNull().default(''),
    fileId: text('file_id').references(() => files.id),
    settledByAccountId: text('settled_by_account_id').references(() => accounts.id),
    settledAt: instant('settled_at'),
  },
  (table) => [primaryKey({ columns: [table.bookingId, table.code] })],
);

/** Parking spaces kept for a booking on a day; a trigger forbids more than there are. */
export const parkingTakes = pgTable(
  'parking_takes',
  {
    bookingId: text('booking_id')
      .notNull()
      .references(() => bookings.id),
    venueId: text('venue_id')
      .notNull()
      .references(() => venues.id),
    usedOn: date('used_on', { mode: 'string' }).notNull(),
    spaces: integer('spaces').notNull(),
  },
  (table) => [primaryKey({ columns: [table.bookingId, table.usedOn] })],
);

/** The run sheet of a day as it was printed, so that the next can say what changed. */
export const runSheets = pgTable(
  'run_sheets',
  {
    id: text('id').primaryKey(),
    venueId: text('venue_id')
      .notNull()
      .references(() => venues.id),
    usedOn: date('used_on', { mode: 'string' }).notNull(),
    number: integer('number').notNull(),
    content: versionedJson('content', z.array(sheetEntrySchema)).notNull(),
    printedAt: instant('printed_at').notNull(),
    printedByAccountId: text('printed_by_account_id').references(() => accounts.id),
  },
  (table) => [unique().on(table.venueId, table.usedOn, table.number)],
);

/** When the people of a use really came and went. */
export const presences = pgTable('presences', {
  useId: text('use_id')
    .primaryKey()
    .references(() => bookingUses.id, { onDelete: 'cascade' }),
  bookingId: text('booking_id')
    .notNull()
    .references(() => bookings.id),
  arrivedAt: instant('arrived_at'),
  leftAt: instant('left_at'),
  recordedByAccountId: text('recorded_by_account_id').references(() => accounts.id),
});
