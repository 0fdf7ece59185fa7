import { isConcerned } from '../../shared/actor.ts';
import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { findPricedVenue, priceAskedUses, type PricedVenue } from '../../fees/actions.ts';
import type { Quote } from '../../fees/rules/quote.ts';
import { enqueue } from '../../outbox/actions.ts';
import type { BookingId } from '../../shared/ids.ts';
import { orThrow } from '../../shared/result.ts';
import { dayOf, fiscalYearOf } from '../../shared/time.ts';
import { bookingErrors } from '../errors.ts';
import { askOf, shiftedAsk } from '../rules/amendment.ts';
import type { Booking } from '../rules/booking.ts';
import { decideApart, decideSplit } from '../rules/split.ts';
import type { SplitBooking } from '../schema/amendments.ts';
import { insertVersion, saveAmendmentsStale } from '../store/amendments.ts';
import {
  findBookingForUpdate,
  insertBookingRow,
  insertQuote,
  saveBooking,
  takeBookingNumber,
} from '../store/bookings.ts';
import { moveUses, saveUses } from '../store/moves.ts';
import { tellOfAmendment } from './amend.ts';
import { holdBooking } from './hold.ts';
import { findVisibleBooking } from './read.ts';

const priceAgain = async (
  tx: Transaction,
  venue: PricedVenue,
  booking: Booking,
): Promise<Quote> => {
  const { customerClass, reduction } = booking;
  const asked = { ...askOf(booking), customerClass, ...(reduction ? { reduction } : {}) };
  return (await priceAskedUses(tx, venue, asked)).quote;
};

const keepQuote = async (
  tx: Transaction,
  context: Context,
  venue: PricedVenue,
  booking: Booking,
): Promise<void> => {
  const quote = await priceAgain(tx, venue, booking);
  await insertQuote(tx, quote, {
    id: context.newId('quote'),
    bookingId: booking.id,
    bookingVersion: booking.version,
    createdAt: context.now(),
  });
};

const staysOf = ({ parts }: PricedVenue, { uses }: Booking) =>
  uses.map(({ configurationId, startsAt, endsAt }) => ({
    cellIds: parts.get(configurationId)!.cellIds,
    startsAt,
    endsAt,
  }));

/** Both halves with their audit entries: a booking never stands without one. */
const writeDown = async (
  tx: Transaction,
  context: Context,
  halves: { before: Booking; kept: Booking; parted: Booking },
) => {
  const { before, kept, parted } = halves;
  const now = context.now();
  const useIds = parted.uses.map(({ id }) => id);
  await recordAudit(tx, context, {
    action: 'bookings.split',
    subjectId: kept.id,
    before: { version: before.version },
    after: { version: kept.version, splitBookingId: parted.id, number: parted.number, useIds },
  });
  await recordAudit(tx, context, {
    action: 'bookings.split',
    subjectId: parted.id,
    after: { ...parted, originNumber: kept.number },
  });
  await saveAmendmentsStale(tx, kept.id, { version: kept.version, now });
  await tellOfAmendment(tx, context, 'split', kept, { otherNumber: parted.number });
  await enqueue(tx, {
    task: 'bookings.amended',
    payload: { bookingId: kept.id, version: kept.version },
  });
  const { state } = parted;
  if (state === 'approved') {
    await enqueue(tx, { task: 'bookings.approved', payload: { bookingId: parted.id } });
  }
};

/**
 * Makes two bookings of one: the chosen uses, with their cells, become a booking of their own in the
 * same state. The cells are never free in between.
 */
export const splitBooking = (
  context: Context,
  input: SplitBooking & { bookingId: string },
): Promise<Booking> =>
  context.transact(async (tx) => {
    const before = await findBookingForUpdate(tx, input.bookingId);
    if (!isConcerned(context.actor, before)) throw bookingErrors.unknown();
    const { actor } = context;
    const now = context.now();
    const id = context.newId('booking') as BookingId;
    const halves = orThrow(decideSplit(before, { ...input, actor, now, id }));
    const venue = await findPricedVenue(tx, before.venueId);
    const { kept } = halves;
    orThrow(decideApart(staysOf(venue, kept), staysOf(venue, halves.parted)));
    const { zone, numberPrefix } = venue.hours.venue;
    const year = fiscalYearOf(dayOf(now, zone));
    const parted = { ...halves.parted, number: await takeBookingNumber(tx, numberPrefix, year) };
    const reason = parted.number;
    await insertVersion(tx, before, { actor, reason, consentId: null, createdAt: now });
    await insertBookingRow(tx, parted);
    const useIds = parted.uses.map((use) => use.id);
    await moveUses(tx, parted.id, useIds);
    await saveUses(tx, parted.id, parted.uses);
    await saveUses(tx, kept.id, kept.uses);
    await saveBooking(tx, kept);
    await keepQuote(tx, context, venue, kept);
    await keepQuote(tx, context, venue, parted);
    await writeDown(tx, context, { before, kept, parted });
    return parted;
  });

/** The same event again, so many days later, as a new hold. */
export const copyBooking = async (
  context: Context,
  input: { bookingId: string; firstDay: Parameters<typeof shiftedAsk>[1] },
): Promise<Booking> => {
  const booking = await findVisibleBooking(context, input.bookingId);
  const { venueId, organizationId } = booking;
  const asked = shiftedAsk(booking, input.firstDay);
  const origin = { originBookingId: booking.id, originKind: 'copy' as const };
  return holdBooking(context, { ...asked, venue: venueId, organizationId }, origin);
};
