import { index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Append-only; a trigger forbids update and delete. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: text('id').primaryKey(),
    happenedAt: instant('happened_at').notNull(),
    actor: jsonb('actor').notNull(),
    action: text('action').notNull(),
    subjectId: text('subject_id').notNull(),
    before: jsonb('before'),
    after: jsonb('after'),
    requestId: text('request_id'),
  },
  (table) => [index().on(table.subjectId, table.happenedAt)],
);
