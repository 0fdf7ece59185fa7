import { sql } from 'drizzle-orm';
import { check, date, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
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

const dayOfEveryYear = sql.raw(
  `'^((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)$'`,
);

/** Days a venue is closed every year, as month-days; `12-29` to `01-03` runs over the year end. */
export const closedDayRules = pgTable(
  'closed_day_rules',
  {
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
  },
  ({ fromMonthDay, toMonthDay }) => [
    check(
      'closed_day_rules_every_year',
      sql`${fromMonthDay} ~ ${dayOfEveryYear} and ${toMonthDay} ~ ${dayOfEveryYear}`,
    ),
  ],
);

/**
 * A venue, one room or some cells closed from a day to a day (both included). Which cells and when is
 * told by the occupancies, also after it was lifted.
 */
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
    kind: text('kind', { enum: ['annual', 'maintenance', 'emergency', 'block'] }).notNull(),
    /** Only these cells; all cells of the room or venue where absent. */
    cellIds: text('cell_ids').array(),
    /** Only this band of each day; the whole day where absent. */
    bandCode: text('band_code'),
    state: text('state', { enum: ['in_force', 'undone'] })
      .notNull()
      .default('in_force'),
    /** Letters to those affected leave then; until they have left the closure can be undone. */
    lettersLeaveAt: instant('letters_leave_at'),
    lettersSentAt: instant('letters_sent_at'),
    undoneAt: instant('undone_at'),
    createdByAccountId: text('created_by_account_id').references(() => accounts.id),
    reasonJa: text('reason_ja').notNull(),
    reasonEn: text('reason_en').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index().on(table.venueId, table.startsOn)],
);

/** When a stretch of days opens for booking in another way than by the months before. */
export const openingPeriods = pgTable(
  'opening_periods',
  {
    id: text('id').primaryKey(),
    venueId: text('venue_id')
      .notNull()
      .references(() => venues.id),
    roomClass: text('room_class').notNull(),
    usesFrom: date('uses_from', { mode: 'string' }).notNull(),
    usesUntil: date('uses_until', { mode: 'string' }).notNull(),
    method: text('method', { enum: ['first_come', 'lottery'] }).notNull(),
    /** From then on first come, first served. */
    opensAt: instant('opens_at').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index().on(table.venueId, table.usesFrom)],
);
