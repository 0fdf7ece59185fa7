import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { accounts } from '#db/schema/accounts.ts';
import { fileContents, files } from '#db/schema/files.ts';

export type FileRow = typeof files.$inferSelect;

const isKept = (subjectId: string) => and(eq(files.subjectId, subjectId), isNull(files.removedAt));

/** Oldest first. */
export const listFilesBySubject = (db: Queryable, subjectId: string) =>
  db
    .select({
      id: files.id,
      kind: files.kind,
      name: files.name,
      mediaType: files.mediaType,
      sizeBytes: files.sizeBytes,
      uploadedByName: accounts.name,
      createdAt: files.createdAt,
    })
    .from(files)
    .leftJoin(accounts, eq(accounts.id, files.uploadedByAccountId))
    .where(isKept(subjectId))
    .orderBy(asc(files.createdAt), asc(files.id));

/** The files of one subject are counted one after another. */
export const countFilesLocked = async (tx: Queryable, subjectId: string): Promise<number> => {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`files ${subjectId}`}, 0))`);
  const [row] = await tx
    .select({ kept: sql<number>`count(*)::int` })
    .from(files)
    .where(isKept(subjectId));
  return row!.kept;
};

export const insertFile = async (tx: Queryable, row: FileRow, bytes: Uint8Array): Promise<void> => {
  await tx.insert(files).values(row);
  await tx.insert(fileContents).values({ fileId: row.id, bytes });
};

export const findOptionalFile = async (
  db: Queryable,
  subjectId: string,
  fileId: string,
): Promise<FileRow | undefined> => {
  const [row] = await db
    .select()
    .from(files)
    .where(and(eq(files.id, fileId), isKept(subjectId)));
  return row;
};

export const findBytes = async (db: Queryable, fileId: string): Promise<Uint8Array> => {
  const [row] = await db
    .select({ bytes: fileContents.bytes })
    .from(fileContents)
    .where(eq(fileContents.fileId, fileId));
  return row!.bytes;
};

/** The row stays as a trace; the bytes go. */
export const removeFile = async (tx: Queryable, fileId: string, now: Date): Promise<void> => {
  await tx.update(files).set({ removedAt: now }).where(eq(files.id, fileId));
  await tx.delete(fileContents).where(eq(fileContents.fileId, fileId));
};
