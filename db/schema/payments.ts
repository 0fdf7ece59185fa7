import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { transferSchema, voucherSchema } from '#api/payments/schema.ts';
import { accounts } from './accounts.ts';
import { billingAccounts } from './billing_accounts.ts';
import { versionedJson, instant, publication, anyJson } from './columns.ts';
import { venues } from './venues.ts';

/** What is owed. */
export const charges = pgTable(
  'charges',
  {
    id: text('id').primaryKey(),
    billingAccountId: text('billing_account_id')
      .notNull()
      .references(() => billingAccounts.id),
    kind: text('kind', {
      enum: ['booking', 'amendment', 'settlement', 'cancellation', 'change'],
    })
      .notNull()
      .default('booking'),
    /** The fact charged for, so that it is charged once: `settlement:stl_…`. */
    cause: text('cause').unique(),
    amountYen: integer('amount_yen').notNull(),
    taxYen: integer('tax_yen').notNull(),
    /** 0: outside of the consumption tax, as what is kept of a cancelled use. */
    taxRateBp: integer('tax_rate_bp').notNull().default(1_000),
    isProvisional: boolean('is_provisional').notNull(),
    /** The last day to pay; a charge paid in parts has its days in `instalments`. */
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    createdAt: instant('created_at').notNull(),
    reversedAt: instant('reversed_at'),
  },
  (table) => [
    index().on(table.billingAccountId),
    check('charges_not_negative', sql`${table.amountYen} >= 0`),
  ],
);

/** A charge that is paid in parts: the sum of its parts is the charge as it was made. */
export const instalments = pgTable(
  'instalments',
  {
    chargeId: text('charge_id')
      .notNull()
      .references(() => charges.id),
    position: integer('position').notNull(),
    amountYen: integer('amount_yen').notNull(),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    /** The terms it was shared out by, as they were then. */
    publication: publication(),
    source: text('source').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.chargeId, table.position] }),
    check('instalments_positive', sql`${table.amountYen} > 0`),
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
    billingAccountId: text('billing_account_id')
      .notNull()
      .references(() => billingAccounts.id),
    method: text('method', {
      enum: ['card', 'konbini', 'bank_transfer', 'cash', 'slip'],
    }).notNull(),
    state: text('state', {
      enum: ['created', 'pending', 'confirmed', 'failed', 'cancel_requested', 'cancelled'],
    }).notNull(),
    amountYen: integer('amount_yen').notNull(),
    stripePaymentIntentId: text('stripe_payment_intent_id').unique(),
    /** Store codes, voucher URL and expiry as Stripe gave them (konbini). */
    voucher: versionedJson('voucher', voucherSchema),
    /** The account at a bank kept for it as Stripe gave it (bank_transfer). */
    transfer: versionedJson('transfer', transferSchema),
    /** What has reached that account so far; it counts as paid once it is whole. */
    fundedYen: integer('funded_yen').notNull().default(0),
    /** What was handed over at the desk, change and all (cash). */
    handedYen: integer('handed_yen'),
    /** When the payer was reminded of a voucher that is about to lapse. */
    remindedAt: instant('reminded_at'),
    expiresAt: instant('expires_at'),
    confirmedAt: instant('confirmed_at'),
    failureCode: text('failure_code'),
    /** Store chain, card brand, or who took the cash: printed on the receipt. */
    paidVia: text('paid_via'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    index().on(table.billingAccountId),
    uniqueIndex('payment_attempts_one_live')
      .on(table.chargeId)
      .where(sql`state in ('created', 'pending', 'cancel_requested')`),
    check(
      'payment_attempts_handed_enough',
      sql`${table.handedYen} is null
        or (${table.method} = 'cash' and ${table.handedYen} >= ${table.amountYen})`,
    ),
    check('payment_attempts_positive', sql`${table.amountYen} > 0`),
  ],
);

/** Webhooks as they arrived; the primary key makes a repeat harmless. */
export const stripeEvents = pgTable('stripe_events', {
  id: text('id').primaryKey(),
  type: text('type').notNull(),
  apiVersion: text('api_version'),
  payload: anyJson('payload').notNull(),
  receivedAt: instant('received_at').notNull(),
  processedAt: instant('processed_at'),
});

/** Customers at Stripe that stand for one billing account: no other's money can land there. */
export const stripeCustomers = pgTable(
  'stripe_customers',
  {
    stripeCustomerId: text('stripe_customer_id').primaryKey(),
    billingAccountId: text('billing_account_id')
      .notNull()
      .references(() => billingAccounts.id),
    createdAt: instant('created_at').notNull(),
    /** Since when no payment begins with it, because what stayed there is in the ledger already. */
    closedAt: instant('closed_at'),
  },
  (table) => [
    index().on(table.billingAccountId),
    uniqueIndex('stripe_customers_one_open')
      .on(table.billingAccountId)
      .where(sql`${table.closedAt} is null`),
  ],
);

/** What moved at Stripe without us, and who has looked at it. What Stripe said is frozen (trigger). */
export const stripeMovements = pgTable(
  'stripe_movements',
  {
    id: text('id').primaryKey(),
    kind: text('kind', {
      enum: ['dispute', 'refund', 'payment', 'cash', 'payout', 'other'],
    }).notNull(),
    stripeId: text('stripe_id').notNull().unique(),
    eventType: text('event_type').notNull(),
    /** Absent where it is of no payment of ours: then it is every venue's finance who looks. */
    venueId: text('venue_id').references(() => venues.id),
    billingAccountId: text('billing_account_id').references(() => billingAccounts.id),
    paymentId: text('payment_id'),
    amountYen: integer('amount_yen'),
    reason: text('reason'),
    status: text('status'),
    /** A dispute the bank of the payer has not decided: its payment is not refunded (trigger). */
    isOpen: boolean('is_open').notNull(),
    /** Until when Stripe takes our answer. */
    answerBy: instant('answer_by'),
    happenedAt: instant('happened_at').notNull(),
    changedAt: instant('changed_at').notNull(),
    lookedAt: instant('looked_at'),
    lookedByAccountId: text('looked_by_account_id').references(() => accounts.id),
    note: text('note'),
  },
  (table) => [index().on(table.paymentId), index().on(table.venueId, table.happenedAt)],
);
