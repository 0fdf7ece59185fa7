import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import {
  findPricedVenue,
  priceAskedUses,
  type PricedUses,
  type PricedVenue,
} from '../../fees/actions.ts';
import type { Quote } from '../../fees/rules/quote.ts';
import { findOrganization, type Organization } from '../../organizations/actions.ts';
import { AppError } from '../../shared/error.ts';
import { hasRole, isMemberOf } from '../../shared/actor.ts';
import type { BookingId, UseId, VenueId } from '../../shared/ids.ts';
import { orThrow } from '../../shared/result.ts';
import { dayOf, fiscalYearOf } from '../../shared/time.ts';
import { lockCells } from '../../slots/actions.ts';
import { bookingErrors } from '../errors.ts';
import { decideAsked, type AskedPlace } from '../rules/asked.ts';
import { firstStart, type Booking } from '../rules/booking.ts';
import { blockedSlots, isLapsed } from '../rules/obstacles.ts';
import {
  claimsOf,
  holdEnd,
  stretchOf,
  type CellClaim,
  type SlotClock,
} from '../rules/placement.ts';
import type { HoldBooking } from '../schema.ts';
import { insertBooking, insertQuote, takeBookingNumber } from '../store/bookings.ts';
import { insertClaims, listObstacles, type Obstacle } from '../store/occupancies.ts';
import { listAlternatives } from './alternatives.ts';
import { expireBooking } from './expiry.ts';
import { tellKnown } from './news.ts';
import { showBooking } from './read.ts';

/** Everything a hold is decided from, read before the transaction: the catalogue does not move under it. */
interface Plan {
  readonly booking: Booking;
  readonly places: readonly AskedPlace[];
  readonly claims: readonly CellClaim[];
  readonly quote: Quote;
  readonly clock: SlotClock;
  readonly organization: Organization;
  readonly venue: PricedVenue;
}

const requireOrganizer = (context: Context, input: HoldBooking): void => {
  const mayBookFor =
    isMemberOf(context.actor, input.organizationId) ||
    hasRole(context.actor, input.venue as VenueId, ['desk', 'manager']);
  if (!mayBookFor) throw bookingErrors.organizer_required();
};

const placesOf = (
  context: Context,
  input: HoldBooking,
  priced: PricedUses,
  venue: PricedVenue,
  clock: SlotClock,
): AskedPlace[] =>
  priced.uses.map((use, position) => {
    const part = venue.parts.get(use.configurationId)!;
    const band = venue.hours.bands.find(({ code }) => code === use.bandCode)!;
    const { from, until } = stretchOf(band.slotCodes, use.date, clock);
    return {
      cellIds: part.cellIds,
      slotCodes: band.slotCodes,
      opensMonthsBefore: part.opensMonthsBefore,
      use: {
        id: context.newId('use') as UseId,
        position,
        roomId: part.roomId,
        configurationId: part.id,
        usedOn: use.date,
        bandCode: use.bandCode,
        startsAt: from,
        endsAt: until,
        phase: use.phase,
        layout: input.uses[position]!.layout ?? null,
        coolingMinutes: use.coolingMinutes,
        heatingMinutes: use.heatingMinutes,
        wiredLan: use.wiredLan,
      },
    };
  });

const bookingFrom = (
  context: Context,
  input: HoldBooking,
  { hours }: PricedVenue,
  places: readonly AskedPlace[],
  customerClass: Booking['customerClass'],
): Booking => {
  const now = context.now();
  const uses = places.map(({ use }) => use);
  const { uses: _uses, venue: venueId, attendance, ...said } = input;
  return {
    ...said,
    id: context.newId('booking') as BookingId,
    number: '',
    venueId: venueId as VenueId,
    attendance: attendance ?? null,
    createdByAccountId: 'accountId' in context.actor ? context.actor.accountId : null,
    state: 'held',
    version: 1,
    customerClass,
    holdExpiresAt: holdEnd(now, hours.venue.holdDays, firstStart(uses), hours.venue.zone),
    requestedAt: null,
    decidedAt: null,
    decidedByAccountId: null,
    refusalReason: null,
    refusalGround: null,
    cancelledAt: null,
    cancelReason: null,
    createdAt: now,
    updatedAt: now,
    uses,
  };
};

const makePlan = async (context: Context, input: HoldBooking): Promise<Plan> => {
  requireOrganizer(context, input);
  const [organization, venue] = await Promise.all([
    findOrganization(context.reads, input.organizationId),
    findPricedVenue(context.reads, input.venue),
  ]);
  const customerClass = organization.smeStatus === 'none' ? 'standard' : 'sme';
  const priced = await priceAskedUses(context.reads, venue, { ...input, customerClass });
  const { hours } = venue;
  const { zone, opensAtTime } = hours.venue;
  const clock: SlotClock = { zone, slots: hours.slots };
  const places = placesOf(context, input, priced, venue, clock);
  const rules = { zone, opensAtTime, closedDayRules: hours.closedDayRules };
  orThrow(decideAsked(places, rules, context.now()));
  return {
    booking: bookingFrom(context, input, venue, places, customerClass),
    places,
    claims: claimsOf(places, clock),
    quote: priced.quote,
    clock,
    organization,
    venue,
  };
};

