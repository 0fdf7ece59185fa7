import { customType, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { instant } from './columns.ts';

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
});

/** Something somebody uploaded; its bytes stand apart so that lists stay small. */
export const files = pgTable(
  'files',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: ['floor_plan', 'notice', 'other'] }).notNull(),
    /** What the file belongs to, by its id. */
    subjectId: text('subject_id').notNull(),
    name: text('name').notNull(),
    mediaType: text('media_type').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    sha256: text('sha256').notNull(),
    uploadedByAccountId: text('uploaded_by_account_id').references(() => accounts.id),
    createdAt: instant('created_at').notNull(),
    removedAt: instant('removed_at'),
  },
  (table) => [index().on(table.subjectId)],
);

export const fileContents = pgTable('file_contents', {
  fileId: text('file_id')
    .primaryKey()
    .references(() => files.id),
  bytes: bytes('bytes').notNull(),
});
