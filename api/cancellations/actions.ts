import type { Queryable, Transaction } from '#db/client.server.ts';
import { classedUses, findBookingConditions, mayBeLate } from '../bookings/actions/conditions.ts';
import { placesOf } from '../bookings/actions/place.ts';
import { findBooking, findQuote, findVisibleBooking } from '../bookings/actions/read.ts';
import { bookingErrors } from '../bookings/errors.ts';
import { firstStart, type Booking, type CancelGround } from '../bookings/rules/booking.ts';
import {
  decideInTime,
  decideRequestInTime,
  holdEndBy,
  requestDeadline,
} from '../bookings/rules/conditions.ts';
import type { Context } from '../context.ts';
import { findPricedVenue, priceAskedUses } from '../fees/actions.ts';
import { decideDays } from '../fees/rules/asked.ts';
import type { QuoteLine } from '../fees/rules/line.ts';
import type { AskQuote } from '../fees/schema.ts';
import { policyOver } from '../policies/rules.ts';
import type { VenueId } from '../shared/ids.ts';
import { orThrow } from '../shared/result.ts';
import { addDays, addMonths, dayOf, type LocalDay } from '../shared/time.ts';
import { findVenueHours } from '../slots/actions.ts';
import { isClosedEveryYear } from '../slots/rules/closures.ts';
import { findVenue } from '../venues/actions.ts';
import {
  decideShownKept,
  feesOfClasses,
  keptSteps,
  reckonKept,
  type Kept,
  type Notice,
} from './rules/kept.ts';
import { feesTakenOff } from './rules/change.ts';
import { termsInForce } from './rules/terms.ts';
import type { Deed } from './schema.ts';
import {
  findClassesOfRooms,
  findOptionalCancellation,
  insertCancellation,
  listClosedStretches,
  listTermsByVenue,
  type Cancellation,
} from './store.ts';

const monthsAhead = 36;

const closedDaysOf = async (db: Queryable, venueId: string, firstUsedOn: LocalDay) => {
  const { closedDayRules } = await findVenueHours(db, venueId);
  const range = { from: addMonths(firstUsedOn, -monthsAhead), until: addDays(firstUsedOn, 1) };
  const stretches = await listClosedStretches(db, venueId, range);
  return (day: LocalDay) =>
    isClosedEveryYear(closedDayRules, day) ||
    stretches.some(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn);
};

interface Asked {
  readonly deed: Deed;
  readonly ground: CancelGround;
  readonly noticedOn: LocalDay;
  readonly lines: readonly QuoteLine[];
}

/** Everything what is kept of a booking is reckoned from; its table is that of the day it was made. */
export const findNotice = async (
  db: Queryable,
  booking: Pick<Booking, 'venueId' | 'uses' | 'createdAt'>,
  { lines, ...asked }: Asked,
): Promise<Notice> => {
  const firstUsedOn = dayOf(firstStart(booking.uses));
  const [terms, classes, isClosed] = await Promise.all([
    listTermsByVenue(db, booking.venueId),
    findClassesOfRooms(db, [...new Set(lines.map(({ roomId }) => roomId))]),
    closedDaysOf(db, booking.venueId, firstUsedOn),
  ]);
  return {
    ...asked,
    firstUsedOn,
    isClosed,
    fees: feesOfClasses(lines, classes),
    terms: termsInForce(terms, dayOf(booking.createdAt)),
  };
};

/** What would be kept of a booking if notice were given on a day, and how that grows. */
export const findKept = async (
  db: Queryable,
  booking: Booking,
  asked: { readonly ground: CancelGround; readonly noticedOn: LocalDay },
) => {
  const { lines } = await findQuote(db, booking.id);
  const notice = await findNotice(db, booking, { ...asked, deed: 'cancel', lines });
  return { kept: reckonKept(notice), steps: keptSteps(notice) };
};

interface Changed {
  readonly before: readonly QuoteLine[];
  readonly after: readonly QuoteLine[];
  readonly noticedOn: LocalDay;
}

/** What a change that lowers the price costs: a share of what it takes off. */
export const findChangeFee = async (
  db: Queryable,
  booking: Pick<Booking, 'venueId' | 'uses' | 'createdAt'>,
  { before, after, noticedOn }: Changed,
): Promise<Kept> => {
  const asked = { deed: 'change', ground: 'organizer', noticedOn } as const;
  const [was, becomes] = await Promise.all([
    findNotice(db, booking, { ...asked, lines: before }),
    findNotice(db, booking, { ...asked, lines: after }),
  ]);
  return reckonKept({ ...was, fees: feesTakenOff(was.fees, becomes.fees) });
};

