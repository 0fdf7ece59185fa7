import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  check,
  index,
  integer,
  pgTable,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import { bookings, bookingUses } from './bookings.ts';
import { instant, instantRange, publication } from './columns.ts';
import { venues } from './venues.ts';

/** Something a venue lends with its rooms, or a service it gives. */
export const equipmentItems = pgTable(
  'equipment_items',
  {
    id: text('id').primaryKey(),
    venueId: text('venue_id')
      .notNull()
      .references(() => venues.id),
    code: text('code').notNull(),
    kind: text('kind', { enum: ['equipment', 'service'] }).notNull(),
    nameJa: text('name_ja').notNull(),
    nameEn: text('name_en').notNull(),
    groupJa: text('group_ja').notNull(),
    groupEn: text('group_en').notNull(),
    /** How many the venue has; never lowered below what is promised (trigger). */
    stock: integer('stock').notNull(),
    unitJa: text('unit_ja').notNull(),
    unitEn: text('unit_en').notNull(),
    priceUnit: text('price_unit', { enum: ['use', 'day', 'hour', 'metered'] }).notNull(),
    unitFeeYen: integer('unit_fee_yen').notNull(),
    /** Time to carry it from one room to the next, kept free after each use. */
    moveMinutes: integer('move_minutes').notNull(),
    isRetired: boolean('is_retired').notNull().default(false),
    publication: publication(),
    source: text('source').notNull(),
    sortOrder: integer('sort_order').notNull(),
  },
  (table) => [
    unique().on(table.venueId, table.code),
    check('equipment_items_stock', sql`${table.stock} >= 0`),
  ],
);

/** So many of an item for one use of a booking. */
export const equipmentRequests = pgTable(
  'equipment_requests',
  {
    id: text('id').primaryKey(),
    bookingId: text('booking_id')
      .notNull()
      .references(() => bookings.id),
    useId: text('use_id').references(() => bookingUses.id, { onDelete: 'set null' }),
    itemId: text('item_id')
      .notNull()
      .references(() => equipmentItems.id),
    quantity: integer('quantity').notNull(),
    /** The price shown when it was asked for: a later price of the item does not change it. */
    unitFeeYen: integer('unit_fee_yen').notNull(),
    /** What was really used, told at settlement. */
    actualQuantity: integer('actual_quantity'),
    /** `short`: the use moved to a time at which the stock does not suffice. */
    state: text('state', { enum: ['promised', 'short', 'dropped'] }).notNull(),
    note: text('note').notNull().default(''),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    index().on(table.bookingId),
    check('equipment_requests_positive', sql`${table.quantity} > 0`),
  ],
);

/** Pieces promised for a time; a trigger forbids the sum to pass the stock. */
export const equipmentTakes = pgTable(
  'equipment_takes',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    requestId: text('request_id')
      .notNull()
      .references(() => equipmentRequests.id),
    itemId: text('item_id')
      .notNull()
      .references(() => equipmentItems.id),
    during: instantRange('during').notNull(),
    quantity: integer('quantity').notNull(),
    releasedAt: instant('released_at'),
  },
  (table) => [index().on(table.requestId)],
);
