import { date, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { SeriesRule } from '#api/series/rules/dates.ts';
import { seriesRuleSchema, seriesTemplateSchema } from '#api/series/schema.ts';
import { accounts } from './accounts.ts';
import { bookings } from './bookings.ts';
import { versionedJson, instant } from './columns.ts';
import { organizations } from './organizations.ts';
import { venues } from './venues.ts';

/** One event that comes again and again; each date is a booking of its own. */
export const series = pgTable(
  'series',
  {
    id: text('id').primaryKey(),
    venueId: text('venue_id')
      .notNull()
      .references(() => venues.id),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id),
    createdByAccountId: text('created_by_account_id').references(() => accounts.id),
    title: text('title').notNull(),
    version: integer('version').notNull(),
    /** Weekly, monthly by weekday, or chosen dates. */
    rule: versionedJson<SeriesRule>('rule', seriesRuleSchema).notNull(),
    /** What is asked for on each date. */
    template: versionedJson('template', seriesTemplateSchema).notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [index().on(table.organizationId)],
);

/** A date the rule names, and what became of it. */
export const seriesDates = pgTable(
  'series_dates',
  {
    seriesId: text('series_id')
      .notNull()
      .references(() => series.id),
    plannedOn: date('planned_on', { mode: 'string' }).notNull(),
    state: text('state', { enum: ['booked', 'skipped'] }).notNull(),
    bookingId: text('booking_id')
      .unique()
      .references(() => bookings.id),
    /** Why it was skipped, or what was taken instead. */
    note: text('note').notNull().default(''),
  },
  (table) => [primaryKey({ columns: [table.seriesId, table.plannedOn] })],
);
