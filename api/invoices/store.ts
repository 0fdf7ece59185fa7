import { and, asc, desc, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import { faultOf, type Queryable } from '#db/client.server.ts';
import { billingAccounts } from '#db/schema/billing_accounts.ts';
import { bookingUses } from '#db/schema/bookings.ts';
import { invoiceCharges, invoices } from '#db/schema/invoices.ts';
import { moneyEvents } from '#db/schema/ledgers.ts';
import { organizations } from '#db/schema/organizations.ts';
import { charges, instalments } from '#db/schema/payments.ts';
import type { Instalment } from '../payments/rules/ledger.ts';
import type { LocalDay } from '../shared/time.ts';
import { invoiceErrors } from './errors.ts';
import type { BilledCharge } from './rules.ts';

export type Invoice = typeof invoices.$inferSelect;

const standingYen = sql<number>`(select coalesce(sum(e.amount_yen), 0)::int from money_events e
  where e.charge_id = ${charges.id} and e.kind in ('charged', 'charge_reduced', 'charge_reversed', 'rebated'))`;
const accountOwedYen = sql<number>`(select coalesce(sum(e.amount_yen), 0)::int
  from ${moneyEvents} e where e.billing_account_id = ${billingAccounts.id})`;
const firstUsedOn = sql<string | null>`(select min(u.used_on)::text from ${bookingUses} u
  where u.booking_id = ${billingAccounts.id})`;

const listParts = async (db: Queryable, ids: readonly string[]): Promise<Instalment[]> => {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(instalments)
    .where(inArray(instalments.chargeId, [...ids]))
    .orderBy(asc(instalments.chargeId), asc(instalments.position));
  return rows.map((row) => ({ ...row, dueOn: row.dueOn as LocalDay }));
};

/** The standing charges of an organizer at a venue, with what their bookings owe. */
export const listBilledCharges = async (
  db: Queryable,
  of: { venueId: string; organizationId: string },
): Promise<BilledCharge[]> => {
  const rows = await db
    .select({
      id: charges.id,
      billingAccountId: charges.billingAccountId,
      kind: charges.kind,
      taxRateBp: charges.taxRateBp,
      isProvisional: charges.isProvisional,
      dueOn: charges.dueOn,
      createdAt: charges.createdAt,
      number: billingAccounts.number,
      title: billingAccounts.title,
      invoiceId: invoiceCharges.invoiceId,
      standingYen,
      accountOwedYen,
      firstUsedOn,
    })
    .from(charges)
    .innerJoin(billingAccounts, eq(billingAccounts.id, charges.billingAccountId))
    .leftJoin(
      invoiceCharges,
      and(eq(invoiceCharges.chargeId, charges.id), eq(invoiceCharges.isLive, true)),
    )
    .where(
      and(
        eq(billingAccounts.venueId, of.venueId),
        eq(billingAccounts.organizationId, of.organizationId),
        isNull(charges.reversedAt),
      ),
    )
    .orderBy(asc(charges.dueOn), asc(billingAccounts.number), asc(charges.createdAt));
  const parts = await listParts(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    ...row,
    id: row.id as BilledCharge['id'],
    dueOn: row.dueOn as LocalDay,
    firstUsedOn: row.firstUsedOn as LocalDay | null,
    instalments: parts.filter(({ chargeId }) => chargeId === row.id),
  }));
};

/** @throws invoices.already_invoiced when another invoice took a charge meanwhile */
export const insertInvoice = async (
  tx: Queryable,
  invoice: Invoice,
  lines: readonly { chargeId: string; amountYen: number }[],
): Promise<void> => {
  await tx.insert(invoices).values(invoice);
  try {
    await tx
      .insert(invoiceCharges)
      .values(lines.map((line) => ({ ...line, invoiceId: invoice.id })));
  } catch (error) {
    if (faultOf(error)?.constraint !== 'invoice_charges_once') throw error;
    throw invoiceErrors.already_invoiced({ cause: error });
  }
};

export const findInvoiceForUpdate = async (tx: Queryable, id: string): Promise<Invoice> => {
  const [row] = await tx.select().from(invoices).where(eq(invoices.id, id)).for('update');
  if (!row) throw invoiceErrors.unknown();
  return row;
};

export const saveInvoiceVoided = async (tx: Queryable, id: string, at: Date): Promise<void> => {
  await tx.update(invoices).set({ voidedAt: at }).where(eq(invoices.id, id));
  await tx.update(invoiceCharges).set({ isLive: false }).where(eq(invoiceCharges.invoiceId, id));
};

