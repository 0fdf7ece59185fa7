import { and, asc, desc, eq, inArray, lte } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { takeNumber } from '#db/numbers.server.ts';
import { bookings } from '#db/schema/bookings.ts';
import { documents } from '#db/schema/documents.ts';
import { cells, configurationCells } from '#db/schema/rooms.ts';
import { venueIssuers } from '#db/schema/venues.ts';
import type { OrganizationId, VenueId } from '../shared/ids.ts';
import type { LocalDay } from '../shared/time.ts';
import { documentErrors } from './errors.ts';
import type { PaperContent, PlanCell } from './rules/content.ts';

type DocumentRow = typeof documents.$inferSelect;
export type Document = Omit<DocumentRow, 'content'> & { readonly content: PaperContent };

const documentOf = (row: DocumentRow): Document => ({
  ...row,
  content: row.content as PaperContent,
});

export const insertDocument = async (tx: Queryable, document: Document): Promise<void> => {
  await tx.insert(documents).values(document);
};

export const findOptionalDocumentByCause = async (
  db: Queryable,
  cause: string,
): Promise<Document | undefined> => {
  const [row] = await db.select().from(documents).where(eq(documents.cause, cause));
  return row && documentOf(row);
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

export const findOwnedDocument = async (
  db: Queryable,
  id: string,
): Promise<{ document: Document; owner: PaperOwner }> => {
  const [row] = await db
    .select({ document: documents, ...ownerColumns })
    .from(documents)
    .innerJoin(bookings, eq(bookings.id, documents.bookingId))
    .where(eq(documents.id, id));
  if (!row) throw documentErrors.unknown();
  return { document: documentOf(row.document), owner: ownerOf(row) };
};

export const listDocumentsByBooking = (db: Queryable, bookingId: string) =>
  db
    .select({
      id: documents.id,
      kind: documents.kind,
      number: documents.number,
      issuedAt: documents.issuedAt,
    })
    .from(documents)
    .where(eq(documents.bookingId, bookingId))
    .orderBy(asc(documents.issuedAt), asc(documents.number));

export const takePaperPosition = (tx: Queryable, sequence: string): Promise<number> =>
  takeNumber(tx, `documents/${sequence}`);

/** Who issues the papers of the venue on that day. */
export const findIssuer = async (db: Queryable, venueId: string, day: LocalDay) => {
  const [row] = await db
    .select()
    .from(venueIssuers)
    .where(and(eq(venueIssuers.venueId, venueId), lte(venueIssuers.effectiveFrom, day)))
    .orderBy(desc(venueIssuers.effectiveFrom))
    .limit(1);
  if (!row) throw new RangeError(`nobody issues papers of ${venueId} on ${day}`);
  return row;
};

/** The cells of a room as drawn, those of the configurations marked as used. */
export const listPlanCells = async (
  db: Queryable,
  roomId: string,
  configurationIds: readonly string[],
): Promise<PlanCell[]> => {
  const rows = await db
    .select()
    .from(cells)
    .where(eq(cells.roomId, roomId))
    .orderBy(asc(cells.sortOrder));
  const used = await db
    .select({ cellId: configurationCells.cellId })
    .from(configurationCells)
    .where(inArray(configurationCells.configurationId, [...configurationIds]));
  const usedIds = new Set(used.map(({ cellId }) => cellId));
  return rows.map((cell) => ({
    x: cell.planX,
    y: cell.planY,
    width: cell.planWidth,
    height: cell.planHeight,
    isUsed: usedIds.has(cell.id),
  }));
};
