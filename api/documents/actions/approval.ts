import type { Transaction } from '#db/client.server.ts';
import {
  findBookingForUpdate,
  listQuotes,
  type PromisedQuote,
} from '../../bookings/actions/read.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import type { Context } from '../../context.ts';
import { chargeBooking } from '../../booking_charges/actions/charge.ts';
import { findDues, listStandingCharges } from '../../payments/actions/dues.ts';
import { listChargesByBillingAccount } from '../../payments/actions/read.ts';
import type { Charge } from '../../payments/rules/charge.ts';
import type { Instalment } from '../../payments/rules/ledger.ts';
import { keptInvoiceOf } from '../rules/after_use.ts';
import { approvalLetterOf, changedApprovalLetterOf, refusalLetterOf } from '../rules/letters.ts';
import { extraInvoiceOf, invoiceOf } from '../rules/money.ts';
import { paymentNoticeOf } from '../rules/notices.ts';
import type { Document } from '../store/documents.ts';
import { listBankAccounts } from '../store/facts.ts';
import { issueDocument, tellOrganizer, type Cause } from './issue.ts';

const isApproved = ({ state }: Booking) => ['approved', 'in_use', 'settled'].includes(state);

/** An invoice says what was promised when it was charged, also when the booking has changed since. */
const invoiceFrom =
  (
    charge: Charge & { readonly parts: readonly Instalment[] },
    quotes: readonly PromisedQuote[],
  ): Cause['compose'] =>
  (subject, issue) => {
    if (charge.kind === 'amendment') return extraInvoiceOf(subject, issue, charge);
    if (charge.kind !== 'booking') return keptInvoiceOf(subject, issue, charge);
    const promised = quotes.find(
      ({ quote, createdAt }) =>
        quote.totalYen === charge.amountYen && createdAt <= charge.createdAt,
    );
    return invoiceOf({ ...subject, quote: promised?.quote ?? subject.quote }, issue, charge);
  };

/** Invoices of whatever stands charged and is not papered yet; a settlement has papers of its own. */
export const issueInvoices = async (
  tx: Transaction,
  context: Context,
  booking: Booking,
): Promise<(Document | undefined)[]> => {
  const [charges, standing, quotes] = await Promise.all([
    listChargesByBillingAccount(tx, booking.id),
    listStandingCharges(tx, [booking.id]),
    listQuotes(tx, booking.id),
  ]);
  const invoices: (Document | undefined)[] = [];
  for (const charge of charges) {
    if (charge.reversedAt || charge.kind === 'settlement') continue;
    const parts = standing.find(({ id }) => id === charge.id)?.instalments ?? [];
    const compose = invoiceFrom({ ...charge, parts }, quotes);
    const cause = `invoice:${charge.id}`;
    invoices.push(await issueDocument(tx, context, booking, { kind: 'invoice', cause, compose }));
  }
  return invoices;
};

/** What is paid in parts needs its days and the account: 納入通知書, once. */
const issueInstalmentNotice = async (
  tx: Transaction,
  context: Context,
  booking: Booking,
): Promise<Document | undefined> => {
  const dues = await findDues(tx, booking.id);
  if (dues.length < 2) return undefined;
  const accounts = await listBankAccounts(tx, booking.venueId);
  return issueDocument(tx, context, booking, {
    kind: 'payment_notice',
    cause: `payment_notice:${booking.id}:approval`,
    compose: (subject, issue) => paymentNoticeOf(subject, issue, { dues, accounts }),
  });
};

/** 使用承認書 and 請求書, together as the venue hands them out; both or none. */
export const issuePapers = async (context: Context, bookingId: string): Promise<void> => {
  await chargeBooking(context, bookingId);
  await context.transact(async (tx) => {
    const booking = await findBookingForUpdate(tx, bookingId);
    if (!isApproved(booking)) return;
    const letter = await issueDocument(tx, context, booking, {
      kind: 'approval_letter',
      cause: `approval_letter:${booking.id}:${booking.decidedAt!.toISOString()}`,
      compose: approvalLetterOf,
    });
    const invoices = await issueInvoices(tx, context, booking);
    const notice = await issueInstalmentNotice(tx, context, booking);
    await tellOrganizer(tx, context, booking, [letter, ...invoices, notice]);
  });
};

/** A changed approval is papered anew, with the invoice of what it added; an overtaken version is not. */
export const issueChangedPapers = (
  context: Context,
  { bookingId, version }: { bookingId: string; version: number },
): Promise<void> =>
  context.transact(async (tx) => {
    const booking = await findBookingForUpdate(tx, bookingId);
    const [newest] = await listQuotes(tx, bookingId);
    if (!isApproved(booking) || newest!.bookingVersion !== version) return;
    const letter = await issueDocument(tx, context, booking, {
      kind: 'approval_letter',
      cause: `approval_letter:${booking.id}:v${version}`,
      compose: changedApprovalLetterOf,
    });
    const invoices = await issueInvoices(tx, context, booking);
    await tellOrganizer(tx, context, booking, [letter, ...invoices]);
  });

export const issueRefusal = (context: Context, bookingId: string): Promise<void> =>
  context.transact(async (tx) => {
    const booking = await findBookingForUpdate(tx, bookingId);
    if (booking.state !== 'refused') return;
    const letter = await issueDocument(tx, context, booking, {
      kind: 'refusal_letter',
      cause: `refusal_letter:${booking.id}`,
      compose: refusalLetterOf,
    });
    await tellOrganizer(tx, context, booking, [letter]);
  });
