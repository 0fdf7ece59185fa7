import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { accessLinks } from './access_links.ts';
import { accounts } from './accounts.ts';
import { organizations } from './organizations.ts';

/** Somebody was asked by letter to act for an organization; the link says who, and until when. */
export const invitations = pgTable(
  'invitations',
  {
    linkId: text('link_id')
      .primaryKey()
      .references(() => accessLinks.id, { onDelete: 'cascade' }),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id),
    invitedByAccountId: text('invited_by_account_id').references(() => accounts.id),
  },
  (table) => [index().on(table.organizationId)],
);
