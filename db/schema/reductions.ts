import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { bookings } from './bookings.ts';
import { instant } from './columns.ts';

/** An application for a reduced fee (減免申請) and its decision. */
export const reductionApplications = pgTable(
  'reduction_applications',
  {
    id: text('id').primaryKey(),
    bookingId: text('booking_id')
      .notNull()
      .references(() => bookings.id),
    groundCode: text('ground_code').notNull(),
    /** The ground's rate when it was applied for. */
    reducedBp: integer('reduced_bp').notNull(),
    explanation: text('explanation').notNull(),
    state: text('state', { enum: ['applied', 'approved', 'refused', 'withdrawn'] }).notNull(),
    decisionReason: text('decision_reason'),
    decidedAt: instant('decided_at'),
    decidedByAccountId: text('decided_by_account_id').references(() => accounts.id),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index().on(table.bookingId),
    uniqueIndex('reduction_applications_one_live')
      .on(table.bookingId)
      .where(sql`state in ('applied', 'approved')`),
  ],
);
