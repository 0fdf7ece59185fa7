import { and, asc, count, desc, eq, inArray, isNull, or, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Queryable } from '#db/client.server.ts';
import { bookings } from '#db/schema/bookings.ts';
import { documentBookings, documentReissues, documents } from '#db/schema/documents.ts';
import type { OrganizationId, VenueId } from '../../shared/ids.ts';
import { searchPatterns } from '../../shared/search.ts';
import { documentErrors } from '../errors.ts';
import type { DocumentKind } from '../schema.ts';

export type Document = typeof documents.$inferSelect;

/** The paper, and every booking it speaks of. */
export const insertDocument = async (
  tx: Queryable,
  document: Document,
  bookingIds: readonly string[],
): Promise<void> => {
  await tx.insert(documents).values(document);
  const rows = bookingIds.map((bookingId) => ({ documentId: document.id, bookingId }));
  if (rows.length > 0) await tx.insert(documentBookings).values(rows);
};

export const findOptionalDocumentByCause = async (
  db: Queryable,
  cause: string,
): Promise<Document | undefined> => {
  const [row] = await db.select().from(documents).where(eq(documents.cause, cause));
  return row;
};

/** Whose booking it is: who may read its papers follows from that. */
export interface PaperOwner {
  readonly organizationId: OrganizationId;
  readonly venueId: VenueId;
}

const ownerColumns = { organizationId: bookings.organizationId, venueId: bookings.venueId };
const ownerOf = (row: { organizationId: string; venueId: string }): PaperOwner => ({
  organizationId: row.organizationId as OrganizationId,
  venueId: row.venueId as VenueId,
});

export const findBookingOwner = async (db: Queryable, bookingId: string): Promise<PaperOwner> => {
  const [row] = await db.select(ownerColumns).from(bookings).where(eq(bookings.id, bookingId));
  if (!row) throw documentErrors.unknown();
  return ownerOf(row);
};

export const findOptionalDocument = async (
  db: Queryable,
  id: string,
): Promise<Document | undefined> => {
  const [row] = await db.select().from(documents).where(eq(documents.id, id));
  return row;
};

export const findOptionalDocumentByCode = async (
  db: Queryable,
  code: string,
): Promise<Document | undefined> => {
  const [row] = await db.select().from(documents).where(eq(documents.verificationCode, code));
  return row;
};

const corrections = alias(documents, 'corrections');

const listed = {
  id: documents.id,
  kind: documents.kind,
  number: documents.number,
  issuedAt: documents.issuedAt,
  replacedBy: corrections.number,
};

/** The number of the corrected paper that stands in for this one, where there is one. */
export const findReplacement = async (db: Queryable, id: string): Promise<string | null> => {
  const [row] = await db
    .select({ number: documents.number })
    .from(documents)
    .where(eq(documents.replacesId, id));
  return row?.number ?? null;
};

/** A paper and whatever corrected it, one after the other; the last holds. */
export const listLine = async (db: Queryable, paper: Document): Promise<Document[]> => {
  const [row] = await db.select().from(documents).where(eq(documents.replacesId, paper.id));
  return row ? [paper, ...(await listLine(db, row))] : [paper];
};

/** The paper that was issued for the cause itself, before anything was corrected. */
export const findFirstOfLine = async (db: Queryable, paper: Document): Promise<Document> => {
  if (paper.replacesId === null) return paper;
  return findFirstOfLine(db, (await findOptionalDocument(db, paper.replacesId))!);
};

export const listBookingIdsOf = async (db: Queryable, documentId: string): Promise<string[]> => {
  const rows = await db
    .select({ bookingId: documentBookings.bookingId })
    .from(documentBookings)
    .where(eq(documentBookings.documentId, documentId));
  return rows.map(({ bookingId }) => bookingId);
};

/** Every paper that speaks of the booking, alone or among others. */
export const listDocumentsByBooking = (db: Queryable, bookingId: string) =>
  db
    .select(listed)
    .from(documents)
    .innerJoin(documentBookings, eq(documentBookings.documentId, documents.id))
    .leftJoin(corrections, eq(corrections.replacesId, documents.id))
    .where(eq(documentBookings.bookingId, bookingId))
    .orderBy(asc(documents.issuedAt), asc(documents.number));

