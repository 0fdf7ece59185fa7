import type { Transaction } from '#db/client.server.ts';
import { findBookingForUpdate } from '../../bookings/actions/read.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import type { Context } from '../../context.ts';
import { findInvoiceWithLines, findOptionalInvoiceOfCharge } from '../../invoices/actions.ts';
import { chargeSettlement } from '../../settlements/actions.ts';
import { listStandingCharges } from '../../payments/actions/dues.ts';
import { findBalance } from '../../payments/actions/ledger.ts';
import { listChargesByBillingAccount } from '../../payments/actions/read.ts';
import type { Charge } from '../../payments/rules/charge.ts';
import { findOptionalSettlement } from '../../settlements/actions.ts';
import type { Settlement } from '../../settlements/rules.ts';
import { sumYen } from '../../shared/money.ts';
import { dayOf } from '../../shared/time.ts';
import { settlementInvoiceOf, settlementStatementOf } from '../rules/after_use.ts';
import type { Covered } from '../rules/content.ts';
import { creditNoteOf, creditsOf, type InvoicedCharge } from '../rules/credits.ts';
import {
  findOptionalDocumentByCause,
  listLine,
  listPapersOfKind,
  type Document,
} from '../store/documents.ts';
import { findRefundedBooking } from '../store/facts.ts';
import { issueInvoices } from './approval.ts';
import { issueDocument, tellOrganizer } from './issue.ts';

const sumOf = (covers: readonly Covered[]) => sumYen(covers.map(({ amountYen }) => amountYen));

const listCredited = async (tx: Transaction, bookingIds: readonly string[]): Promise<Covered[]> =>
  (await listPapersOfKind(tx, 'credit_note', bookingIds)).flatMap(
    ({ content }) => content.covers ?? [],
  );

const invoiceFacts = ({ number, issuedAt, content }: Document) => ({
  number,
  issuedOn: dayOf(issuedAt),
  taxes: content.taxes,
});

/** A charge on a combined invoice: what was given back of that paper, at the rate of the charge. */
const onCombined = async (
  tx: Transaction,
  charge: Charge,
  invoiceId: string,
  standingYen: number,
) => {
  const paper = await findOptionalDocumentByCause(tx, `combined_invoice:${invoiceId}`);
  if (!paper) return undefined;
  const { lines } = await findInvoiceWithLines(tx, invoiceId);
  const line = await listLine(tx, paper);
  const numbers = line.map(({ number }) => number);
  const credited = (
    await listCredited(tx, [...new Set(lines.map(({ billingAccountId }) => billingAccountId))])
  ).filter(({ invoiceNumber }) => invoiceNumber && numbers.includes(invoiceNumber));
  const sameRate = lines
    .filter(({ taxRateBp }) => taxRateBp === charge.taxRateBp)
    .map(({ chargeId }) => chargeId);
  return {
    chargeId: charge.id,
    taxRateBp: charge.taxRateBp,
    standingYen,
    billedYen: lines.find(({ chargeId }) => chargeId === charge.id)!.amountYen,
    creditedYen: sumOf(credited.filter(({ chargeId }) => chargeId === charge.id)),
    invoice: {
      ...invoiceFacts(line.at(-1)!),
      creditedYen: sumOf(credited.filter(({ chargeId }) => sameRate.includes(chargeId))),
    },
  };
};

const onItsOwn = async (tx: Transaction, charge: Charge, standingYen: number) => {
  const paper = await findOptionalDocumentByCause(tx, `invoice:${charge.id}`);
  if (!paper) return undefined;
  const credited = (await listCredited(tx, [charge.billingAccountId])).filter(
    ({ chargeId }) => chargeId === charge.id,
  );
  return {
    chargeId: charge.id,
    taxRateBp: charge.taxRateBp,
    standingYen,
    billedYen: charge.amountYen,
    creditedYen: sumOf(credited),
    invoice: { ...invoiceFacts((await listLine(tx, paper)).at(-1)!), creditedYen: sumOf(credited) },
  };
};

