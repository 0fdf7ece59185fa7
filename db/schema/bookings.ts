import { sql } from 'drizzle-orm';
import {
  bigserial,
  type AnyPgColumn,
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  text,
} from 'drizzle-orm/pg-core';
import type { Quote } from '#api/fees/rules/quote.ts';
import { reductionSchema } from '#api/bookings/schema/bookings.ts';
import { storedQuoteSchema } from '#api/fees/schema.ts';
import { accounts } from './accounts.ts';
import { versionedJson, instant, instantRange } from './columns.ts';
import { tariffs } from './fees.ts';
import { organizations } from './organizations.ts';
import { cells, configurations, rooms } from './rooms.ts';
import { closures } from './slots.ts';
import { venues } from './venues.ts';

export const bookings = pgTable(
  'bookings',
  {
    id: text('id').primaryKey(),
    /** What people quote on the phone: `R08-BP-000123`. */
    number: text('number').notNull().unique(),
    venueId: text('venue_id')
      .notNull()
      .references(() => venues.id),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id),
    createdByAccountId: text('created_by_account_id').references(() => accounts.id),
    state: text('state', {
      enum: [
        'optioned',
        'waiting',
        'held',
        'requested',
        'approved',
        'in_use',
        'settled',
        'expired',
        'refused',
        'withdrawn',
        'cancelled',
      ],
    }).notNull(),
    /** Grows with every change; guards against stale pages and is the SEQUENCE of the calendar. */
    version: integer('version').notNull(),
    title: text('title').notNull(),
    purpose: text('purpose').notNull(),
    attendance: integer('attendance'),
    admissionMaxYen: integer('admission_max_yen').notNull(),
    isCommercial: boolean('is_commercial').notNull(),
    customerClass: text('customer_class', { enum: ['standard', 'sme'] }).notNull(),
    /** The organizer agreed that title and time appear on the public calendar. */
    isPublic: boolean('is_public').notNull(),
    purposeType: text('purpose_type'),
    purposeId: text('purpose_id'),
    holdExpiresAt: instant('hold_expires_at').notNull(),
    requestedAt: instant('requested_at'),
    decidedAt: instant('decided_at'),
    decidedByAccountId: text('decided_by_account_id').references(() => accounts.id),
    refusalReason: text('refusal_reason'),
    refusalGround: text('refusal_ground'),
    cancelledAt: instant('cancelled_at'),
    cancelReason: text('cancel_reason'),
    /** On whose account use was given up; what is kept of the fee follows from it. */
    cancelGround: text('cancel_ground', {
      enum: ['organizer', 'force_majeure', 'operator', 'unpaid'],
    }),
    /** Since when an option or a waiting booking stands in line. */
    queuedAt: instant('queued_at'),
    /** An option asked the holder to apply or release; the hold ends at `challenge_ends_at`. */
    challengedAt: instant('challenged_at'),
    challengeEndsAt: instant('challenge_ends_at'),
    challengedByBookingId: text('challenged_by_booking_id').references(
      (): AnyPgColumn => bookings.id,
    ),
    /** When an option or a waiting booking was given the cells it waited for. */
    promotedAt: instant('promoted_at'),
    remindedAt: instant('reminded_at'),
    originBookingId: text('origin_booking_id').references((): AnyPgColumn => bookings.id),
    originKind: text('origin_kind', { enum: ['copy', 'split'] }),
    /** The approved reduction (減免) as it was decided: ground, rate, words. */
    reduction: versionedJson('reduction', reductionSchema),
    /** Why staff let this booking in before its period opened (priority and recurring events). */
    priorityReason: text('priority_reason'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    index().on(table.organizationId, table.createdAt),
    index().on(table.venueId, table.state, table.createdAt),
    index('bookings_hold_expiry')
      .on(table.holdExpiresAt)
      .where(sql`state in ('held', 'optioned', 'waiting')`),
    check(
      'bookings_in_line_since',
      sql`${table.state} not in ('optioned', 'waiting') or ${table.queuedAt} is not null`,
    ),
    check(
      'bookings_refusal_has_ground',
      sql`${table.state} <> 'refused' or (${table.refusalReason} is not null and ${table.refusalGround} is not null)`,
    ),
  ],
);

