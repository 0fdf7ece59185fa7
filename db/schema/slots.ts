import { date, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, publication } from './columns.ts';
import { rooms } from './rooms.ts';
import { venues } from './venues.ts';

/** A sellable time band of a venue day, in the venue's local time. */
export const slots = pgTable(
  'slots',
  {
    venueId: text('venue_id')
      .notNull()
      .references(() => venues.id),
    code: text('code').notNull(),
    nameJa: text('name_ja').notNull(),
    nameEn: text('name_en').notNull(),
    startsTime: text('starts_time').notNull(),
    endsTime: text('ends_time').notNull(),
    sortOrder: integer('sort_order').notNull(),
    publication: publication(),
    source: text('source').notNull(),
  },
  (table) => [primaryKey({ columns: [table.venueId, table.code] })],
);

/** One slot or neighbouring slots sold at one stored price. */
export const bands = pgTable(
  'bands',
  {
    venueId: text('venue_id')
      .notNull()
      .references(() => venues.id),
    code: text('code').notNull(),
    nameJa: text('name_ja').notNull(),
    nameEn: text('name_en').notNull(),
    slotCodes: text('slot_codes').array().notNull(),
    sortOrder: integer('sort_order').notNull(),
  },
  (table) => [primaryKey({ columns: [table.venueId, table.code] })],
);

/** Days a venue is closed every year, as month-days; `12-29` to `01-03` runs over the year end. */
export const closedDayRules = pgTable('closed_day_rules', {
  id: text('id').primaryKey(),
  venueId: text('venue_id')
    .notNull()
    .references(() => venues.id),
  fromMonthDay: text('from_month_day').notNull(),
  toMonthDay: text('to_month_day').notNull(),
  reasonJa: text('reason_ja').notNull(),
  reasonEn: text('reason_en').notNull(),
  publication: publication(),
  source: text('source').notNull(),
});

/** A venue, or one room, closed from a day to a day (both included). */
export const closures = pgTable(
  'closures',
  {
    id: text('id').primaryKey(),
    venueId: text('venue_id')
      .notNull()
      .references(() => venues.id),
    roomId: text('room_id').references(() => rooms.id),
    startsOn: date('starts_on', { mode: 'string' }).notNull(),
    endsOn: date('ends_on', { mode: 'string' }).notNull(),
    kind: text('kind', { enum: ['annual', 'maintenance', 'emergency'] }).notNull(),
    reasonJa: text('reason_ja').notNull(),
    reasonEn: text('reason_en').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index().on(table.venueId, table.startsOn)],
);
