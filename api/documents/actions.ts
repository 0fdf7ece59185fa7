import { createHash } from 'node:crypto';
import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../audit/actions.ts';
import { findBookingForUpdate, findQuote } from '../bookings/actions/read.ts';
import type { Booking } from '../bookings/rules/booking.ts';
import { canSee } from '../bookings/rules/transitions.ts';
import type { Context } from '../context.ts';
import { findOrganization } from '../organizations/actions.ts';
import { queueMail } from '../outbox/actions.ts';
import { chargeBooking } from '../payments/actions/charge.ts';
import { findVisibleAttempt } from '../payments/actions/read.ts';
import { listBookablePartsByIds } from '../rooms/actions.ts';
import { dayOf } from '../shared/time.ts';
import { findVenue } from '../venues/actions.ts';
import { documentErrors } from './errors.ts';
import {
  numberSequence,
  paperNumber,
  type Issue,
  type PaperContent,
  type PaperSubject,
} from './rules/content.ts';
import { canonicalText } from './rules/fingerprint.ts';
import { approvalLetterOf, refusalLetterOf } from './rules/letters.ts';
import { fileNameOf, papersMail } from './rules/mails.ts';
import { invoiceOf, receiptOf } from './rules/money.ts';
import type { DocumentKind } from './schema.ts';
import {
  findBookingOwner,
  findIssuer,
  findOptionalDocumentByCause,
  findOwnedDocument,
  insertDocument,
  listDocumentsByBooking,
  listPlanCells,
  takePaperPosition,
  type Document,
} from './store.ts';

const sha256Of = (content: PaperContent) =>
  createHash('sha256').update(canonicalText(content)).digest('hex');

const subjectOf = async (
  tx: Transaction,
  context: Context,
  booking: Booking,
): Promise<PaperSubject> => {
  const venue = await findVenue(tx, booking.venueId);
  const today = dayOf(context.now(), venue.zone);
  const ids = [...new Set(booking.uses.map(({ configurationId }) => configurationId))];
  const parts = new Map((await listBookablePartsByIds(tx, ids)).map((part) => [part.id, part]));
  const shown = booking.uses.find(({ phase }) => phase === 'event') ?? booking.uses[0]!;
  return {
    booking,
    venue,
    organization: await findOrganization(tx, booking.organizationId),
    issuer: await findIssuer(tx, booking.venueId, today),
    quote: await findQuote(tx, booking.id),
    plan: await listPlanCells(tx, shown.roomId, ids),
    uses: booking.uses.map((use) => {
      const part = parts.get(use.configurationId)!;
      return { ...use, roomNameJa: part.roomNameJa, configurationNameJa: part.nameJa };
    }),
  };
};

interface Cause {
  readonly kind: DocumentKind;
  readonly cause: string;
  readonly attemptId?: string;
  readonly compose: (subject: PaperSubject, issue: Issue) => PaperContent;
}

/** Issues the paper of a cause once; the booking is locked, so numbers have no gaps and no doubles. */
const issueDocument = async (
  tx: Transaction,
  context: Context,
  booking: Booking,
  { kind, cause, attemptId, compose }: Cause,
): Promise<Document | undefined> => {
  if (await findOptionalDocumentByCause(tx, cause)) return undefined;
  const venue = await findVenue(tx, booking.venueId);
  const issuedAt = context.now();
  const sequence = numberSequence(kind, venue.numberPrefix, dayOf(issuedAt, venue.zone));
  const subject = await subjectOf(tx, context, booking);
  const number = paperNumber(sequence, await takePaperPosition(tx, sequence));
  const content = compose(subject, { number, issuedAt });
  const document: Document = {
    id: context.newId('document'),
    kind,
    number,
    bookingId: booking.id,
    attemptId: attemptId ?? null,
    cause,
    content,
    contentSha256: sha256Of(content),
    issuedAt,
  };
  await insertDocument(tx, document);
  await recordAudit(tx, context, {
    action: 'documents.issue',
    subjectId: booking.id,
    after: { id: document.id, kind, number, contentSha256: document.contentSha256 },
  });
  return document;
};

