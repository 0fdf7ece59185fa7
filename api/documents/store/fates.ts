import { and, eq, gt, or, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { bookings } from '#db/schema/bookings.ts';
import { documents } from '#db/schema/documents.ts';
import { invoiceCharges, invoices } from '#db/schema/invoices.ts';
import { allocations } from '#db/schema/ledgers.ts';
import { charges } from '#db/schema/payments.ts';
import type { DocumentKind } from '../schema.ts';
import { findFirstOfLine, listLine, type Document } from './documents.ts';

/** Of these the newest of a booking holds. */
const renewedKinds: readonly DocumentKind[] = [
  'approval_letter',
  'quotation',
  'payment_notice',
  'payment_slip',
];

const findNewer = async (db: Queryable, paper: Document): Promise<string | null> => {
  if (!renewedKinds.includes(paper.kind) || paper.bookingId === null) return null;
  const [row] = await db
    .select({ number: documents.number })
    .from(documents)
    .where(
      and(
        eq(documents.kind, paper.kind),
        eq(documents.bookingId, paper.bookingId),
        or(
          gt(documents.issuedAt, paper.issuedAt),
          and(eq(documents.issuedAt, paper.issuedAt), gt(documents.number, paper.number)),
        ),
      ),
    )
    .orderBy(sql`${documents.issuedAt} desc, ${documents.number} desc`)
    .limit(1);
  return row?.number ?? null;
};

/** The combined invoice that asks for what this invoice asked for. */
const findCombined = async (db: Queryable, chargeId: string): Promise<string | null> => {
  const [row] = await db
    .select({ number: documents.number })
    .from(invoiceCharges)
    .innerJoin(
      documents,
      eq(documents.cause, sql`'combined_invoice:' || ${invoiceCharges.invoiceId}`),
    )
    .where(and(eq(invoiceCharges.chargeId, chargeId), eq(invoiceCharges.isLive, true)));
  return row?.number ?? null;
};

const isReversed = async (db: Queryable, chargeId: string): Promise<boolean> => {
  const [row] = await db
    .select({ reversedAt: charges.reversedAt })
    .from(charges)
    .where(eq(charges.id, chargeId));
  return Boolean(row?.reversedAt);
};

const isInvoiceVoided = async (db: Queryable, invoiceId: string): Promise<boolean> => {
  const [row] = await db
    .select({ voidedAt: invoices.voidedAt })
    .from(invoices)
    .where(eq(invoices.id, invoiceId));
  return Boolean(row?.voidedAt);
};

const isTakenBack = async (db: Queryable, allocationId: string): Promise<boolean> => {
  const rows = await db
    .select({ id: allocations.id })
    .from(allocations)
    .where(eq(allocations.reversesId, allocationId));
  return rows.length > 0;
};

const isCancelled = async (db: Queryable, { bookingId }: Document): Promise<boolean> => {
  if (bookingId === null) return false;
  const [row] = await db
    .select({ state: bookings.state })
    .from(bookings)
    .where(eq(bookings.id, bookingId));
  return row?.state === 'cancelled';
};

const isVoided = (db: Queryable, paper: Document, subject: string): Promise<boolean> => {
  if (paper.kind === 'approval_letter') return isCancelled(db, paper);
  if (subject.startsWith('chg_')) return isReversed(db, subject);
  if (subject.startsWith('inv_')) return isInvoiceVoided(db, subject);
  if (subject.startsWith('alc_')) return isTakenBack(db, subject);
  return Promise.resolve(false);
};

/** What became of whatever the paper was issued for. */
export const findFate = async (db: Queryable, paper: Document) => {
  const { cause } = await findFirstOfLine(db, paper);
  const subject = cause.split(':')[1] ?? '';
  const isInvoice = paper.kind === 'invoice' && subject.startsWith('chg_');
  const newer = isInvoice ? await findCombined(db, subject) : await findNewer(db, paper);
  const corrected = (await listLine(db, paper)).at(-1)!;
  return {
    isVoided: await isVoided(db, paper, subject),
    replacedBy: newer ?? (corrected.id === paper.id ? null : corrected.number),
  };
};
