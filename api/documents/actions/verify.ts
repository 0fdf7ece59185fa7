import { recordAudit } from '../../audit/actions.ts';
import { accountErrors } from '../../accounts/errors.ts';
import type { Context } from '../../context.ts';
import { hasRole, type StaffRole } from '../../shared/actor.ts';
import type { VenueId } from '../../shared/ids.ts';
import { dayOf } from '../../shared/time.ts';
import { documentErrors } from '../errors.ts';
import { cleanCode, publicFactsOf, standingOf } from '../rules/verification.ts';
import {
  findOptionalDocumentByCode,
  findReplacement,
  insertReissue,
  listReissues,
  lockDocument,
} from '../store/documents.ts';
import { findFate } from '../store/fates.ts';
import { findVisibleDocument, untouchedContent } from './read.ts';

/** What anybody who holds a paper may ask: whether it is ours, and whether it still holds. */
export const verifyDocument = async (context: Context, typed: string) => {
  const paper = await findOptionalDocumentByCode(context.reads, cleanCode(typed));
  if (!paper) throw documentErrors.unknown_code();
  const content = untouchedContent(paper);
  const fate = await findFate(context.reads, paper);
  const validUntil = content.validUntil ?? null;
  const reissues = await listReissues(context.reads, [paper.id]);
  return {
    ...publicFactsOf(content),
    standing: standingOf({ ...fate, validUntil }, dayOf(context.now())),
    replacedBy: fate.replacedBy,
    reissuedCount: reissues.length,
  };
};

const reissuers: readonly StaffRole[] = ['desk', 'finance', 'manager'];

/** Hands a paper out again: the original stays, the new print says 再発行 and its day. */
export const reissueDocument = async (
  context: Context,
  documentId: string,
  reason: string,
): Promise<number> => {
  const paper = await findVisibleDocument(context, documentId);
  if (!hasRole(context.actor, paper.venueId as VenueId, reissuers)) throw accountErrors.forbidden();
  return context.transact(async (tx) => {
    await lockDocument(tx, documentId);
    if ((await findReplacement(tx, documentId)) !== null) throw documentErrors.does_not_hold();
    const position = (await listReissues(tx, [documentId])).length + 1;
    const reissue = {
      id: context.newId('document_reissue'),
      documentId,
      position,
      reason,
      actor: context.actor,
      reissuedAt: context.now(),
    };
    await insertReissue(tx, reissue);
    await recordAudit(tx, context, {
      action: 'documents.reissue',
      subjectId: paper.bookingId ?? documentId,
      after: { documentId, number: paper.number, position, reason },
    });
    return position;
  });
};
