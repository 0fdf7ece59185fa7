import {
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';
import { paperSchema } from '#api/documents/rules/stored.ts';
import { actorSchema } from '#api/shared/actor.ts';
import { bookings } from './bookings.ts';
import { versionedJson, instant } from './columns.ts';
import { organizations } from './organizations.ts';
import { paymentAttempts } from './payments.ts';
import { venues } from './venues.ts';

/** A paper we issued: its content is frozen (trigger), the PDF is drawn from it. */
export const documents = pgTable(
  'documents',
  {
    id: text('id').primaryKey(),
    kind: text('kind', {
      enum: [
        'approval_letter',
        'invoice',
        'receipt',
        'refusal_letter',
        'quotation',
        'credit_note',
        'payment_notice',
        'dunning_letter',
        'payment_slip',
        'settlement_statement',
      ],
    }).notNull(),
    number: text('number').notNull().unique(),
    venueId: text('venue_id')
      .notNull()
      .references(() => venues.id),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id),
    /** Absent on a paper over many bookings, which stand in `document_bookings`. */
    bookingId: text('booking_id').references(() => bookings.id),
    attemptId: text('attempt_id').references(() => paymentAttempts.id),
    /** The fact it papers, so that it is issued once: `receipt:pat_…`. */
    cause: text('cause').notNull().unique(),
    /** The paper this one corrects (訂正版): no paper is replaced twice, so one of a line holds. */
    replacesId: text('replaces_id')
      .unique()
      .references((): AnyPgColumn => documents.id),
    content: versionedJson('content', paperSchema).notNull(),
    contentSha256: text('content_sha256').notNull(),
    /** Printed as a QR code: whoever holds the paper can ask us whether it is ours. */
    verificationCode: text('verification_code').notNull().unique(),
    issuedAt: instant('issued_at').notNull(),
  },
  (table) => [index().on(table.bookingId), index().on(table.organizationId)],
);

/** Every booking a paper speaks of. */
export const documentBookings = pgTable(
  'document_bookings',
  {
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id),
    bookingId: text('booking_id')
      .notNull()
      .references(() => bookings.id),
  },
  (table) => [
    primaryKey({ columns: [table.documentId, table.bookingId] }),
    index().on(table.bookingId),
  ],
);

/** A paper handed out again: the print is marked (再発行), the original stays as it is. */
export const documentReissues = pgTable(
  'document_reissues',
  {
    id: text('id').primaryKey(),
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id),
    /** 1 for the first time it was issued again. */
    position: integer('position').notNull(),
    reason: text('reason').notNull(),
    actor: versionedJson('actor', actorSchema).notNull(),
    reissuedAt: instant('reissued_at').notNull(),
  },
  (table) => [unique().on(table.documentId, table.position)],
);