/**
 * Notes what is kept of a cancelled booking, once for its end, in the transaction that ends it.
 * @throws cancellations.figure_changed when another figure was shown
 */
export const keepCancellation = async (
  tx: Transaction,
  context: Context,
  { bookingId, shownKeptYen }: { bookingId: string; shownKeptYen?: number | undefined },
): Promise<Cancellation> => {
  const booking = await findBooking(tx, bookingId);
  const known = await findOptionalCancellation(tx, bookingId);
  if (known?.bookingVersion === booking.version) return known;
  const ground = booking.cancelGround ?? 'operator';
  const noticedOn = dayOf(booking.cancelledAt ?? context.now());
  const found = await findKept(tx, booking, { ground, noticedOn });
  const { feeYen, keptYen, reasons, isProvisional } = orThrow(
    decideShownKept(found.kept, shownKeptYen),
  );
  const cancellation: Cancellation = {
    bookingId: booking.id,
    bookingVersion: booking.version,
    ground,
    noticedOn,
    feeYen,
    keptYen,
    reasons,
    publication: isProvisional ? 'provisional' : 'published',
    createdAt: context.now(),
  };
  await insertCancellation(tx, cancellation);
  return cancellation;
};

/** What a hold of these uses would mean, seen before anybody holds them. */
export const viewOutlook = async (context: Context, asked: AskQuote) => {
  const db = context.reads;
  const now = context.now();
  const venue = await findPricedVenue(db, asked.venue);
  const { id: venueId, zone } = venue.hours.venue;
  const today = dayOf(now, zone);
  orThrow(decideDays(asked.uses, today));
  const priced = await priceAskedUses(db, venue, asked);
  const uses = placesOf(context, asked.uses, priced, venue).map(({ use }) => use);
  const policy = policyOver(
    venue.policies,
    classedUses(venue, uses).map(({ roomClass }) => roomClass),
  );
  const when = { firstUse: firstStart(uses), zone, now };
  const isTooLate = !decideInTime(policy, { ...when, isStaff: mayBeLate(context, venueId) }).ok;
  const notice = await findNotice(
    db,
    { venueId: venueId as VenueId, uses, createdAt: now },
    { deed: 'cancel', ground: 'organizer', noticedOn: today, lines: priced.quote.lines },
  );
  const { feeYen, keptYen, isProvisional } = reckonKept(notice);
  return {
    isTooLate,
    applyBy: requestDeadline(policy, when).toISOString(),
    holdEndsAt: isTooLate ? null : holdEndBy(policy, when).toISOString(),
    cancellation: { noticedOn: today, feeYen, keptYen, isProvisional, steps: keptSteps(notice) },
  };
};

const isUndecided = ({ state }: Booking) =>
  ['optioned', 'waiting', 'held', 'requested'].includes(state);

/** The same of a booking that is not approved yet: told before its organizer applies. */
export const viewBookingOutlook = async (context: Context, bookingId: string) => {
  const booking = await findVisibleBooking(context, bookingId);
  const { state, uses, holdExpiresAt } = booking;
  if (!isUndecided(booking)) throw bookingErrors.not_allowed_in_state({ detail: { state } });
  const db = context.reads;
  const now = context.now();
  const conditions = await findBookingConditions(db, context, booking);
  const { policy, zone } = conditions;
  const noticedOn = dayOf(now, zone);
  const { kept, steps } = await findKept(db, booking, { ground: 'organizer', noticedOn });
  const { feeYen, keptYen, isProvisional } = kept;
  return {
    isTooLate: state !== 'requested' && !decideRequestInTime(booking, conditions, now).ok,
    applyBy: requestDeadline(policy, { firstUse: firstStart(uses), zone }).toISOString(),
    holdEndsAt: state === 'held' ? holdExpiresAt.toISOString() : null,
    cancellation: { noticedOn, feeYen, keptYen, isProvisional, steps },
  };
};

/** The tables in force today, for anybody who asks. */
export const viewTerms = async (context: Context, venueId: string) => {
  const { id, nameJa, nameEn } = await findVenue(context.reads, venueId);
  const terms = await listTermsByVenue(context.reads, id);
  return { venue: { id, nameJa, nameEn }, terms: termsInForce(terms, dayOf(context.now())) };
};

export { findOptionalCancellation, type Cancellation } from './store.ts';
