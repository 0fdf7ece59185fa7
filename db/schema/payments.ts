import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { bookings } from './bookings.ts';
import { instant } from './columns.ts';

/** What is owed for a booking, made at approval. */
export const charges = pgTable(
  'charges',
  {
    id: text('id').primaryKey(),
    bookingId: text('booking_id')
      .notNull()
      .references(() => bookings.id),
    amountYen: integer('amount_yen').notNull(),
    taxYen: integer('tax_yen').notNull(),
    isProvisional: boolean('is_provisional').notNull(),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    createdAt: instant('created_at').notNull(),
    reversedAt: instant('reversed_at'),
  },
  (table) => [
    index().on(table.bookingId),
    check('charges_not_negative', sql`${table.amountYen} >= 0`),
  ],
);

/** One try to pay a charge. Confirmed money wins from any state. */
export const paymentAttempts = pgTable(
  'payment_attempts',
  {
    id: text('id').primaryKey(),
    chargeId: text('charge_id')
      .notNull()
      .references(() => charges.id),
    bookingId: text('booking_id')
      .notNull()
      .references(() => bookings.id),
    method: text('method', { enum: ['card', 'konbini', 'bank_transfer', 'cash'] }).notNull(),
    state: text('state', {
      enum: ['created', 'pending', 'confirmed', 'failed', 'cancel_requested', 'cancelled'],
    }).notNull(),
    amountYen: integer('amount_yen').notNull(),
    stripePaymentIntentId: text('stripe_payment_intent_id').unique(),
    /** Store codes, voucher URL and expiry as Stripe gave them (konbini). */
    voucher: jsonb('voucher'),
    expiresAt: instant('expires_at'),
    confirmedAt: instant('confirmed_at'),
    failureCode: text('failure_code'),
    /** Store chain, card brand, or who took the cash: printed on the receipt. */
    paidVia: text('paid_via'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    index().on(table.bookingId),
    uniqueIndex('payment_attempts_one_live')
      .on(table.chargeId)
      .where(sql`state in ('created', 'pending', 'cancel_requested')`),
    check('payment_attempts_positive', sql`${table.amountYen} > 0`),
  ],
);

/** Append-only ledger; balances are sums of `amount_yen` (owed is positive, received negative). */
export const moneyEvents = pgTable(
  'money_events',
  {
    id: text('id').primaryKey(),
    bookingId: text('booking_id')
      .notNull()
      .references(() => bookings.id),
    chargeId: text('charge_id').references(() => charges.id),
    attemptId: text('attempt_id').references(() => paymentAttempts.id),
    kind: text('kind', { enum: ['charged', 'charge_reversed', 'received', 'returned'] }).notNull(),
    amountYen: integer('amount_yen').notNull(),
    /** The fact this event records, so that it is recorded once: `received:pat_…`. */
    cause: text('cause').notNull().unique(),
    actor: jsonb('actor').notNull(),
    happenedAt: instant('happened_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [index().on(table.bookingId), index().on(table.happenedAt)],
);

/** Webhooks as they arrived; the primary key makes a repeat harmless. */
export const stripeEvents = pgTable('stripe_events', {
  id: text('id').primaryKey(),
  type: text('type').notNull(),
  apiVersion: text('api_version'),
  payload: jsonb('payload').notNull(),
  receivedAt: instant('received_at').notNull(),
  processedAt: instant('processed_at'),
});
