import { isDeepStrictEqual } from 'node:util';
import { listEntriesBySubject, recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { AppError } from '../../shared/error.ts';
import type { LettersDetail } from './issue.ts';

const action = 'documents.refuse_issue';

/** Why a paper was not issued, once for the same letters; the job itself tries again until they are mended. */
export const noteRefusal = async (context: Context, error: unknown): Promise<void> => {
  if (!(error instanceof AppError) || error.code !== 'documents.letters_missing') return;
  const { letters, subjectId } = error.options.detail as LettersDetail;
  const after = { letters, text: error.options.params?.['text'] };
  const known = await listEntriesBySubject(context.database.db, subjectId);
  if (known.some((entry) => entry.action === action && isDeepStrictEqual(entry.after, after)))
    return;
  await context.transact((tx) => recordAudit(tx, context, { action, subjectId, after }));
};
