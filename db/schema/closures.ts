import { pgTable, text, unique } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { takenBackSchema } from '#api/bookings/schema/stored.ts';
import { consents } from './amendments.ts';
import { bookings } from './bookings.ts';
import { versionedJson, instant } from './columns.ts';
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
    before: versionedJson('before', takenBackSchema).notNull(),
    after: versionedJson('after', z.object({ version: z.int() })).notNull(),
    createdAt: instant('created_at').notNull(),
    undoneAt: instant('undone_at'),
  },
  (table) => [unique().on(table.closureId, table.bookingId)],
);
