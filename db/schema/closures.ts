import { jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { consents } from './amendments.ts';
import { bookings } from './bookings.ts';
import { instant } from './columns.ts';
import { closures } from './slots.ts';

/** What a closure did to a booking in its way, kept so that it can be undone. */
export const closureEffects = pgTable(
  'closure_effects',
  {
    id: text('id').primaryKey(),
    closureId: text('closure_id')
      .notNull()
      .references(() => closures.id),
    bookingId: text('booking_id')
      .notNull()
      .references(() => bookings.id),
    decision: text('decision', { enum: ['move', 'cancel'] }).notNull(),
    consentId: text('consent_id').references(() => consents.id),
    before: jsonb('before').notNull(),
    after: jsonb('after').notNull(),
    createdAt: instant('created_at').notNull(),
    undoneAt: instant('undone_at'),
  },
  (table) => [unique().on(table.closureId, table.bookingId)],
);