/** One room in one band of one day, for one phase of the event. */
export const bookingUses = pgTable(
  'booking_uses',
  {
    id: text('id').primaryKey(),
    bookingId: text('booking_id')
      .notNull()
      .references(() => bookings.id),
    position: integer('position').notNull(),
    roomId: text('room_id')
      .notNull()
      .references(() => rooms.id),
    configurationId: text('configuration_id')
      .notNull()
      .references(() => configurations.id),
    usedOn: date('used_on', { mode: 'string' }).notNull(),
    bandCode: text('band_code').notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    phase: text('phase', {
      enum: ['setup', 'event', 'rehearsal', 'teardown', 'storage'],
    }).notNull(),
    layout: text('layout'),
    attendance: integer('attendance'),
    /** Out-of-hours time before and after the band, by approval; already within starts and ends. */
    earlyMinutes: integer('early_minutes').notNull().default(0),
    lateMinutes: integer('late_minutes').notNull().default(0),
    coolingMinutes: integer('cooling_minutes').notNull().default(0),
    heatingMinutes: integer('heating_minutes').notNull().default(0),
    wiredLan: boolean('wired_lan').notNull().default(false),
  },
  (table) => [
    index().on(table.bookingId),
    index().on(table.roomId, table.usedOn),
    index().on(table.usedOn),
  ],
);

/**
 * The only truth of what is taken: one row per cell and time.
 * The exclusion constraint `occupancies_no_overlap` (migration) forbids two live rows to overlap.
 */
export const occupancies = pgTable(
  'occupancies',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    cellId: text('cell_id')
      .notNull()
      .references(() => cells.id),
    during: instantRange('during').notNull(),
    state: text('state', { enum: ['held', 'requested', 'approved', 'closed'] }).notNull(),
    bookingId: text('booking_id').references(() => bookings.id),
    useId: text('use_id').references(() => bookingUses.id, { onDelete: 'set null' }),
    closureId: text('closure_id').references(() => closures.id),
    /** When a hold lapses; copied from the booking so that reading availability needs one table. */
    expiresAt: instant('expires_at'),
    releasedAt: instant('released_at'),
    /** Time a room asks for after a use: it excludes others but is nobody's use. */
    isBuffer: boolean('is_buffer').notNull().default(false),
  },
  (table) => [
    index().on(table.bookingId),
    index().on(table.closureId),
    check(
      'occupancies_have_one_cause',
      sql`num_nonnulls(${table.bookingId}, ${table.closureId}) = 1`,
    ),
  ],
);

/** The price as it was promised; a trigger forbids changing or deleting it. */
export const bookingQuotes = pgTable(
  'booking_quotes',
  {
    id: text('id').primaryKey(),
    bookingId: text('booking_id')
      .notNull()
      .references(() => bookings.id),
    bookingVersion: integer('booking_version').notNull(),
    tariffId: text('tariff_id')
      .notNull()
      .references(() => tariffs.id),
    totalYen: integer('total_yen').notNull(),
    taxYen: integer('tax_yen').notNull(),
    isProvisional: boolean('is_provisional').notNull(),
    /** The whole quote as the engine answered it: lines, reasons, warnings. */
    content: versionedJson<Quote>('content', storedQuoteSchema).notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index().on(table.bookingId)],
);

/** Cells an option or a waiting booking would take; beside the occupancies, never excluding. */
export const waitingClaims = pgTable(
  'waiting_claims',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    bookingId: text('booking_id')
      .notNull()
      .references(() => bookings.id),
    cellId: text('cell_id')
      .notNull()
      .references(() => cells.id),
    during: instantRange('during').notNull(),
    releasedAt: instant('released_at'),
  },
  (table) => [index().on(table.bookingId)],
);
