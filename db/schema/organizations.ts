import { sql } from 'drizzle-orm';
import { index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { instant } from './columns.ts';
import { venues } from './venues.ts';

/** Whoever books: a body, or a single person (`individual`). */
export const organizations = pgTable('organizations', {
  id: text('id').primaryKey(),
  kind: text('kind', { enum: ['organization', 'individual'] }).notNull(),
  name: text('name').notNull(),
  nameKana: text('name_kana'),
  contactName: text('contact_name').notNull(),
  phone: text('phone').notNull(),
  /** Nobody writes to a caller who gave none. */
  email: text('email'),
  postalCode: text('postal_code'),
  address: text('address'),
  /** 宛名 of papers about money; the name where none is given. */
  addressee: text('addressee'),
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

/** No new bookings for this organizer at a venue, as a person decided; lifted by a person, too. */
export const organizationBlocks = pgTable(
  'organization_blocks',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id),
    venueId: text('venue_id')
      .notNull()
      .references(() => venues.id),
    reason: text('reason').notNull(),
    blockedByAccountId: text('blocked_by_account_id').references(() => accounts.id),
    blockedAt: instant('blocked_at').notNull(),
    liftedByAccountId: text('lifted_by_account_id').references(() => accounts.id),
    liftedAt: instant('lifted_at'),
  },
  (table) => [
    uniqueIndex('organization_blocks_one_live')
      .on(table.organizationId, table.venueId)
      .where(sql`${table.liftedAt} is null`),
  ],
);
