import { sql } from 'drizzle-orm';
import { check, date, index, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { piecesSchema } from '#api/drawers/schema.ts';
import { accounts } from './accounts.ts';
import { versionedJson, instant } from './columns.ts';
import { venues } from './venues.ts';

const venueId = () =>
  text('venue_id')
    .notNull()
    .references(() => venues.id);

/** Cash put into the drawer or taken out, beside payments and refunds. Append-only (trigger). */
export const cashMovements = pgTable(
  'cash_movements',
  {
    id: text('id').primaryKey(),
    venueId: venueId(),
    kind: text('kind', { enum: ['float', 'banked', 'difference'] }).notNull(),
    /** Positive into the drawer. */
    amountYen: integer('amount_yen').notNull(),
    note: text('note').notNull(),
    accountId: text('account_id').references(() => accounts.id),
    movedAt: instant('moved_at').notNull(),
  },
  (table) => [index().on(table.venueId, table.movedAt)],
);

/** The drawer counted at the end of a day; a difference is explained. Append-only (trigger). */
export const drawerCounts = pgTable(
  'drawer_counts',
  {
    id: text('id').primaryKey(),
    venueId: venueId(),
    countedOn: date('counted_on', { mode: 'string' }).notNull(),
    expectedYen: integer('expected_yen').notNull(),
    countedYen: integer('counted_yen').notNull(),
    /** Pieces of each coin and note: `{"10000": 3, "1000": 12}`. */
    pieces: versionedJson('pieces', piecesSchema).notNull(),
    differenceReason: text('difference_reason'),
    countedByAccountId: text('counted_by_account_id').references(() => accounts.id),
    countedAt: instant('counted_at').notNull(),
  },
  (table) => [
    unique().on(table.venueId, table.countedOn),
    check(
      'drawer_counts_explained',
      sql`${table.countedYen} = ${table.expectedYen} or ${table.differenceReason} is not null`,
    ),
  ],
);
