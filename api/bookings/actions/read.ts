import { isConcerned } from '../../shared/actor.ts';
import type { Context } from '../../context.ts';
import type { Quote } from '../../fees/rules/quote.ts';
import { findOrganization, type Organization } from '../../organizations/actions.ts';
import { listed, pageAsked } from '../../shared/lists.ts';
import { bookingErrors } from '../errors.ts';
import { isAgreed, type Booking } from '../rules/booking.ts';
import { isApprovedAtOnce, type BookingConditions } from '../rules/conditions.ts';
import { allowedTransitions } from '../rules/transitions.ts';
import { bookingList, type ListBookings } from '../schema/list.ts';
import { findOptionalBooking, findQuote } from '../store/bookings.ts';
import {
  countBookings,
  listHistory,
  listPlaceNames,
  listSummaries,
  type BookingFilter,
  type PlaceNames,
} from '../store/views.ts';
import { findBookingConditions } from './conditions.ts';

/** A booking the actor may know of; anything else reads as unknown. */
export const findVisibleBooking = async (context: Context, bookingId: string): Promise<Booking> => {
  const booking = await findOptionalBooking(context.reads, bookingId);
  if (!booking || !isConcerned(context.actor, booking)) throw bookingErrors.unknown();
  return booking;
};

interface Shown {
  readonly booking: Booking;
  readonly organization: Organization;
  readonly quote: Quote;
  readonly names: readonly PlaceNames[];
  /** Where something is still to be decided. */
  readonly conditions?: BookingConditions | undefined;
}

/** The booking as pages and programs see it: names, promised price, and what may be done next. */
export const showBooking = (context: Context, shown: Shown) => {
  const { booking, organization, quote, names, conditions } = shown;
  const {
    createdByAccountId: _by,
    decidedByAccountId: decidedBy,
    updatedAt: _at,
    challengedByBookingId: _challenger,
    remindedAt: _reminded,
    ...known
  } = booking;
  const byId = new Map(names.map((name) => [name.configurationId, name]));
  return {
    ...known,
    organizationName: organization.name,
    contactName: organization.contactName,
    contactPhone: organization.phone,
    contactEmail: organization.email,
    uses: booking.uses.map((use) => ({ ...use, ...byId.get(use.configurationId)! })),
    quote,
    allowedActions: allowedTransitions(
      booking,
      context.actor,
      context.now(),
      conditions?.policy.approverRoles,
    ),
    /** Plain use let through by the conditions of use, without a person. */
    isApprovedByRule: booking.decidedAt !== null && decidedBy === null && isAgreed(booking),
    isApprovedAtOnce:
      booking.state === 'held' && conditions !== undefined && isApprovedAtOnce(booking, conditions),
  };
};

export const viewBooking = async (context: Context, bookingId: string) => {
  const booking = await findVisibleBooking(context, bookingId);
  const db = context.reads;
  const ids = [...new Set(booking.uses.map(({ configurationId }) => configurationId))];
  const isOpen = ['held', 'requested'].includes(booking.state);
  const [names, organization, quote, conditions] = await Promise.all([
    listPlaceNames(db, ids),
    findOrganization(db, booking.organizationId),
    findQuote(db, booking.id),
    isOpen ? findBookingConditions(db, context, booking) : undefined,
  ]);
  return showBooking(context, { booking, organization, quote, names, conditions });
};

/** Staff see the bookings of their venues, organizers their own. */
const scopeOf = (
  { actor }: Context,
  venue: string | undefined,
): Pick<BookingFilter, 'organizationIds' | 'venueIds'> => {
  if (actor.kind === 'organizer') {
    return { organizationIds: actor.organizationIds, ...(venue ? { venueIds: [venue] } : {}) };
  }
  const venueIds = actor.kind === 'staff' ? Object.keys(actor.roles) : [];
  return { venueIds: venue ? venueIds.filter((id) => id === venue) : venueIds };
};

export const listBookings = async (context: Context, asked: ListBookings) => {
  const filter = { ...asked, ...scopeOf(context, asked.venue), now: context.now() };
  const [rows, total] = await Promise.all([
    listSummaries(context.reads, filter, pageAsked(bookingList, asked)),
    countBookings(context.reads, filter),
  ]);
  return listed(asked, rows, total);
};

export const viewHistory = async (context: Context, bookingId: string) => {
  await findVisibleBooking(context, bookingId);
  return listHistory(context.reads, bookingId);
};

export {
  findBooking,
  findBookingForUpdate,
  findQuote,
  listQuotes,
  type PromisedQuote,
} from '../store/bookings.ts';
export { listObstacles, type Obstacle } from '../store/occupancies.ts';
