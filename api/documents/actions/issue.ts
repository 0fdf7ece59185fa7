import { createHash, randomBytes } from 'node:crypto';
import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { findQuote } from '../../bookings/actions/read.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import type { Context } from '../../context.ts';
import { findOrganization, findRecipient, writeLetter } from '../../organizations/actions.ts';
import { listBookablePartsByIds } from '../../rooms/actions.ts';
import { sentenceOf, type AppError } from '../../shared/error.ts';
import type { OrganizationId, VenueId } from '../../shared/ids.ts';
import { dayOf } from '../../shared/time.ts';
import { findVenue } from '../../venues/actions.ts';
import { documentErrors } from '../errors.ts';
import {
  numberSequence,
  paperNumber,
  type HeadedSubject,
  type Issue,
  type PaperContent,
  type PaperSubject,
} from '../rules/content.ts';
import { canonicalText } from '../rules/fingerprint.ts';
import { papersMail } from '../rules/mails.ts';
import { unprintableOf, type Unprintable } from '../rules/print.ts';
import type { DocumentKind } from '../schema.ts';
import { findOptionalDocumentByCause, insertDocument, type Document } from '../store/documents.ts';
import { findIssuer, listPlanCells, takePaperPosition } from '../store/facts.ts';

export const sha256Of = (content: PaperContent): string =>
  createHash('sha256').update(canonicalText(content)).digest('hex');

/** Twenty letters nobody guesses: who knows them has seen the paper. */
const verificationCode = () => randomBytes(10).toString('hex').toUpperCase();

export const isIssued = (document: Document | undefined): document is Document =>
  document !== undefined;

export interface PaperOwner {
  readonly venueId: VenueId;
  readonly organizationId: OrganizationId;
}

/** Venue, organizer and issuer of today: the heading of a paper over many bookings. */
export const headedSubjectOf = async (
  tx: Transaction,
  context: Context,
  { venueId, organizationId }: PaperOwner,
): Promise<HeadedSubject> => {
  const venue = await findVenue(tx, venueId);
  const today = dayOf(context.now(), venue.zone);
  return {
    booking: null,
    venue,
    organization: await findOrganization(tx, organizationId),
    issuer: await findIssuer(tx, venueId, today),
    plan: [],
  };
};

export const subjectOf = async (
  tx: Transaction,
  context: Context,
  booking: Booking,
): Promise<PaperSubject> => {
  const headed = await headedSubjectOf(tx, context, booking);
  const ids = [...new Set(booking.uses.map(({ configurationId }) => configurationId))];
  const parts = new Map((await listBookablePartsByIds(tx, ids)).map((part) => [part.id, part]));
  const shown = booking.uses.find(({ phase }) => phase === 'event') ?? booking.uses[0]!;
  return {
    ...headed,
    booking,
    quote: await findQuote(tx, booking.id),
    plan: await listPlanCells(tx, shown.roomId, ids),
    uses: booking.uses.map((use) => {
      const part = parts.get(use.configurationId)!;
      return { ...use, roomNameJa: part.roomNameJa, configurationNameJa: part.nameJa };
    }),
  };
};

interface Order {
  readonly kind: DocumentKind;
  readonly cause: string;
  readonly owner: PaperOwner;
  readonly bookingId: string | null;
  readonly bookingIds: readonly string[];
  readonly attemptId?: string | undefined;
  /** The paper it holds instead of, and why. */
  readonly replaces?: { readonly id: string; readonly number: string; readonly reason: string };
  readonly compose: (issue: Issue) => PaperContent;
}

const quotedMost = 40;

export interface LettersDetail {
  readonly letters: readonly string[];
  readonly subjectId: string;
}

export const lettersMissing = (
  { letters, text }: Unprintable,
  { path, subjectId }: { path: string; subjectId: string },
): AppError => {
  const params = { letters: letters.join(''), text: [...text].slice(0, quotedMost).join('') };
  const error = documentErrors.letters_missing({ params });
  const field = { path, ja: sentenceOf(error, 'ja'), en: sentenceOf(error, 'en') };
  const detail: LettersDetail = { letters, subjectId };
  return documentErrors.letters_missing({ params, fields: [field], detail });
};

/** Keeps the paper of a cause once. What it is about is locked by the caller, so no cause is kept twice. */
export const keepPaper = async (
  tx: Transaction,
  context: Context,
  { kind, cause, owner, bookingId, bookingIds, attemptId, replaces, compose }: Order,
): Promise<Document | undefined> => {
  if (await findOptionalDocumentByCause(tx, cause)) return undefined;
  const venue = await findVenue(tx, owner.venueId);
  const issuedAt = context.now();
  const sequence = numberSequence(kind, venue.numberPrefix, dayOf(issuedAt, venue.zone));
  const number = paperNumber(sequence, await takePaperPosition(tx, sequence));
  const code = verificationCode();
  const url = `${context.settings.publicUrl}/verify/${code}`;
  const content = compose({ number, issuedAt, verification: { code, url } });
  // A box instead of a letter is a wrong paper: better none, and the letter named.
  const [unprintable] = unprintableOf(content, context.findMissingLetters);
  const id = context.newId('document');
  const subjectId = bookingId ?? id;
  if (unprintable) throw lettersMissing(unprintable, { path: unprintable.path, subjectId });
  const document: Document = {
    id,
    kind,
    number,
    venueId: owner.venueId,
    organizationId: owner.organizationId,
    bookingId,
    attemptId: attemptId ?? null,
    cause,
    replacesId: replaces?.id ?? null,
    content,
    contentSha256: sha256Of(content),
    verificationCode: code,
    issuedAt,
  };
  await insertDocument(tx, document, bookingIds);
  await recordAudit(tx, context, {
    action: replaces ? 'documents.correct' : 'documents.issue',
    subjectId,
    after: {
      ...{ id, kind, number, contentSha256: document.contentSha256 },
      ...(replaces ? { replaces: replaces.number, reason: replaces.reason } : {}),
    },
  });
  return document;
};

export interface Cause {
  readonly kind: DocumentKind;
  readonly cause: string;
  readonly attemptId?: string | undefined;
  readonly compose: (subject: PaperSubject, issue: Issue) => PaperContent;
}

/** Issues the paper of a cause once; the booking is locked, so numbers have no gaps and no doubles. */
export const issueDocument = async (
  tx: Transaction,
  context: Context,
  booking: Booking,
  { kind, cause, attemptId, compose }: Cause,
): Promise<Document | undefined> => {
  if (await findOptionalDocumentByCause(tx, cause)) return undefined;
  const subject = await subjectOf(tx, context, booking);
  return keepPaper(tx, context, {
    kind,
    cause,
    owner: booking,
    bookingId: booking.id,
    bookingIds: [booking.id],
    attemptId,
    compose: (issue) => compose(subject, issue),
  });
};

export const tellOrganizer = async (
  tx: Transaction,
  context: Context,
  booking: Booking,
  papers: readonly (Document | undefined)[],
): Promise<void> => {
  const issued = papers.filter(isIssued);
  if (issued.length === 0) return;
  await writeLetter(tx, context, await findRecipient(tx, booking.organizationId), {
    topic: 'documents.issued',
    subjectId: booking.id,
    write: (reader) => papersMail(issued, booking, reader),
  });
};

export type { Document } from '../store/documents.ts';
