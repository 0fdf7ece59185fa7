import { boolean, index, pgTable, text } from 'drizzle-orm/pg-core';
import { organizations } from './organizations.ts';
import { venues } from './venues.ts';

/**
 * Who owes what for one subject. It bears the id of its subject: there is one for each, and its money needs
 * no look to say whose it is. The subject's own table keeps it up to date (trigger).
 */
export const billingAccounts = pgTable(
  'billing_accounts',
  {
    id: text('id').primaryKey(),
    subjectKind: text('subject_kind', { enum: ['booking'] }).notNull(),
    /** In whose books its money stands. */
    venueId: text('venue_id')
      .notNull()
      .references(() => venues.id),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id),
    /** What people quote on the phone. */
    number: text('number').notNull().unique(),
    title: text('title').notNull(),
    /** `proposed`: nothing is owed yet; `agreed`: its price is; `ended`: only what stands charged. */
    stage: text('stage', { enum: ['proposed', 'agreed', 'ended'] }).notNull(),
    /** Its price holds a figure the operator has not published. */
    isProvisional: boolean('is_provisional').notNull(),
  },
  (table) => [index().on(table.organizationId), index().on(table.venueId)],
);
