import type { Transaction } from '#db/client.server.ts';
import { accountErrors } from '../../accounts/errors.ts';
import { findBookingForUpdate, listQuotes } from '../../bookings/actions/read.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import type { Context } from '../../context.ts';
import { findDues } from '../../payments/actions/dues.ts';
import type { Due } from '../../payments/rules/ledger.ts';
import { hasRole, type StaffRole, isConcerned } from '../../shared/actor.ts';
import { orThrow } from '../../shared/result.ts';
import { dayOf } from '../../shared/time.ts';
import { findVenue } from '../../venues/actions.ts';
import { documentErrors } from '../errors.ts';
import {
  dunningLetterOf,
  isOffered,
  offerHoldsUntil,
  openSum,
  paymentNoticeOf,
  paymentSlipOf,
  quotationOf,
} from '../rules/notices.ts';
import { slipDigits, slipReference, slipYenMost } from '../rules/slip.ts';
import {
  findOptionalDocumentByCause,
  listLine,
  listPapersOfKind,
  type Document,
} from '../store/documents.ts';
import { findDunnedBooking, findOptionalDunning, listBankAccounts } from '../store/facts.ts';
import { issueDocument, tellOrganizer, type Cause } from './issue.ts';

const findKnownBooking = async (
  tx: Transaction,
  context: Context,
  bookingId: string,
): Promise<Booking> => {
  const booking = await findBookingForUpdate(tx, bookingId).catch(() => {
    throw documentErrors.unknown();
  });
  if (!isConcerned(context.actor, booking)) throw documentErrors.unknown();
  return booking;
};

/** Asked for twice it is the same paper; only a new one is told of. */
const issueOnce = async (
  tx: Transaction,
  context: Context,
  booking: Booking,
  cause: Cause,
): Promise<Document> => {
  const issued = await issueDocument(tx, context, booking, cause);
  await tellOrganizer(tx, context, booking, [issued]);
  if (issued) return issued;
  const line = await listLine(tx, (await findOptionalDocumentByCause(tx, cause.cause))!);
  return line.at(-1)!;
};

/**
 * 見積書 of the price as it is promised now, once a day for each price.
 * @throws documents.no_longer_offered
 */
export const issueQuotation = (context: Context, bookingId: string): Promise<Document> =>
  context.transact(async (tx) => {
    const booking = await findKnownBooking(tx, context, bookingId);
    if (!isOffered(booking)) throw documentErrors.no_longer_offered();
    const { zone } = await findVenue(tx, booking.venueId);
    const [newest] = await listQuotes(tx, bookingId);
    const validUntil = offerHoldsUntil(booking, zone);
    const today = dayOf(context.now(), zone);
    return issueOnce(tx, context, booking, {
      kind: 'quotation',
      cause: `quotation:${bookingId}:v${newest!.bookingVersion}:${today}:${validUntil}`,
      compose: (subject, issue) => quotationOf(subject, issue, validUntil),
    });
  });

const findOpenDues = async (tx: Transaction, bookingId: string): Promise<Due[]> => {
  const dues = await findDues(tx, bookingId);
  if (dues.length === 0) throw documentErrors.nothing_due();
  return dues;
};

/**
 * 納入通知書 of everything still to be paid, once a day for each sum.
 * @throws documents.nothing_due
 */
export const issuePaymentNotice = (context: Context, bookingId: string): Promise<Document> =>
  context.transact(async (tx) => {
    const booking = await findKnownBooking(tx, context, bookingId);
    const dues = await findOpenDues(tx, bookingId);
    const accounts = await listBankAccounts(tx, booking.venueId);
    const today = dayOf(context.now());
    return issueOnce(tx, context, booking, {
      kind: 'payment_notice',
      cause: `payment_notice:${bookingId}:${today}:${openSum(dues)}`,
      compose: (subject, issue) => paymentNoticeOf(subject, issue, { dues, accounts }),
    });
  });

const slipMakers: readonly StaffRole[] = ['desk', 'finance', 'manager'];
// Nobody's code: the demonstration shows what a slip looks like, no store takes it.
const sampleCompanyCode = '900000';
const reissueMost = 9;

const companyCodeOf = ({ settings }: Context): string => {
  if (settings.slipCompanyCode) return settings.slipCompanyCode;
  if (!settings.isDemonstration) throw documentErrors.slip_not_contracted();
  return sampleCompanyCode;
};

/**
 * 払込票 for the part that is due next; each new one says how many were before it.
 * @throws documents.nothing_due, documents.slip_too_high, documents.slip_not_contracted
 */
export const issuePaymentSlip = (context: Context, bookingId: string): Promise<Document> =>
  context.transact(async (tx) => {
    const booking = await findKnownBooking(tx, context, bookingId);
    if (!hasRole(context.actor, booking.venueId, slipMakers)) throw accountErrors.forbidden();
    const dues = await findOpenDues(tx, bookingId);
    const next = dues.filter(({ dueOn }) => dueOn === dues[0]!.dueOn);
    const amountYen = openSum(next);
    if (amountYen > slipYenMost) {
      throw documentErrors.slip_too_high({ detail: { amountYen, yenMost: slipYenMost } });
    }
    const { sortOrder, zone } = await findVenue(tx, booking.venueId);
    const today = dayOf(context.now(), zone);
    const dueOn = dues[0]!.dueOn < today ? today : dues[0]!.dueOn;
    const companyCode = companyCodeOf(context);
    const before = (await listPapersOfKind(tx, 'payment_slip', [bookingId])).length;
    return issueOnce(tx, context, booking, {
      kind: 'payment_slip',
      cause: `payment_slip:${bookingId}:${before + 1}`,
      compose: (subject, issue) => {
        const digits = orThrow(
          slipDigits({
            companyCode,
            reference: slipReference(sortOrder, issue.number, booking.number),
            reissue: Math.min(before, reissueMost),
            dueOn,
            bearsStamp: false,
            amountYen,
          }),
        );
        const isSample = companyCode === sampleCompanyCode;
        return paymentSlipOf(subject, issue, { digits, amountYen, dueOn, isSample });
      },
    });
  });

/** 督促状 of a reminder, where its level asks for a paper. */
export const issueDunningLetter = async (context: Context, dunningId: string): Promise<void> => {
  const bookingId = await findDunnedBooking(context.database.db, dunningId);
  if (!bookingId) throw new Error(`${dunningId} has dunned nobody`);
  await context.transact(async (tx) => {
    const booking = await findBookingForUpdate(tx, bookingId);
    const found = await findOptionalDunning(tx, dunningId, booking.venueId);
    if (!found?.level?.sendsLetter) return;
    const { level, overdueYen, dueOn } = found.dunning;
    const { nameJa } = found.level;
    const accounts = await listBankAccounts(tx, booking.venueId);
    const letter = await issueDocument(tx, context, booking, {
      kind: 'dunning_letter',
      cause: `dunning_letter:${dunningId}`,
      compose: (subject, issue) =>
        dunningLetterOf(subject, issue, {
          nameJa,
          level,
          overdueYen,
          accounts,
          dueOn: dueOn as Due['dueOn'],
        }),
    });
    await tellOrganizer(tx, context, booking, [letter]);
  });
};
