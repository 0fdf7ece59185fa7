import { isConcerned } from '../../shared/actor.ts';
import type { Context } from '../../context.ts';
import type { OrganizationId, VenueId } from '../../shared/ids.ts';
import { documentErrors } from '../errors.ts';
import type { PaperContent } from '../rules/content.ts';
import { fileNameOf } from '../rules/mails.ts';
import type { ListDocuments } from '../schema.ts';
import {
  findBookingOwner,
  findOptionalDocument,
  findReissue,
  listDocumentsByBooking,
  listDocuments as listDocumentRows,
  listReissues,
  type Document,
} from '../store/documents.ts';
import { sha256Of } from './issue.ts';

const pageSize = 50;

export const findVisibleDocument = async (
  context: Context,
  documentId: string,
): Promise<Document> => {
  const document = await findOptionalDocument(context.database.db, documentId);
  if (!document) throw documentErrors.unknown();
  const owner = {
    venueId: document.venueId as VenueId,
    organizationId: document.organizationId as OrganizationId,
  };
  if (!isConcerned(context.actor, owner)) throw documentErrors.unknown();
  return document;
};

type Row = Awaited<ReturnType<typeof listDocumentsByBooking>>[number];

const withReissues = async <Paper extends Row>(context: Context, papers: readonly Paper[]) => {
  const reissues = await listReissues(
    context.reads,
    papers.map(({ id }) => id),
  );
  return papers.map((paper) => ({
    ...paper,
    reissues: reissues
      .filter(({ documentId }) => documentId === paper.id)
      .map(({ position, reissuedAt, reason }) => ({ position, reissuedAt, reason })),
  }));
};

export const listBookingDocuments = async (context: Context, bookingId: string) => {
  const owner = await findBookingOwner(context.reads, bookingId);
  if (!isConcerned(context.actor, owner)) throw documentErrors.unknown();
  return withReissues(context, await listDocumentsByBooking(context.reads, bookingId));
};

/** All papers an organizer has been given, or a venue has issued, newest first. */
export const listDocuments = async (context: Context, { kind, query, page }: ListDocuments) => {
  const { actor } = context;
  const filter = {
    kind,
    query,
    ...(actor.kind === 'organizer'
      ? { organizationIds: actor.organizationIds }
      : { venueIds: actor.kind === 'staff' ? Object.keys(actor.roles) : [] }),
  };
  const { rows, total } = await listDocumentRows(context.reads, filter, {
    limit: pageSize,
    offset: (page - 1) * pageSize,
  });
  return {
    documents: await withReissues(context, rows),
    page,
    pageCount: Math.max(1, Math.ceil(total / pageSize)),
    total,
  };
};

/** The content exactly as it was issued; anything else is a fault, not a paper. */
export const untouchedContent = ({ content, contentSha256, number }: Document): PaperContent => {
  if (sha256Of(content) !== contentSha256) throw new Error(`${number} is not as it was issued`);
  return content;
};

/** The paper as a PDF, drawn from the content that was frozen when it was issued. */
export const printDocument = async (
  context: Context,
  { documentId, reissue }: { documentId: string; reissue?: number | undefined },
) => {
  const document = await findVisibleDocument(context, documentId);
  const content = untouchedContent(document);
  const again =
    reissue === undefined
      ? undefined
      : await findReissue(context.database.db, document.id, reissue);
  return {
    number: document.number,
    fileName: fileNameOf(document),
    pdf: await context.printPaper(content, document.issuedAt, again?.reissuedAt),
  };
};
