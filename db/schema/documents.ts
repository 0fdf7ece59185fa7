import { index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { bookings } from './bookings.ts';
import { instant } from './columns.ts';
import { paymentAttempts } from './payments.ts';

/** A paper we issued: its content is frozen (trigger), the PDF is drawn from it. */
export const documents = pgTable(
  'documents',
  {
    id: text('id').primaryKey(),
    kind: text('kind', {
      enum: ['approval_letter', 'invoice', 'receipt', 'refusal_letter'],
    }).notNull(),
    number: text('number').notNull().unique(),
    bookingId: text('booking_id')
      .notNull()
      .references(() => bookings.id),
    attemptId: text('attempt_id').references(() => paymentAttempts.id),
    /** The fact it papers, so that it is issued once: `receipt:pat_…`. */
    cause: text('cause').notNull().unique(),
    content: jsonb('content').notNull(),
    contentSha256: text('content_sha256').notNull(),
    issuedAt: instant('issued_at').notNull(),
  },
  (table) => [index().on(table.bookingId)],
);
