import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Context } from '../../context.ts';
import { findPricedVenue, priceAskedUses, type PricedVenue } from '../../fees/actions.ts';
import type { Quote } from '../../fees/rules/quote.ts';
import { findRecipient, type Recipient } from '../../organizations/actions.ts';
import { hasRole, isMemberOf } from '../../shared/actor.ts';
import type { BookingId, VenueId } from '../../shared/ids.ts';
import { orThrow } from '../../shared/result.ts';
import { dayOf, fiscalYearOf } from '../../shared/time.ts';
import { bookingErrors } from '../errors.ts';
import { decideAsked } from '../rules/asked.ts';
import { firstStart, type Booking } from '../rules/booking.ts';
import type { BookingMode } from '../rules/line.ts';
import { holdEndBy } from '../rules/conditions.ts';
import { claimsOf } from '../rules/placement.ts';
import type { HoldBooking } from '../schema/bookings.ts';
import { insertBooking, insertQuote, takeBookingNumber } from '../store/bookings.ts';
import { insertWaitingClaims } from '../store/line.ts';
import { insertClaims } from '../store/occupancies.ts';
import { refuseBlocked } from './blocked.ts';
import { serveLineFirst } from './expiry.ts';
import { tellLine } from './line.ts';
import { checkConditions } from './conditions.ts';
import { tellKnown } from './news.ts';
import { clearTheWay, clockOf, explain, isTaken, placesOf, type Wanted } from './place.ts';
import { decidePlace, withJoinable } from './queue.ts';
import { showBooking } from './read.ts';

/** Everything a hold is decided from, read before the transaction: the catalogue does not move under it. */
interface Plan extends Wanted {
  readonly mode: BookingMode;
  readonly booking: Booking;
  readonly quote: Quote;
  readonly organization: Recipient;
  readonly venue: PricedVenue;
  /** Whoever made it tells it in words of their own. */
  readonly isSilent?: boolean;
}

const requireOrganizer = (context: Context, input: HoldBooking): void => {
  const mayBookFor =
    isMemberOf(context.actor, input.organizationId) ||
    hasRole(context.actor, input.venue as VenueId, ['desk', 'manager']);
  if (!mayBookFor) throw bookingErrors.organizer_required();
  const mayGoFirst = hasRole(context.actor, input.venue as VenueId, ['manager']);
  if (input.priorityReason !== undefined && !mayGoFirst) throw bookingErrors.priority_by_manager();
};

const bookingFrom = (
  context: Context,
  input: HoldBooking,
  known: Pick<Booking, 'uses' | 'customerClass' | 'holdExpiresAt'>,
): Booking => {
  const now = context.now();
  const { uses: _uses, mode: _mode, venue: venueId, attendance, ...said } = input;
  return {
    ...said,
    id: context.newId('booking') as BookingId,
    number: '',
    venueId: venueId as VenueId,
    attendance: attendance ?? null,
    createdByAccountId: 'accountId' in context.actor ? context.actor.accountId : null,
    state: 'held',
    version: 1,
    requestedAt: null,
    decidedAt: null,
    decidedByAccountId: null,
    refusalReason: null,
    refusalGround: null,
    cancelledAt: null,
    cancelReason: null,
    cancelGround: null,
    queuedAt: null,
    challengedAt: null,
    challengeEndsAt: null,
    challengedByBookingId: null,
    promotedAt: null,
    remindedAt: null,
    originBookingId: null,
    originKind: null,
    reduction: null,
    priorityReason: input.priorityReason ?? null,
    createdAt: now,
    updatedAt: now,
    ...known,
  };
};

/** Which booking a hold was copied from. */
type Origin = Pick<Booking, 'originBookingId' | 'originKind'>;

/** A lottery has its own opening, and its own letters. */
const isDrawn = (origin: Origin | 'lottery' | undefined) => origin === 'lottery';

