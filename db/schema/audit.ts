import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { actorSchema } from '#api/shared/actor.ts';
import { versionedJson, instant, anyJson } from './columns.ts';

/** Append-only; a trigger forbids update and delete. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: text('id').primaryKey(),
    happenedAt: instant('happened_at').notNull(),
    actor: versionedJson('actor', actorSchema).notNull(),
    action: text('action').notNull(),
    subjectId: text('subject_id').notNull(),
    before: anyJson('before'),
    after: anyJson('after'),
    requestId: text('request_id'),
  },
  (table) => [index().on(table.subjectId, table.happenedAt)],
);
