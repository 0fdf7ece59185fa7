import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { storedPayeeSchema } from '#api/refunds/schema.ts';
import { accounts } from './accounts.ts';
import { billingAccounts } from './billing_accounts.ts';
import { versionedJson, instant, publication } from './columns.ts';
import { payments } from './ledgers.ts';
import { venues } from './venues.ts';

const venueId = () =>
  text('venue_id')
    .notNull()
    .references(() => venues.id);

/** Money to be returned. Who asks for it never approves it; a payment is never returned twice (trigger). */
export const refunds = pgTable(
  'refunds',
  {
    id: text('id').primaryKey(),
    venueId: venueId(),
    paymentId: text('payment_id')
      .notNull()
      .references(() => payments.id),
    /** Absent for money that never was anybody's. */
    billingAccountId: text('billing_account_id').references(() => billingAccounts.id),
    amountYen: integer('amount_yen').notNull(),
    reason: text('reason', {
      enum: [
        'cancellation',
        'overpaid',
        'reduction',
        'released',
        'unmatched',
        'mistake',
        'at_stripe',
      ],
    }).notNull(),
    note: text('note'),
    /** What goes back beyond what was paid too much comes off the charge as well: no debt arises. */
    reducesCharge: boolean('reduces_charge').notNull().default(false),
    route: text('route', { enum: ['stripe', 'bank', 'cash'] }).notNull(),
    state: text('state', {
      enum: [
        'proposed',
        'approved',
        'awaiting_customer',
        'processing',
        'done',
        'failed',
        'paid_out',
        'rejected',
        'cancelled',
      ],
    }).notNull(),
    /** The fact that asks for it, where the house did: `cancellation:bkg_…:pay_…`. */
    cause: text('cause').unique(),
    stripeRefundId: text('stripe_refund_id').unique(),
    failureCode: text('failure_code'),
    /** Until when the customer may name an account (konbini, bank transfer). */
    expiresAt: instant('expires_at'),
    /** The account the money goes to, where we pay it out ourselves. */
    payee: versionedJson('payee', storedPayeeSchema),
    /** Null: the house, by a rule. */
    requestedByAccountId: text('requested_by_account_id').references(() => accounts.id),
    decidedByAccountId: text('decided_by_account_id').references(() => accounts.id),
    decidedAt: instant('decided_at'),
    decisionReason: text('decision_reason'),
    paidOutByAccountId: text('paid_out_by_account_id').references(() => accounts.id),
    finishedAt: instant('finished_at'),
    version: integer('version').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    index().on(table.billingAccountId),
    index().on(table.paymentId),
    index().on(table.venueId, table.state),
    check(
      'refunds_reduce_of_account',
      sql`not ${table.reducesCharge} or ${table.billingAccountId} is not null`,
    ),
    check('refunds_positive', sql`${table.amountYen} > 0`),
    check(
      'refunds_by_two',
      sql`${table.decidedByAccountId} is null or ${table.requestedByAccountId} is null
        or ${table.decidedByAccountId} <> ${table.requestedByAccountId}`,
    ),
  ],
);

/** A debt given up (不納欠損), decided by another than who asked. */
export const writeOffs = pgTable(
  'write_offs',
  {
    id: text('id').primaryKey(),
    venueId: venueId(),
    billingAccountId: text('billing_account_id')
      .notNull()
      .references(() => billingAccounts.id),
    amountYen: integer('amount_yen').notNull(),
    reason: text('reason').notNull(),
    state: text('state', { enum: ['proposed', 'approved', 'rejected'] }).notNull(),
    requestedByAccountId: text('requested_by_account_id')
      .notNull()
      .references(() => accounts.id),
    decidedByAccountId: text('decided_by_account_id').references(() => accounts.id),
    decidedAt: instant('decided_at'),
    decisionReason: text('decision_reason'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index().on(table.billingAccountId),
    check('write_offs_positive', sql`${table.amountYen} > 0`),
    check(
      'write_offs_by_two',
      sql`${table.decidedByAccountId} is null
        or ${table.decidedByAccountId} <> ${table.requestedByAccountId}`,
    ),
  ],
);

/** Up to how much a role may decide: over what another asked for, or alone what a payment leaves owed. */
export const moneyLimits = pgTable(
  'money_limits',
  {
    venueId: venueId(),
    deed: text('deed', { enum: ['refund', 'write_off', 'rebate'] }).notNull(),
    role: text('role', { enum: ['desk', 'manager', 'finance', 'administrator'] }).notNull(),
    yenMost: integer('yen_most').notNull(),
    publication: publication(),
    source: text('source').notNull(),
  },
  (table) => [primaryKey({ columns: [table.venueId, table.deed, table.role] })],
);