const listInvoiced = async (tx: Transaction, bookingId: string): Promise<InvoicedCharge[]> => {
  const [charges, standing] = await Promise.all([
    listChargesByBillingAccount(tx, bookingId),
    listStandingCharges(tx, [bookingId]),
  ]);
  const invoiced: InvoicedCharge[] = [];
  for (const charge of charges) {
    const standingYen = standing.find(({ id }) => id === charge.id)?.standingYen ?? 0;
    const combined = await findOptionalInvoiceOfCharge(tx, charge.id);
    const found = combined
      ? await onCombined(tx, charge, combined.id, standingYen)
      : await onItsOwn(tx, charge, standingYen);
    if (found) invoiced.push(found);
  }
  return invoiced;
};

/** Gives back on paper what was invoiced and is no longer owed, as soon as no money is left to go back. */
const issueCredit = async (
  tx: Transaction,
  context: Context,
  booking: Booking,
): Promise<Document | undefined> => {
  const { owedYen } = await findBalance(tx, booking.id);
  const credits = creditsOf(await listInvoiced(tx, booking.id), owedYen);
  if (credits.length === 0) return undefined;
  const before = sumOf(await listCredited(tx, [booking.id]));
  const after = before + sumYen(credits.map(({ amountYen }) => amountYen));
  return issueDocument(tx, context, booking, {
    kind: 'credit_note',
    cause: `credit_note:${booking.id}:${after}`,
    compose: (subject, issue) => creditNoteOf(subject, issue, credits),
  });
};

export const issueCreditNote = (context: Context, bookingId: string): Promise<void> =>
  context.transact(async (tx) => {
    const booking = await findBookingForUpdate(tx, bookingId);
    await tellOrganizer(tx, context, booking, [await issueCredit(tx, context, booking)]);
  });

/** Money that never belonged to a booking goes back without a paper: nothing was supplied for it. */
export const issueRefundCredit = async (context: Context, refundId: string): Promise<void> => {
  const bookingId = await findRefundedBooking(context.database.db, refundId);
  if (bookingId) await issueCreditNote(context, bookingId);
};

/** After a cancellation: the invoice of what is kept, and the credit note of what no longer is owed. */
export const issueCancelledPapers = (context: Context, bookingId: string): Promise<void> =>
  context.transact(async (tx) => {
    const booking = await findBookingForUpdate(tx, bookingId);
    const kept = await issueInvoices(tx, context, booking);
    const credit = await issueCredit(tx, context, booking);
    await tellOrganizer(tx, context, booking, [...kept, credit]);
  });

/** 精算書, and the invoice of what it charges. */
export const issueSettlement = async (context: Context, bookingId: string): Promise<void> => {
  await chargeSettlement(context, bookingId);
  await context.transact(async (tx) => {
    const booking = await findBookingForUpdate(tx, bookingId);
    const settled = await findOptionalSettlement(tx, bookingId);
    if (settled?.state !== 'settled') return;
    const settlement = settled.content as Settlement;
    const statement = await issueDocument(tx, context, booking, {
      kind: 'settlement_statement',
      cause: `settlement_statement:${settled.id}`,
      compose: (subject, issue) => settlementStatementOf(subject, issue, settlement),
    });
    const charge = (await listChargesByBillingAccount(tx, bookingId)).find(
      ({ cause, reversedAt }) => cause === `settlement:${settled.id}` && !reversedAt,
    );
    const invoice =
      charge &&
      (await issueDocument(tx, context, booking, {
        kind: 'invoice',
        cause: `invoice:${charge.id}`,
        compose: (subject, issue) => settlementInvoiceOf(subject, issue, { charge, settlement }),
      }));
    await tellOrganizer(tx, context, booking, [statement, invoice]);
  });
};
