import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { priceAskedUses } from '../../fees/actions.ts';
import type { Quote } from '../../fees/rules/quote.ts';
import { findOrganization } from '../../organizations/actions.ts';
import { listBookablePartsByIds, type BookablePart } from '../../rooms/actions.ts';
import { AppError } from '../../shared/error.ts';
import { hasRole, isMemberOf } from '../../shared/actor.ts';
import type { BookingId, UseId, VenueId } from '../../shared/ids.ts';
import { orThrow } from '../../shared/result.ts';
import { dayOf, fiscalYearOf } from '../../shared/time.ts';
import { findVenueHours, listClosedDayRules, lockCells } from '../../slots/actions.ts';
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
import { insertClaims, listObstacles } from '../store/occupancies.ts';
import { listAlternatives } from './alternatives.ts';
import { expireBooking } from './expiry.ts';
import { tellOrganizer } from './news.ts';

type Hours = Awaited<ReturnType<typeof findVenueHours>>;

/** Everything a hold is decided from, read before the transaction: the catalogue does not move under it. */
interface Plan {
  readonly booking: Booking;
  readonly places: readonly AskedPlace[];
  readonly claims: readonly CellClaim[];
  readonly quote: Quote;
  readonly clock: SlotClock;
  readonly numberPrefix: string;
}

const organizationFor = async (context: Context, input: HoldBooking) => {
  const mayBookFor =
    isMemberOf(context.actor, input.organizationId) ||
    hasRole(context.actor, input.venue as VenueId, ['desk', 'manager']);
  if (!mayBookFor) throw bookingErrors.organizer_required();
  return findOrganization(context.reads, input.organizationId);
};

type Priced = Awaited<ReturnType<typeof priceAskedUses>>;

const placesOf = (
  context: Context,
  input: HoldBooking,
  priced: Priced,
  parts: readonly BookablePart[],
  clock: SlotClock,
): AskedPlace[] =>
  priced.uses.map((use, position) => {
    const part = parts.find(({ id }) => id === use.configurationId)!;
    const band = priced.catalogue.bands.find(({ code }) => code === use.bandCode)!;
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
  hours: Hours,
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
  const organization = await organizationFor(context, input);
  const customerClass = organization.smeStatus === 'none' ? 'standard' : 'sme';
  const [hours, closedDayRules, priced] = await Promise.all([
    findVenueHours(context, input.venue),
    listClosedDayRules(context, input.venue),
    priceAskedUses(context.reads, { ...input, customerClass }),
  ]);
  const ids = [...new Set(priced.uses.map(({ configurationId }) => configurationId))];
  const parts = await listBookablePartsByIds(context.reads, ids);
  const { zone, opensAtTime, numberPrefix } = hours.venue;
  const clock: SlotClock = { zone, slots: hours.slots };
  const places = placesOf(context, input, priced, parts, clock);
  orThrow(decideAsked(places, { zone, opensAtTime, closedDayRules }, context.now()));
  return {
    booking: bookingFrom(context, input, hours, places, customerClass),
    places,
    claims: claimsOf(places, clock),
    quote: priced.quote,
    clock,
    numberPrefix,
  };
};

/** Lapsed holds in the way end here and now, through the same door as by the job. */
const clearTheWay = async (tx: Transaction, context: Context, plan: Plan): Promise<void> => {
  const obstacles = await listObstacles(tx, plan.claims);
  const now = context.now();
  const live = obstacles.filter((obstacle) => !isLapsed(obstacle, now));
  if (live.length > 0) {
    const blocked = blockedSlots(plan.places, live, plan.clock);
    throw bookingErrors.slot_taken({ detail: { blocked } });
  }
  const lapsed = new Set(obstacles.flatMap(({ bookingId }) => bookingId ?? []));
  for (const bookingId of [...lapsed].sort()) await expireBooking(tx, context, bookingId);
};

const place = async (tx: Transaction, context: Context, plan: Plan): Promise<Booking> => {
  await lockCells(
    tx,
    plan.claims.map(({ cellId }) => cellId),
  );
  await clearTheWay(tx, context, plan);
  const year = fiscalYearOf(dayOf(plan.booking.createdAt));
  const booking = { ...plan.booking, number: await takeBookingNumber(tx, plan.numberPrefix, year) };
  await insertBooking(tx, booking);
  await insertClaims(tx, plan.claims, { bookingId: booking.id, expiresAt: booking.holdExpiresAt });
  await insertQuote(tx, plan.quote, {
    id: context.newId('quote'),
    bookingId: booking.id,
    bookingVersion: booking.version,
    createdAt: booking.createdAt,
  });
  await recordAudit(tx, context, {
    action: 'bookings.hold',
    subjectId: booking.id,
    after: booking,
  });
  await tellOrganizer(tx, context, 'held', booking);
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

/**
 * Takes the cells of all uses until the hold ends: all or nothing.
 * @throws bookings.slot_taken with what blocks and what is free; slots.*, fees.*, rooms.* for what may not be asked
 */
export const holdBooking = async (context: Context, input: HoldBooking): Promise<Booking> => {
  const plan = await makePlan(context, input);
  try {
    return await context.transact((tx) => place(tx, context, plan));
  } catch (error) {
    if (isTaken(error)) throw await explain(context, plan);
    throw error;
  }
};
