import { sql } from 'drizzle-orm';
import { check, date, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { actorSchema } from '#api/shared/actor.ts';
import { billingAccounts } from './billing_accounts.ts';
import { versionedJson, instant } from './columns.ts';
import { charges, paymentAttempts } from './payments.ts';
import { venues } from './venues.ts';

/** Money that has reached us. Nothing of it is edited; what it pays for is said by allocations. */
export const payments = pgTable(
  'payments',
  {
    id: text('id').primaryKey(),
    venueId: text('venue_id')
      .notNull()
      .references(() => venues.id),
    method: text('method', {
      enum: ['card', 'konbini', 'bank_transfer', 'cash', 'slip'],
    }).notNull(),
    amountYen: integer('amount_yen').notNull(),
    attemptId: text('attempt_id')
      .unique()
      .references(() => paymentAttempts.id),
    /** The fact that brought it, so that it is recorded once: `received:pat_…`, `bank_line:bln_…`. */
    cause: text('cause').notNull().unique(),
    payerName: text('payer_name'),
    paidVia: text('paid_via'),
    receivedAt: instant('received_at').notNull(),
    actor: versionedJson('actor', actorSchema).notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index().on(table.venueId, table.receivedAt),
    check('payments_positive', sql`${table.amountYen} > 0`),
  ],
);

/** What a payment pays for; taken back by a row of its own with the amount negated. */
export const allocations = pgTable(
  'allocations',
  {
    id: text('id').primaryKey(),
    paymentId: text('payment_id')
      .notNull()
      .references(() => payments.id),
    billingAccountId: text('billing_account_id')
      .notNull()
      .references(() => billingAccounts.id),
    amountYen: integer('amount_yen').notNull(),
    reversesId: text('reverses_id').unique(),
    actor: versionedJson('actor', actorSchema).notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index().on(table.paymentId),
    index().on(table.billingAccountId),
    check(
      'allocations_signed',
      sql`(${table.reversesId} is null) = (${table.amountYen} > 0) and ${table.amountYen} <> 0`,
    ),
  ],
);

/**
 * Append-only ledger: what is owed to us grows with positive amounts. Rows without a billing account are the
 * pot of money that belongs to nobody yet. Balances are sums of `amount_yen`.
 */
export const moneyEvents = pgTable(
  'money_events',
  {
    id: text('id').primaryKey(),
    venueId: text('venue_id')
      .notNull()
      .references(() => venues.id),
    billingAccountId: text('billing_account_id').references(() => billingAccounts.id),
    chargeId: text('charge_id').references(() => charges.id),
    attemptId: text('attempt_id').references(() => paymentAttempts.id),
    paymentId: text('payment_id').references(() => payments.id),
    refundId: text('refund_id'),
    kind: text('kind', {
      enum: [
        'charged',
        'charge_reduced',
        'charge_reversed',
        'rebated',
        'written_off',
        'received',
        'allocated',
        'returned',
        'return_bounced',
        'dispute_withdrawn',
        'dispute_reinstated',
      ],
    }).notNull(),
    amountYen: integer('amount_yen').notNull(),
    /** The fact this event records, so that it is recorded once: `received:pat_…`. */
    cause: text('cause').notNull().unique(),
    actor: versionedJson('actor', actorSchema).notNull(),
    happenedAt: instant('happened_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    /** The day of the books (Japan): that of recording, or the first open one after it (trigger). */
    bookedOn: date('booked_on', { mode: 'string' }).notNull(),
  },
  (table) => [
    index().on(table.billingAccountId),
    index().on(table.happenedAt),
    index().on(table.paymentId),
    index().on(table.venueId, table.bookedOn),
  ],
);
