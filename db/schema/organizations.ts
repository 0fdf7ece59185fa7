import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { instant } from './columns.ts';

/** Whoever books: a body, or a single person (`individual`). */
export const organizations = pgTable('organizations', {
  id: text('id').primaryKey(),
  kind: text('kind', { enum: ['organization', 'individual'] }).notNull(),
  name: text('name').notNull(),
  nameKana: text('name_kana'),
  contactName: text('contact_name').notNull(),
  phone: text('phone').notNull(),
  email: text('email').notNull(),
  postalCode: text('postal_code'),
  address: text('address'),
  /** 中小企業者等 (Corasse): declared by the organizer, confirmed by the desk. */
  smeStatus: text('sme_status', { enum: ['none', 'declared', 'confirmed'] })
    .notNull()
    .default('none'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export const organizationMembers = pgTable(
  'organization_members',
  {
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    joinedAt: instant('joined_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.accountId] }),
    index().on(table.accountId),
  ],
);
