import { boolean, integer, pgTable, text } from 'drizzle-orm/pg-core';
import type { Settlement } from '#api/settlements/rules.ts';
import { settledSchema } from '#api/settlements/schema.ts';
import { accounts } from './accounts.ts';
import { bookings } from './bookings.ts';
import { versionedJson, instant } from './columns.ts';

/** What is owed or given back after the event (精算), beside the fee. */
export const settlements = pgTable('settlements', {
  id: text('id').primaryKey(),
  bookingId: text('booking_id')
    .notNull()
    .unique()
    .references(() => bookings.id),
  state: text('state', { enum: ['draft', 'settled'] }).notNull(),
  /** Lines with their reasons; frozen once settled (trigger). */
  content: versionedJson<Settlement>('content', settledSchema).notNull(),
  totalYen: integer('total_yen').notNull(),
  taxYen: integer('tax_yen').notNull(),
  isProvisional: boolean('is_provisional').notNull(),
  madeByAccountId: text('made_by_account_id').references(() => accounts.id),
  settledByAccountId: text('settled_by_account_id').references(() => accounts.id),
  settledAt: instant('settled_at'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});
