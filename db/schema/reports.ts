import { boolean, date, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { rooms } from './rooms.ts';
import { venues } from './venues.ts';

/** A figure of the yearly plan: one room, or rooms measured together. */
export const occupancyFigures = pgTable('occupancy_figures', {
  id: text('id').primaryKey(),
  venueId: text('venue_id')
    .notNull()
    .references(() => venues.id),
  nameJa: text('name_ja').notNull(),
  nameEn: text('name_en').notNull(),
  sortOrder: integer('sort_order').notNull(),
});

export const occupancyFigureRooms = pgTable(
  'occupancy_figure_rooms',
  {
    figureId: text('figure_id')
      .notNull()
      .references(() => occupancyFigures.id),
    roomId: text('room_id')
      .notNull()
      .references(() => rooms.id),
  },
  (table) => [primaryKey({ columns: [table.figureId, table.roomId] })],
);

export const occupancyPlans = pgTable(
  'occupancy_plans',
  {
    figureId: text('figure_id')
      .notNull()
      .references(() => occupancyFigures.id),
    fiscalYear: integer('fiscal_year').notNull(),
    plannedRateBp: integer('planned_rate_bp').notNull(),
    source: text('source').notNull(),
  },
  (table) => [primaryKey({ columns: [table.figureId, table.fiscalYear] })],
);

/** Which definition of the rate is held against the plan, from a day on. */
export const occupancyDefinitions = pgTable(
  'occupancy_definitions',
  {
    figureId: text('figure_id')
      .notNull()
      .references(() => occupancyFigures.id),
    effectiveFrom: date('effective_from', { mode: 'string' }).notNull(),
    definition: text('definition', { enum: ['day', 'slot'] }).notNull(),
    countsSetup: boolean('counts_setup').notNull(),
    source: text('source').notNull(),
  },
  (table) => [primaryKey({ columns: [table.figureId, table.effectiveFrom] })],
);
