import { accountErrors } from '../../accounts/errors.ts';
import type { Context } from '../../context.ts';
import { findRecipient, writeLetter } from '../../organizations/actions.ts';
import { hasRole, type StaffRole } from '../../shared/actor.ts';
import type { ErrorField } from '../../shared/error.ts';
import type { OrganizationId, VenueId } from '../../shared/ids.ts';
import { dayOf } from '../../shared/time.ts';
import { documentErrors } from '../errors.ts';
import { changesNothing, correctedOf, hasProviso, isCorrectable } from '../rules/corrections.ts';
import { correctedMail } from '../rules/mails.ts';
import { unprintableOf } from '../rules/print.ts';
import type { Correction } from '../schema.ts';
import { listBookingIdsOf, lockDocument, type Document } from '../store/documents.ts';
import { findFate } from '../store/fates.ts';
import { headedSubjectOf, keepPaper, lettersMissing } from './issue.ts';
import { findVisibleDocument, untouchedContent } from './read.ts';

const correctors: readonly StaffRole[] = ['desk', 'finance', 'manager'];

type Reason = 'letters_missing' | 'no_proviso' | 'nothing_to_correct';

const fieldOf = (path: string, reason: Reason): ErrorField => {
  const { ja, en } = documentErrors.catalogue.get(`documents.${reason}`)!;
  return { path, ja, en };
};

const refuseUnfit = ({ kind }: Document, { proviso }: Correction) => {
  if (!isCorrectable(kind)) throw documentErrors.not_correctable();
  if (proviso && !hasProviso(kind))
    throw documentErrors.no_proviso({ fields: [fieldOf('proviso', 'no_proviso')] });
};

/** Of a correction the letters are named at the box they were typed into. */
const refuseUnprintable = (
  context: Context,
  typed: Correction,
  { content, subjectId }: { content: Document['content']; subjectId: string },
) => {
  const [first] = unprintableOf(content, context.findMissingLetters);
  if (!first) return;
  const path = first.path === 'opening' && typed.proviso ? 'proviso' : 'addressee';
  throw lettersMissing(first, { path, subjectId });
};

/**
 * 訂正版: a new paper with another addressee or proviso holds instead of the old one, which stays as it is.
 * @throws documents.does_not_hold where it was replaced or taken back before
 */
export const correctDocument = async (
  context: Context,
  documentId: string,
  correction: Correction,
): Promise<Document> => {
  const known = await findVisibleDocument(context, documentId);
  const owner = {
    venueId: known.venueId as VenueId,
    organizationId: known.organizationId as OrganizationId,
  };
  if (!hasRole(context.actor, owner.venueId, correctors)) throw accountErrors.forbidden();
  refuseUnfit(known, correction);
  return context.transact(async (tx) => {
    await lockDocument(tx, documentId);
    const { isVoided, replacedBy } = await findFate(tx, known);
    if (isVoided || replacedBy !== null) throw documentErrors.does_not_hold();
    const paper = untouchedContent(known);
    const subject = await headedSubjectOf(tx, context, owner);
    const kept = await keepPaper(tx, context, {
      kind: known.kind,
      cause: `correction:${documentId}`,
      owner,
      bookingId: known.bookingId,
      bookingIds: await listBookingIdsOf(tx, documentId),
      attemptId: known.attemptId ?? undefined,
      replaces: { id: known.id, number: known.number, reason: correction.reason },
      compose: (issue) => {
        const issuedOn = dayOf(issue.issuedAt, subject.venue.zone);
        const corrected = correctedOf(paper, subject, { ...issue, issuedOn }, correction);
        if (changesNothing(paper, corrected)) {
          const fields = [fieldOf('addressee', 'nothing_to_correct')];
          throw documentErrors.nothing_to_correct({ fields });
        }
        refuseUnprintable(context, correction, { content: corrected, subjectId: documentId });
        return corrected;
      },
    });
    await writeLetter(tx, context, await findRecipient(tx, owner.organizationId), {
      topic: 'documents.issued',
      subjectId: known.bookingId,
      write: (reader) => correctedMail(kept!, known, reader),
    });
    return kept!;
  });
};
