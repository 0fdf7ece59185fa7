import { desc, eq } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { auditEntries } from '#db/schema/audit.ts';

export const insertAuditEntry = async (tx: Queryable, entry: typeof auditEntries.$inferInsert) => {
  await tx.insert(auditEntries).values(entry);
};

/** Newest first. */
export const listEntriesBySubject = (db: Queryable, subjectId: string) =>
  db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.subjectId, subjectId))
    .orderBy(desc(auditEntries.happenedAt), desc(auditEntries.id))
    .limit(200);
