import { date, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { BookTotals } from '#api/closings/rules/closing.ts';
import { totalsSchema } from '#api/closings/schema.ts';
import { accounts } from './accounts.ts';
import { versionedJson, instant, publication } from './columns.ts';
import { venues } from './venues.ts';

const venueId = () =>
  text('venue_id')
    .notNull()
    .references(() => venues.id);

/** The books of a day or month are shut: no money event is booked there any more (trigger). */
export const closings = pgTable(
  'closings',
  {
    id: text('id').primaryKey(),
    venueId: venueId(),
    period: text('period', { enum: ['day', 'month'] }).notNull(),
    startsOn: date('starts_on', { mode: 'string' }).notNull(),
    endsOn: date('ends_on', { mode: 'string' }).notNull(),
    /** Sums per kind and method as they were; they re-add from the events. */
    totals: versionedJson<BookTotals>('totals', totalsSchema).notNull(),
    closedByAccountId: text('closed_by_account_id').references(() => accounts.id),
    closedAt: instant('closed_at').notNull(),
  },
  (table) => [unique().on(table.venueId, table.period, table.startsOn)],
);

/** Which accounts and tax code an entry of the journal bears; per venue, changed by administrators. */
export const journalAccounts = pgTable(
  'journal_accounts',
  {
    venueId: venueId(),
    entry: text('entry').notNull(),
    debitCode: text('debit_code').notNull(),
    debitName: text('debit_name').notNull(),
    creditCode: text('credit_code').notNull(),
    creditName: text('credit_name').notNull(),
    taxCode: text('tax_code').notNull(),
    publication: publication(),
    source: text('source').notNull(),
  },
  (table) => [primaryKey({ columns: [table.venueId, table.entry] })],
);
