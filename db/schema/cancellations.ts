import { sql } from 'drizzle-orm';
import { check, date, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import type { KeptReason } from '#api/cancellations/rules/kept.ts';
import { storedReasonSchema } from '#api/cancellations/schema.ts';
import { bookings } from './bookings.ts';
import { versionedJson, instant, publication } from './columns.ts';
import { venues } from './venues.ts';

const venueId = () =>
  text('venue_id')
    .notNull()
    .references(() => venues.id);

/**
 * How much of the fee is kept when use is given up or changed: the row with the fewest days or months
 * that still reaches the day of notice applies; where none reaches, nothing is kept.
 */
export const cancellationTerms = pgTable(
  'cancellation_terms',
  {
    venueId: venueId(),
    roomClass: text('room_class', {
      enum: ['exhibition', 'convention', 'hall', 'meeting', 'outdoor'],
    }).notNull(),
    deed: text('deed', { enum: ['cancel', 'change'] }).notNull(),
    effectiveFrom: date('effective_from', { mode: 'string' }).notNull(),
    /** Applies from this long before the first day of use on. */
    beforeCount: integer('before_count').notNull(),
    beforeUnit: text('before_unit', { enum: ['day', 'month'] }).notNull(),
    keptBp: integer('kept_bp').notNull(),
    publication: publication(),
    source: text('source').notNull(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.venueId,
        table.roomClass,
        table.deed,
        table.effectiveFrom,
        table.beforeUnit,
        table.beforeCount,
      ],
    }),
    check('cancellation_terms_share', sql`${table.keptBp} between 0 and 10000`),
  ],
);

/** What was kept of a cancelled booking and why, as it was shown before it was confirmed. */
export const cancellations = pgTable(
  'cancellations',
  {
    bookingId: text('booking_id')
      .notNull()
      .references(() => bookings.id),
    /** The version the booking had after it: one that was restored can be cancelled again. */
    bookingVersion: integer('booking_version').notNull(),
    ground: text('ground', {
      enum: ['organizer', 'force_majeure', 'operator', 'unpaid'],
    }).notNull(),
    /** The day the notice counts for. */
    noticedOn: date('noticed_on', { mode: 'string' }).notNull(),
    feeYen: integer('fee_yen').notNull(),
    keptYen: integer('kept_yen').notNull(),
    /** The terms applied, per room class, with their sources. */
    reasons: versionedJson<readonly KeptReason[]>('reasons', z.array(storedReasonSchema)).notNull(),
    publication: publication(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.bookingId, table.bookingVersion] })],
);
