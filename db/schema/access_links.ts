import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { instant } from './columns.ts';

/** A link that was mailed to an address, for its reader alone. */
export const accessLinks = pgTable(
  'access_links',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    purpose: text('purpose', { enum: ['confirm', 'reset', 'invite', 'join'] }).notNull(),
    tokenSha256: text('token_sha256').notNull().unique(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** Used, or void because another was. */
    endedAt: instant('ended_at'),
  },
  (table) => [index().on(table.accountId)],
);
