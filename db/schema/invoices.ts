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
import { z } from 'zod';
import type { QuoteTax } from '#api/fees/rules/quote.ts';
import { quoteTaxSchema } from '#api/fees/schema.ts';
import { accounts } from './accounts.ts';
import { versionedJson, instant } from './columns.ts';
import { organizations } from './organizations.ts';
import { charges } from './payments.ts';
import { venues } from './venues.ts';

/** One request for payment over charges of many bookings of one organizer (合算請求). */
export const invoices = pgTable(
  'invoices',
  {
    id: text('id').primaryKey(),
    venueId: text('venue_id')
      .notNull()
      .references(() => venues.id),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id),
    totalYen: integer('total_yen').notNull(),
    /** Per rate: what it is taken from, and the tax, rounded once. */
    taxes: versionedJson<readonly QuoteTax[]>('taxes', z.array(quoteTaxSchema)).notNull(),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    madeByAccountId: text('made_by_account_id').references(() => accounts.id),
    createdAt: instant('created_at').notNull(),
    voidedAt: instant('voided_at'),
  },
  (table) => [index().on(table.organizationId)],
);

export const invoiceCharges = pgTable(
  'invoice_charges',
  {
    invoiceId: text('invoice_id')
      .notNull()
      .references(() => invoices.id),
    chargeId: text('charge_id')
      .notNull()
      .references(() => charges.id),
    amountYen: integer('amount_yen').notNull(),
    isLive: boolean('is_live').notNull().default(true),
  },
  (table) => [
    primaryKey({ columns: [table.invoiceId, table.chargeId] }),
    uniqueIndex('invoice_charges_once')
      .on(table.chargeId)
      .where(sql`${table.isLive}`),
  ],
);
