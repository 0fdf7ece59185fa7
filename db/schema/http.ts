import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { versionedJson, instant } from './columns.ts';

/** First answers of POST requests that carried an Idempotency-Key; `status` is null while one runs. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** Whose key it is: an account, or the client address of a stranger. */
    owner: text('owner').notNull(),
    key: text('key').notNull(),
    requestSha256: text('request_sha256').notNull(),
    status: integer('status'),
    body: versionedJson('body', z.record(z.string(), z.unknown())),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.owner, table.key] }), index().on(table.createdAt)],
);
