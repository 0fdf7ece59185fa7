import { sql } from 'drizzle-orm';
import {
  boolean,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { billingAccounts } from './billing_accounts.ts';
import { instant, publication } from './columns.ts';
import { organizationBlocks } from './organizations.ts';
import { charges } from './payments.ts';
import { venues } from './venues.ts';

const venueId = () =>
  text('venue_id')
    .notNull()
    .references(() => venues.id);

/** How a charge is paid in parts at a venue: the last part is what remains. */
export const instalmentTerms = pgTable(
  'instalment_terms',
  {
    venueId: venueId(),
    roomClass: text('room_class', {
      enum: ['exhibition', 'convention', 'hall', 'meeting', 'outdoor'],
    }).notNull(),
    position: integer('position').notNull(),
    shareBp: integer('share_bp').notNull(),
    /** Days after approval, or before the first use. */
    dueFrom: text('due_from', { enum: ['approval', 'first_use'] }).notNull(),
    dueCount: integer('due_count').notNull(),
    dueUnit: text('due_unit', { enum: ['day', 'month'] }).notNull(),
    /** Smaller charges are paid at once. */
    yenLeast: integer('yen_least').notNull(),
    publication: publication(),
    source: text('source').notNull(),
  },
  (table) => [primaryKey({ columns: [table.venueId, table.roomClass, table.position] })],
);

/** When a debt is reminded of: level 0 before its day, level 1 … after it. */
export const dunningLevels = pgTable(
  'dunning_levels',
  {
    venueId: venueId(),
    level: integer('level').notNull(),
    /** Negative: before the day. */
    daysAfterDue: integer('days_after_due').notNull(),
    nameJa: text('name_ja').notNull(),
    nameEn: text('name_en').notNull(),
    /** A paper besides the mail. */
    sendsLetter: boolean('sends_letter').notNull(),
    /** A person is asked whether new bookings are to be refused. */
    proposesBlock: boolean('proposes_block').notNull(),
    /** Who owes less in all is not written to. */
    yenLeast: integer('yen_least').notNull().default(0),
    publication: publication(),
    source: text('source').notNull(),
  },
  (table) => [primaryKey({ columns: [table.venueId, table.level] })],
);

/** A reminder or dunning letter that left. */
export const dunnings = pgTable(
  'dunnings',
  {
    id: text('id').primaryKey(),
    billingAccountId: text('billing_account_id')
      .notNull()
      .references(() => billingAccounts.id),
    chargeId: text('charge_id')
      .notNull()
      .references(() => charges.id),
    level: integer('level').notNull(),
    /** The day that was missed. */
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    overdueYen: integer('overdue_yen').notNull(),
    /** One level of one missed day is sent once. */
    cause: text('cause').notNull().unique(),
    sentAt: instant('sent_at').notNull(),
    sentByAccountId: text('sent_by_account_id').references(() => accounts.id),
  },
  (table) => [index().on(table.billingAccountId)],
);

/** No dunning for now, as a person decided and why; ended by a person, too. */
export const dunningPauses = pgTable(
  'dunning_pauses',
  {
    id: text('id').primaryKey(),
    billingAccountId: text('billing_account_id')
      .notNull()
      .references(() => billingAccounts.id),
    reason: text('reason').notNull(),
    pausedByAccountId: text('paused_by_account_id')
      .notNull()
      .references(() => accounts.id),
    pausedAt: instant('paused_at').notNull(),
    resumedByAccountId: text('resumed_by_account_id').references(() => accounts.id),
    resumedAt: instant('resumed_at'),
  },
  (table) => [
    uniqueIndex('dunning_pauses_one_live')
      .on(table.billingAccountId)
      .where(sql`${table.resumedAt} is null`),
  ],
);

/** What a person decided where a dunning proposed to take no new bookings; none without it: not now. */
export const blockDecisions = pgTable('block_decisions', {
  dunningId: text('dunning_id')
    .primaryKey()
    .references(() => dunnings.id),
  blockId: text('block_id').references(() => organizationBlocks.id),
  reason: text('reason').notNull(),
  decidedByAccountId: text('decided_by_account_id')
    .notNull()
    .references(() => accounts.id),
  decidedAt: instant('decided_at').notNull(),
});