export const findOptionalInvoice = async (
  db: Queryable,
  id: string,
): Promise<Invoice | undefined> => {
  const [row] = await db.select().from(invoices).where(eq(invoices.id, id));
  return row;
};

export const listInvoiceLines = async (db: Queryable, invoiceId: string) => {
  const rows = await db
    .select({
      chargeId: charges.id,
      billingAccountId: billingAccounts.id,
      number: billingAccounts.number,
      title: billingAccounts.title,
      firstUsedOn,
      kind: charges.kind,
      taxRateBp: charges.taxRateBp,
      isProvisional: charges.isProvisional,
      amountYen: invoiceCharges.amountYen,
    })
    .from(invoiceCharges)
    .innerJoin(charges, eq(charges.id, invoiceCharges.chargeId))
    .innerJoin(billingAccounts, eq(billingAccounts.id, charges.billingAccountId))
    .where(eq(invoiceCharges.invoiceId, invoiceId))
    .orderBy(asc(firstUsedOn), asc(billingAccounts.number), asc(charges.createdAt));
  return rows.map((row) => ({ ...row, firstUsedOn: row.firstUsedOn as LocalDay | null }));
};

/** The invoice that asks for a charge together with others, where one does. */
export const findOptionalInvoiceOfCharge = async (
  db: Queryable,
  chargeId: string,
): Promise<Invoice | undefined> => {
  const [row] = await db
    .select({ invoice: invoices })
    .from(invoiceCharges)
    .innerJoin(invoices, eq(invoices.id, invoiceCharges.invoiceId))
    .where(and(eq(invoiceCharges.chargeId, chargeId), eq(invoiceCharges.isLive, true)));
  return row?.invoice;
};

export interface InvoiceFilter {
  readonly venueIds?: readonly string[];
  readonly organizationIds?: readonly string[];
}

const within = ({ venueIds, organizationIds }: InvoiceFilter): SQL | undefined =>
  and(
    venueIds && inArray(invoices.venueId, [...venueIds]),
    organizationIds && inArray(invoices.organizationId, [...organizationIds]),
  );

const invoicesMost = 200;

/** Newest first. */
export const listInvoices = (db: Queryable, filter: InvoiceFilter) =>
  db
    .select({
      id: invoices.id,
      venueId: invoices.venueId,
      organizationId: invoices.organizationId,
      organizationName: organizations.name,
      totalYen: invoices.totalYen,
      dueOn: invoices.dueOn,
      createdAt: invoices.createdAt,
      voidedAt: invoices.voidedAt,
      chargeCount: sql<number>`(select count(*)::int from ${invoiceCharges} c
        where c.invoice_id = ${invoices.id})`,
    })
    .from(invoices)
    .innerJoin(organizations, eq(organizations.id, invoices.organizationId))
    .where(within(filter))
    .orderBy(desc(invoices.createdAt), desc(invoices.id))
    .limit(invoicesMost);

/** Who owes how much at which venue, over bookings that owe anything. */
export const listDebtors = async (db: Queryable, { venueIds, organizationIds }: InvoiceFilter) => {
  const owed = db
    .select({
      billingAccountId: moneyEvents.billingAccountId,
      owedYen: sql<number>`sum(${moneyEvents.amountYen})::int`.as('owed_yen'),
    })
    .from(moneyEvents)
    .groupBy(moneyEvents.billingAccountId)
    .having(sql`sum(${moneyEvents.amountYen}) > 0`)
    .as('owed');
  return db
    .select({
      venueId: billingAccounts.venueId,
      organizationId: organizations.id,
      organizationName: organizations.name,
      owedYen: sql<number>`sum(${owed.owedYen})::int`,
      bookingCount: sql<number>`count(*)::int`,
    })
    .from(owed)
    .innerJoin(billingAccounts, eq(billingAccounts.id, owed.billingAccountId))
    .innerJoin(organizations, eq(organizations.id, billingAccounts.organizationId))
    .where(
      and(
        venueIds && inArray(billingAccounts.venueId, [...venueIds]),
        organizationIds && inArray(billingAccounts.organizationId, [...organizationIds]),
      ),
    )
    .groupBy(billingAccounts.venueId, organizations.id, organizations.name)
    .orderBy(asc(organizations.name), asc(billingAccounts.venueId));
};
