import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Quote } from '#api/fees/rules/quote.ts';
import { amendAskSchema } from '#api/bookings/schema/amendments.ts';
import { storedChangesSchema, storedContentSchema } from '#api/bookings/schema/stored.ts';
import { storedQuoteSchema } from '#api/fees/schema.ts';
import { actorSchema } from '#api/shared/actor.ts';
import { accounts } from './accounts.ts';
import { bookingQuotes, bookings } from './bookings.ts';
import { versionedJson, instant } from './columns.ts';

/** A booking as it stood before a change of its content; append-only. */
export const bookingVersions = pgTable(
  'booking_versions',
  {
    bookingId: text('booking_id')
      .notNull()
      .references(() => bookings.id),
    /** The version that ended. */
    version: integer('version').notNull(),
    /** The booking with its uses. */
    content: versionedJson('content', storedContentSchema).notNull(),
    quoteId: text('quote_id')
      .notNull()
      .references(() => bookingQuotes.id),
    actor: versionedJson('actor', actorSchema).notNull(),
    reason: text('reason').notNull(),
    /** The organizer's word, where staff made the change. */
    consentId: text('consent_id').references((): AnyPgColumn => consents.id),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.bookingId, table.version] })],
);

/** A change somebody proposes to a booking, with its new price, until the other side agrees. */
export const amendments = pgTable(
  'amendments',
  {
    id: text('id').primaryKey(),
    bookingId: text('booking_id')
      .notNull()
      .references(() => bookings.id),
    bookingVersion: integer('booking_version').notNull(),
    proposedBy: text('proposed_by', { enum: ['organizer', 'staff'] }).notNull(),
    actor: versionedJson('actor', actorSchema).notNull(),
    state: text('state', {
      enum: ['proposed', 'accepted', 'declined', 'withdrawn', 'stale'],
    }).notNull(),
    reason: text('reason').notNull(),
    /** What is asked for, as a booking is asked for. */
    asked: versionedJson('asked', amendAskSchema).notNull(),
    /** What it changes, in words and names as they were when it was proposed. */
    changes: versionedJson('changes', storedChangesSchema).notNull(),
    quote: versionedJson<Quote>('quote', storedQuoteSchema).notNull(),
    differenceYen: integer('difference_yen').notNull(),
    decidedAt: instant('decided_at'),
    decidedByAccountId: text('decided_by_account_id').references(() => accounts.id),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index().on(table.bookingId),
    uniqueIndex('amendments_one_proposed')
      .on(table.bookingId)
      .where(sql`state = 'proposed'`),
  ],
);

/** The organizer's word that staff may move the booking; append-only. */
export const consents = pgTable(
  'consents',
  {
    id: text('id').primaryKey(),
    bookingId: text('booking_id')
      .notNull()
      .references(() => bookings.id),
    givenBy: text('given_by').notNull(),
    channel: text('channel', {
      enum: ['page', 'phone', 'email', 'fax', 'desk', 'letter'],
    }).notNull(),
    note: text('note').notNull(),
    recordedByAccountId: text('recorded_by_account_id').references(() => accounts.id),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [index().on(table.bookingId)],
);

/** Which member of staff looked at a booking, once an hour. */
export const bookingLooks = pgTable(
  'booking_looks',
  {
    bookingId: text('booking_id')
      .notNull()
      .references(() => bookings.id),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    /** The hour, cut to its beginning. */
    lookedAt: instant('looked_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.bookingId, table.accountId, table.lookedAt] })],
);