const makePlan = async (
  context: Context,
  input: HoldBooking,
  origin?: Origin | 'lottery',
): Promise<Plan> => {
  requireOrganizer(context, input);
  const { organizationId, venue: venueId } = input;
  const [organization, venue] = await Promise.all([
    findRecipient(context.reads, organizationId),
    findPricedVenue(context.reads, venueId),
    refuseBlocked(context.reads, context, { organizationId, venueId }),
  ]);
  const customerClass = organization.smeStatus === 'none' ? 'standard' : 'sme';
  const priced = await priceAskedUses(context.reads, venue, { ...input, customerClass });
  const { hours } = venue;
  const clock = clockOf(venue);
  const places = placesOf(context, input.uses, priced, venue);
  const now = context.now();
  const { zone, opensAtTime } = hours.venue;
  const ignoresOpening = input.priorityReason !== undefined || isDrawn(origin);
  const rules = { zone, opensAtTime, closedDayRules: hours.closedDayRules, ignoresOpening };
  orThrow(decideAsked(places, rules, now));
  const uses = places.map(({ use }) => use);
  const policy = await checkConditions(context, venue, { uses, attendance: input.attendance });
  const holdExpiresAt = holdEndBy(policy, { now, firstUse: firstStart(uses), zone });
  return {
    mode: input.mode ?? 'hold',
    venueId: hours.venue.id,
    isSilent: isDrawn(origin),
    booking: {
      ...bookingFrom(context, input, { uses, customerClass, holdExpiresAt }),
      ...(typeof origin === 'object' ? origin : {}),
    },
    places,
    claims: claimsOf(places, clock),
    quote: priced.quote,
    clock,
    organization,
    venue,
  };
};

const newcomerOf = ({ booking, claims, venue }: Plan) => ({
  booking,
  claims,
  roomClasses: booking.uses.map(
    ({ configurationId }) => venue.parts.get(configurationId)!.roomClass,
  ),
});

/** A hold takes the cells, an option or a wait only a place in line for them. */
const decideMode = async (tx: Transaction, context: Context, plan: Plan) => {
  const { mode, booking } = plan;
  if (mode === 'hold') {
    await clearTheWay(tx, context, plan);
    return { booking, rank: 1 };
  }
  return decidePlace(tx, context, { mode, ...newcomerOf(plan) });
};

const tellPlaced = (tx: Transaction, context: Context, plan: Plan, rank: number) => {
  const { mode, booking, organization } = plan;
  const { parts } = plan.venue;
  if (mode === 'hold') return tellKnown(tx, context, 'held', booking, { organization, parts });
  const news = mode === 'option' ? 'optioned' : 'waiting';
  return tellLine(tx, context, news, booking, { rank }, parts);
};

/** Every hold of a venue waits for the number of the one before: what follows it is sent at once. */
const place = async (tx: Transaction, context: Context, plan: Plan): Promise<Booking> => {
  const { mode, claims } = plan;
  const { booking: wished, rank } = await decideMode(tx, context, plan);
  const year = fiscalYearOf(dayOf(wished.createdAt));
  const number = await takeBookingNumber(tx, plan.venue.hours.venue.numberPrefix, year);
  const booking = { ...wished, number };
  const { id: bookingId, version: bookingVersion, createdAt, holdExpiresAt } = booking;
  await Promise.all([
    insertBooking(tx, booking),
    mode === 'hold'
      ? insertClaims(tx, claims, { bookingId, expiresAt: holdExpiresAt })
      : insertWaitingClaims(tx, bookingId, claims),
    insertQuote(tx, plan.quote, {
      id: context.newId('quote'),
      bookingId,
      bookingVersion,
      createdAt,
    }),
    recordAudit(tx, context, { action: `bookings.${mode}`, subjectId: bookingId, after: booking }),
    plan.isSilent ? undefined : tellPlaced(tx, context, { ...plan, booking }, rank),
  ]);
  return booking;
};

const takeCells = async (context: Context, plan: Plan): Promise<Booking> => {
  if (plan.mode !== 'hold') await serveLineFirst(context, plan.claims);
  try {
    return await context.transact((tx) => place(tx, context, plan));
  } catch (error) {
    if (isTaken(error)) {
      throw await withJoinable(context, newcomerOf(plan), await explain(context, plan));
    }
    throw error;
  }
};

/**
 * Takes the cells of all uses until the hold ends: all or nothing.
 * @throws bookings.slot_taken with what blocks and what is free; slots.*, fees.*, rooms.* for what may not be asked
 */
export const holdBooking = async (
  context: Context,
  input: HoldBooking,
  origin?: Origin,
): Promise<Booking> => takeCells(context, await makePlan(context, input, origin));

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

/** The two halves of a hold, for who holds many at once: read and decided before, taken in one transaction. */
export { makePlan as planHold, place as holdWithin, type Plan as HoldPlan };
