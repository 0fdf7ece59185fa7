import {
  boolean,
  doublePrecision,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import { publication } from './columns.ts';
import { venues } from './venues.ts';

export const rooms = pgTable(
  'rooms',
  {
    id: text('id').primaryKey(),
    venueId: text('venue_id')
      .notNull()
      .references(() => venues.id),
    code: text('code').notNull(),
    nameJa: text('name_ja').notNull(),
    nameEn: text('name_en').notNull(),
    nameKana: text('name_kana').notNull(),
    roomClass: text('room_class', {
      enum: ['exhibition', 'convention', 'hall', 'meeting', 'outdoor'],
    }).notNull(),
    ownerBody: text('owner_body', { enum: ['prefecture', 'city'] }).notNull(),
    floor: text('floor'),
    descriptionJa: text('description_ja').notNull(),
    descriptionEn: text('description_en').notNull(),
    publication: publication(),
    source: text('source').notNull(),
    sortOrder: integer('sort_order').notNull(),
  },
  (table) => [index().on(table.venueId)],
);

/** An atomic part of the building; x, y, width, height are its place on the drawn plan of the room. */
export const cells = pgTable(
  'cells',
  {
    id: text('id').primaryKey(),
    roomId: text('room_id')
      .notNull()
      .references(() => rooms.id),
    nameJa: text('name_ja').notNull(),
    nameEn: text('name_en').notNull(),
    planX: doublePrecision('plan_x').notNull(),
    planY: doublePrecision('plan_y').notNull(),
    planWidth: doublePrecision('plan_width').notNull(),
    planHeight: doublePrecision('plan_height').notNull(),
    sortOrder: integer('sort_order').notNull(),
  },
  (table) => [index().on(table.roomId)],
);

/** A bookable set of cells with its own area, capacities and fee; never summed from its parts. */
export const configurations = pgTable(
  'configurations',
  {
    id: text('id').primaryKey(),
    roomId: text('room_id')
      .notNull()
      .references(() => rooms.id),
    code: text('code').notNull(),
    nameJa: text('name_ja').notNull(),
    nameEn: text('name_en').notNull(),
    isWhole: boolean('is_whole').notNull(),
    areaSqm: numeric('area_sqm', { mode: 'number' }),
    areaPublication: text('area_publication', { enum: ['published', 'provisional'] }).notNull(),
    /** Booking opens this many months before, counted from the first day of the month of use. */
    opensMonthsBefore: integer('opens_months_before').notNull(),
    publication: publication(),
    source: text('source').notNull(),
    sortOrder: integer('sort_order').notNull(),
  },
  (table) => [index().on(table.roomId)],
);

export const configurationCells = pgTable(
  'configuration_cells',
  {
    configurationId: text('configuration_id')
      .notNull()
      .references(() => configurations.id),
    cellId: text('cell_id')
      .notNull()
      .references(() => cells.id),
  },
  (table) => [
    primaryKey({ columns: [table.configurationId, table.cellId] }),
    index().on(table.cellId),
  ],
);

/** How many people (or booths) a configuration takes in a layout. */
export const configurationLayouts = pgTable(
  'configuration_layouts',
  {
    configurationId: text('configuration_id')
      .notNull()
      .references(() => configurations.id),
    layout: text('layout', {
      enum: ['theatre', 'school', 'round_table', 'banquet', 'meeting', 'booths'],
    }).notNull(),
    capacity: integer('capacity').notNull(),
    publication: publication(),
    source: text('source').notNull(),
  },
  (table) => [primaryKey({ columns: [table.configurationId, table.layout] })],
);

/** What a room offers besides its size, and to whom it is open: screens, loading doors, wheelchair access. */
export const roomFeatures = pgTable(
  'room_features',
  {
    roomId: text('room_id')
      .notNull()
      .references(() => rooms.id),
    code: text('code').notNull(),
    publication: publication(),
    source: text('source').notNull(),
  },
  (table) => [primaryKey({ columns: [table.roomId, table.code] })],
);