export interface DocumentFilter {
  readonly kind?: DocumentKind | undefined;
  readonly query?: string | undefined;
  readonly organizationIds?: readonly string[];
  readonly venueIds?: readonly string[];
}

/** As the index of it says; a paper is never changed, so nothing is stored beside it. */
const searched = sql`search_text(${documents.number} || E'\\n'
  || coalesce(${documents.content}->'recipient'->>'name', ''))`;

const contains = (query: string): SQL =>
  or(
    ...searchPatterns(query).map(
      (pattern) => sql`(${searched} like ${pattern} or exists (
        select from document_bookings spoken join bookings about on about.id = spoken.booking_id
        where spoken.document_id = ${documents.id} and about.search like ${pattern}))`,
    ),
  ) ?? sql`false`;

const within = ({ kind, query, organizationIds, venueIds }: DocumentFilter): SQL | undefined =>
  and(
    kind && eq(documents.kind, kind),
    query ? contains(query) : undefined,
    organizationIds && inArray(documents.organizationId, [...organizationIds]),
    venueIds && inArray(documents.venueId, [...venueIds]),
  );

/** Newest first, with the booking where a paper speaks of one alone. */
export const listDocuments = async (
  db: Queryable,
  filter: DocumentFilter,
  part: { limit: number; offset: number },
) => {
  const [counted] = await db.select({ total: count() }).from(documents).where(within(filter));
  const rows = await db
    .select({
      ...listed,
      venueId: documents.venueId,
      bookingId: documents.bookingId,
      bookingNumber: bookings.number,
      bookingTitle: bookings.title,
    })
    .from(documents)
    .leftJoin(bookings, eq(bookings.id, documents.bookingId))
    .leftJoin(corrections, eq(corrections.replacesId, documents.id))
    .where(within(filter))
    .orderBy(desc(documents.issuedAt), desc(documents.number))
    .limit(part.limit)
    .offset(part.offset);
  return { rows, total: counted!.total };
};

/** Papers of a kind that speak of any of the bookings and were not corrected since, oldest first. */
export const listPapersOfKind = async (
  db: Queryable,
  kind: DocumentKind,
  bookingIds: readonly string[],
): Promise<Document[]> => {
  const rows = await db
    .selectDistinct({ document: documents })
    .from(documents)
    .innerJoin(documentBookings, eq(documentBookings.documentId, documents.id))
    .leftJoin(corrections, eq(corrections.replacesId, documents.id))
    .where(
      and(
        eq(documents.kind, kind),
        inArray(documentBookings.bookingId, [...bookingIds]),
        isNull(corrections.id),
      ),
    )
    .orderBy(asc(documents.issuedAt), asc(documents.number));
  return rows.map(({ document }) => document);
};

export type Reissue = typeof documentReissues.$inferSelect;

export const listReissues = (db: Queryable, documentIds: readonly string[]): Promise<Reissue[]> =>
  db
    .select()
    .from(documentReissues)
    .where(inArray(documentReissues.documentId, [...documentIds]))
    .orderBy(asc(documentReissues.documentId), asc(documentReissues.position));

export const findReissue = async (
  db: Queryable,
  documentId: string,
  position: number,
): Promise<Reissue> => {
  const found = (await listReissues(db, [documentId])).find((one) => one.position === position);
  if (!found) throw documentErrors.unknown();
  return found;
};

export const insertReissue = async (tx: Queryable, reissue: Reissue): Promise<void> => {
  await tx.insert(documentReissues).values(reissue);
};

/** Locked, so that two who hand it out again are counted one after the other. */
export const lockDocument = async (tx: Queryable, id: string): Promise<void> => {
  await tx.select({ id: documents.id }).from(documents).where(eq(documents.id, id)).for('update');
};

/** Numbers of what holds for the causes now. */
export const listNumbersByCause = async (
  db: Queryable,
  causes: readonly string[],
): Promise<string[]> => {
  const rows = await db
    .select()
    .from(documents)
    .where(inArray(documents.cause, [...causes]))
    .orderBy(asc(documents.number));
  const lines = await Promise.all(rows.map((row) => listLine(db, row)));
  return lines.map((line) => line.at(-1)!.number);
};