/** Queues for the cells, then looks: two statements sent at once, answered in their order. */
const lockAndLook = async (tx: Transaction, { claims }: Plan): Promise<Obstacle[]> => {
  const cellIds = claims.map(({ cellId }) => cellId);
  const [, obstacles] = await Promise.all([lockCells(tx, cellIds), listObstacles(tx, claims)]);
  return obstacles;
};

/** Lapsed holds in the way end here and now, through the same door as by the job. */
const clearTheWay = async (tx: Transaction, context: Context, plan: Plan): Promise<void> => {
  const obstacles = await lockAndLook(tx, plan);
  const now = context.now();
  const live = obstacles.filter((obstacle) => !isLapsed(obstacle, now));
  if (live.length > 0) {
    const blocked = blockedSlots(plan.places, live, plan.clock);
    throw bookingErrors.slot_taken({ detail: { blocked } });
  }
  const lapsed = new Set(obstacles.flatMap(({ bookingId }) => bookingId ?? []));
  for (const bookingId of [...lapsed].sort()) await expireBooking(tx, context, bookingId);
};

/** Every hold of a venue waits for the number of the one before: what follows it is sent at once. */
const place = async (tx: Transaction, context: Context, plan: Plan): Promise<Booking> => {
  await clearTheWay(tx, context, plan);
  const year = fiscalYearOf(dayOf(plan.booking.createdAt));
  const number = await takeBookingNumber(tx, plan.venue.hours.venue.numberPrefix, year);
  const booking = { ...plan.booking, number };
  const { id: bookingId, version: bookingVersion, createdAt, holdExpiresAt } = booking;
  await Promise.all([
    insertBooking(tx, booking),
    insertClaims(tx, plan.claims, { bookingId, expiresAt: holdExpiresAt }),
    insertQuote(tx, plan.quote, {
      id: context.newId('quote'),
      bookingId,
      bookingVersion,
      createdAt,
    }),
    recordAudit(tx, context, { action: 'bookings.hold', subjectId: bookingId, after: booking }),
    tellKnown(tx, context, 'held', booking, plan.organization),
  ]);
  return booking;
};

const isTaken = (error: unknown): error is AppError =>
  error instanceof AppError && error.code === 'bookings.slot_taken';

/** Names what is in the way and what is free instead; read after the refusal, outside its transaction. */
const explain = async (context: Context, plan: Plan): Promise<AppError> => {
  const obstacles = await listObstacles(context.reads, plan.claims);
  const now = context.now();
  const live = obstacles.filter((obstacle) => !isLapsed(obstacle, now));
  const blocked = blockedSlots(plan.places, live, plan.clock);
  const alternatives = await listAlternatives(context, plan.booking.venueId, plan.places, blocked);
  const fields = blocked.map(({ position }) => ({
    path: `uses.${position}.band`,
    code: 'bookings.slot_taken',
    ja: 'この日時は埋まっています。',
    en: 'This time is taken.',
  }));
  return bookingErrors.slot_taken({ fields, detail: { blocked, alternatives } });
};

const takeCells = async (context: Context, plan: Plan): Promise<Booking> => {
  try {
    return await context.transact((tx) => place(tx, context, plan));
  } catch (error) {
    if (isTaken(error)) throw await explain(context, plan);
    throw error;
  }
};

/**
 * Takes the cells of all uses until the hold ends: all or nothing.
 * @throws bookings.slot_taken with what blocks and what is free; slots.*, fees.*, rooms.* for what may not be asked
 */
export const holdBooking = async (context: Context, input: HoldBooking): Promise<Booking> =>
  takeCells(context, await makePlan(context, input));

/** The same, shown as the page of the booking shows it; all that is needed is known already. */
export const holdAndShow = async (context: Context, input: HoldBooking) => {
  const plan = await makePlan(context, input);
  const booking = await takeCells(context, plan);
  const names = booking.uses.map(({ configurationId }) => {
    const part = plan.venue.parts.get(configurationId)!;
    return {
      configurationId,
      configurationNameJa: part.nameJa,
      configurationNameEn: part.nameEn,
      roomNameJa: part.roomNameJa,
      roomNameEn: part.roomNameEn,
    };
  });
  const { organization, quote } = plan;
  return showBooking(context, { booking, organization, quote, names });
};
