import type { Queryable } from '#db/client.server.ts';
import { accountErrors } from '../accounts/errors.ts';
import { recordAudit } from '../audit/actions.ts';
import { lockBillingAccount } from '../billing_accounts/actions.ts';
import type { Context } from '../context.ts';
import { findOrganization } from '../organizations/actions.ts';
import { enqueue } from '../outbox/actions.ts';
import { hasRole, isMemberOf, type StaffRole } from '../shared/actor.ts';
import type { OrganizationId, VenueId } from '../shared/ids.ts';
import { orThrow } from '../shared/result.ts';
import { dayOf } from '../shared/time.ts';
import { findVenue } from '../venues/actions.ts';
import { invoiceErrors } from './errors.ts';
import { canBeCombined, decideInvoice, openCharges } from './rules.ts';
import type { Combinable, ListInvoices, MakeInvoice } from './schema.ts';
import {
  findInvoiceForUpdate,
  findOptionalInvoice,
  insertInvoice,
  listBilledCharges,
  listDebtors as listDebtorRows,
  listInvoiceLines,
  listInvoices as listInvoiceRows,
  saveInvoiceVoided,
  type Invoice,
  type InvoiceFilter,
} from './store.ts';

const billers: readonly StaffRole[] = ['desk', 'finance', 'manager'];

interface Owner {
  readonly venueId: string;
  readonly organizationId: string;
}

const bills = ({ actor }: Context, venueId: string) => hasRole(actor, venueId as VenueId, billers);

const mayKnow = (context: Context, { venueId, organizationId }: Owner) =>
  bills(context, venueId) || isMemberOf(context.actor, organizationId as OrganizationId);

/** Charges of an organizer at a venue that are still to be paid, and which of them one invoice may take. */
export const listCombinable = async (context: Context, { venue, organization }: Combinable) => {
  const owner = { venueId: venue, organizationId: organization };
  if (!mayKnow(context, owner)) throw invoiceErrors.unknown();
  const open = openCharges(await listBilledCharges(context.reads, owner));
  return open
    .filter(({ openYen }) => openYen > 0)
    .map((charge) => ({
      chargeId: charge.id,
      billingAccountId: charge.billingAccountId,
      number: charge.number,
      title: charge.title,
      firstUsedOn: charge.firstUsedOn,
      kind: charge.kind,
      taxRateBp: charge.taxRateBp,
      isProvisional: charge.isProvisional,
      openYen: charge.openYen,
      dueOn: charge.dueOn,
      isCombinable: canBeCombined(charge),
    }));
};

/**
 * One request for payment over many bookings; each charge stands on one at most.
 * @throws invoices.charge_not_open, invoices.already_invoiced
 */
export const makeInvoice = (context: Context, asked: MakeInvoice): Promise<string> =>
  context.transact(async (tx) => {
    const owner = { venueId: asked.venue, organizationId: asked.organization };
    if (!mayKnow(context, owner)) throw invoiceErrors.unknown();
    const { zone } = await findVenue(tx, asked.venue);
    const chosen = (await listBilledCharges(tx, owner)).filter(({ id }) =>
      asked.chargeIds.includes(id),
    );
    // Locked in one order, then read again: whoever pays or changes a booking meanwhile waits.
    const billingAccountIds = [
      ...new Set(chosen.map(({ billingAccountId }) => billingAccountId)),
    ].sort();
    for (const billingAccountId of billingAccountIds)
      await lockBillingAccount(tx, context, billingAccountId);
    const offered = openCharges(await listBilledCharges(tx, owner));
    const now = context.now();
    const drawn = orThrow(decideInvoice(offered, asked.chargeIds, dayOf(now, zone)));
    const { lines, ...asks } = drawn;
    const { actor } = context;
    const invoice: Invoice = {
      ...owner,
      ...asks,
      id: context.newId('invoice'),
      madeByAccountId: 'accountId' in actor ? actor.accountId : null,
      createdAt: now,
      voidedAt: null,
    };
    await insertInvoice(
      tx,
      invoice,
      lines.map(({ id, openYen }) => ({ chargeId: id, amountYen: openYen })),
    );
    const chargeIds = lines.map(({ id }) => id);
    await recordAudit(tx, context, {
      action: 'invoices.issue',
      subjectId: invoice.id,
      after: { ...invoice, chargeIds },
    });
    await enqueue(tx, { task: 'invoices.issued', payload: { invoiceId: invoice.id } });
    return invoice.id;
  });

/**
 * Takes the request back; nothing is deleted, the charges stand as before and may be asked for anew.
 * @throws invoices.already_voided
 */
export const voidInvoice = (context: Context, invoiceId: string): Promise<void> =>
  context.transact(async (tx) => {
    const before = await findInvoiceForUpdate(tx, invoiceId);
    if (!mayKnow(context, before)) throw invoiceErrors.unknown();
    if (!bills(context, before.venueId)) throw accountErrors.forbidden();
    if (before.voidedAt) throw invoiceErrors.already_voided();
    const now = context.now();
    await saveInvoiceVoided(tx, invoiceId, now);
    await recordAudit(tx, context, {
      action: 'invoices.void',
      subjectId: invoiceId,
      before,
      after: { ...before, voidedAt: now },
    });
  });

/** Staff see what belongs to their venues, organizers their own. */
const scopeOf = (context: Context, venue: string | undefined): InvoiceFilter => {
  const { actor } = context;
  if (actor.kind === 'organizer') {
    return { organizationIds: actor.organizationIds, ...(venue ? { venueIds: [venue] } : {}) };
  }
  const held = actor.kind === 'staff' ? Object.keys(actor.roles) : [];
  return { venueIds: held.filter((id) => bills(context, id) && (!venue || id === venue)) };
};

export const listInvoices = (context: Context, { venue }: ListInvoices) =>
  listInvoiceRows(context.reads, scopeOf(context, venue));

/** Whom an invoice could be made for: who owes anything at a venue. */
export const listDebtors = (context: Context, { venue }: ListInvoices) =>
  listDebtorRows(context.reads, scopeOf(context, venue));

export const viewInvoice = async (context: Context, invoiceId: string) => {
  const invoice = await findOptionalInvoice(context.reads, invoiceId);
  if (!invoice || !mayKnow(context, invoice)) throw invoiceErrors.unknown();
  const { madeByAccountId: _maker, ...shown } = invoice;
  const [lines, { name }] = await Promise.all([
    listInvoiceLines(context.reads, invoiceId),
    findOrganization(context.reads, invoice.organizationId),
  ]);
  return {
    ...shown,
    taxes: [...shown.taxes],
    organizationName: name,
    chargeCount: lines.length,
    lines,
    mayVoid: invoice.voidedAt === null && bills(context, invoice.venueId),
  };
};

/** The invoice as its paper says it. */
export const findInvoiceWithLines = async (db: Queryable, invoiceId: string) => {
  const invoice = await findOptionalInvoice(db, invoiceId);
  if (!invoice) throw invoiceErrors.unknown();
  return { invoice, lines: await listInvoiceLines(db, invoiceId) };
};

export { findOptionalInvoiceOfCharge } from './store.ts';