const tellOrganizer = async (
  tx: Transaction,
  context: Context,
  booking: Booking,
  papers: readonly Document[],
): Promise<void> => {
  if (papers.length === 0) return;
  const organization = await findOrganization(tx, booking.organizationId);
  await queueMail(tx, context, {
    topic: 'documents.issued',
    bookingId: booking.id,
    to: organization.email,
    locale: 'ja',
    ...papersMail(papers, booking, {
      name: organization.contactName,
      publicUrl: context.settings.publicUrl,
    }),
  });
};

const isApproved = ({ state }: Booking) => ['approved', 'in_use', 'settled'].includes(state);

const isIssued = (document: Document | undefined): document is Document => document !== undefined;

/** 使用承認書 and 請求書, together as the venue hands them out; both or none. */
export const issuePapers = async (context: Context, bookingId: string): Promise<void> => {
  const charge = await chargeBooking(context, bookingId);
  await context.transact(async (tx) => {
    const booking = await findBookingForUpdate(tx, bookingId);
    if (!isApproved(booking)) return;
    const letter = await issueDocument(tx, context, booking, {
      kind: 'approval_letter',
      cause: `approval_letter:${booking.id}:${booking.decidedAt!.toISOString()}`,
      compose: approvalLetterOf,
    });
    const invoice =
      charge &&
      (await issueDocument(tx, context, booking, {
        kind: 'invoice',
        cause: `invoice:${charge.id}`,
        compose: (subject, issue) => invoiceOf(subject, issue, charge),
      }));
    await tellOrganizer(tx, context, booking, [letter, invoice].filter(isIssued));
  });
};

export const issueRefusal = (context: Context, bookingId: string): Promise<void> =>
  context.transact(async (tx) => {
    const booking = await findBookingForUpdate(tx, bookingId);
    if (booking.state !== 'refused') return;
    const letter = await issueDocument(tx, context, booking, {
      kind: 'refusal_letter',
      cause: `refusal_letter:${booking.id}`,
      compose: refusalLetterOf,
    });
    await tellOrganizer(tx, context, booking, [letter].filter(isIssued));
  });

/** 領収書 of money that has arrived; whatever became of the booking, who paid gets a receipt. */
export const issueReceipt = async (context: Context, attemptId: string): Promise<void> => {
  const { attempt } = await findVisibleAttempt(context, attemptId);
  const { confirmedAt } = attempt;
  if (!confirmedAt) throw new Error(`${attemptId} is not confirmed: no receipt`);
  await context.transact(async (tx) => {
    const booking = await findBookingForUpdate(tx, attempt.bookingId);
    const receipt = await issueDocument(tx, context, booking, {
      kind: 'receipt',
      cause: `receipt:${attemptId}`,
      attemptId,
      compose: (subject, issue) => receiptOf(subject, issue, { ...attempt, confirmedAt }),
    });
    await tellOrganizer(tx, context, booking, [receipt].filter(isIssued));
  });
};

export const listDocuments = async (context: Context, bookingId: string) => {
  const owner = await findBookingOwner(context.reads, bookingId);
  if (!canSee(owner, context.actor)) throw documentErrors.unknown();
  return listDocumentsByBooking(context.reads, bookingId);
};

/** The paper as a PDF, drawn from the content that was frozen when it was issued. */
export const printDocument = async (context: Context, documentId: string) => {
  const { document, owner } = await findOwnedDocument(context.reads, documentId);
  if (!canSee(owner, context.actor)) throw documentErrors.unknown();
  const { content, contentSha256, issuedAt } = document;
  if (sha256Of(content) !== contentSha256) {
    throw new Error(`${document.number} is not as it was issued`);
  }
  return {
    number: document.number,
    fileName: fileNameOf(document),
    pdf: await context.printPaper(content, issuedAt),
  };
};
