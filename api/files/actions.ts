import { createHash } from 'node:crypto';
import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../audit/actions.ts';
import type { Context } from '../context.ts';
import { orThrow } from '../shared/result.ts';
import { fileErrors } from './errors.ts';
import { decideUpload } from './rules.ts';
import type { Upload } from './schema.ts';
import {
  countFilesLocked,
  findBytes,
  findOptionalFile,
  insertFile,
  removeFile,
  type FileRow,
} from './store.ts';

/**
 * Keeps what somebody uploaded for a subject; whether they may is the caller's to know.
 * @throws files.empty, files.too_large, files.too_many, files.wrong_type
 */
export const keepFile = async (
  tx: Transaction,
  context: Context,
  upload: Upload & { readonly subjectId: string; readonly bytes: Uint8Array },
): Promise<FileRow> => {
  const { bytes, ...said } = upload;
  const mediaType = orThrow(decideUpload(bytes, await countFilesLocked(tx, upload.subjectId)));
  const row: FileRow = {
    ...said,
    id: context.newId('file'),
    mediaType,
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    uploadedByAccountId: 'accountId' in context.actor ? context.actor.accountId : null,
    createdAt: context.now(),
    removedAt: null,
  };
  await insertFile(tx, row, bytes);
  await recordAudit(tx, context, {
    action: 'files.keep',
    subjectId: upload.subjectId,
    after: row,
  });
  return row;
};

/** @throws files.unknown */
export const readFile = async (context: Context, subjectId: string, fileId: string) => {
  const file = await findOptionalFile(context.reads, subjectId, fileId);
  if (!file) throw fileErrors.unknown();
  return { file, bytes: await findBytes(context.reads, fileId) };
};

/** @throws files.unknown */
export const dropFile = async (
  tx: Transaction,
  context: Context,
  subjectId: string,
  fileId: string,
): Promise<void> => {
  const file = await findOptionalFile(tx, subjectId, fileId);
  if (!file) throw fileErrors.unknown();
  await removeFile(tx, fileId, context.now());
  await recordAudit(tx, context, { action: 'files.drop', subjectId, before: file });
};

export { listFilesBySubject } from './store.ts';
