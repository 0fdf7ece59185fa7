import type { Context } from '../../context.ts';
import type { Quote } from '../../fees/rules/quote.ts';
import { findOrganization, type Organization } from '../../organizations/actions.ts';
import { bookingErrors } from '../errors.ts';
import type { Booking } from '../rules/booking.ts';
import { allowedTransitions, canSee } from '../rules/transitions.ts';
import { bookingsPageSize, type ListBookings } from '../schema.ts';
import { findOptionalBooking, findQuote } from '../store/bookings.ts';
import {
  countBookings,
  listHistory,
  listPlaceNames,
  listSummaries,
  type BookingFilter,
  type PlaceNames,
} from '../store/views.ts';

/** A booking the actor may know of; anything else reads as unknown. */
export const findVisibleBooking = async (context: Context, bookingId: string): Promise<Booking> => {
  const booking = await findOptionalBooking(context.reads, bookingId);
  if (!booking || !canSee(booking, context.actor)) throw bookingErrors.unknown();
  return booking;
};

interface Shown {
  readonly booking: Booking;
  readonly organization: Organization;
  readonly quote: Quote;
  readonly names: readonly PlaceNames[];
}

/** The booking as pages and programs see it: names, promised price, and what may be done next. */
export const showBooking = (context: Context, { booking, organization, quote, names }: Shown) => {
  const {
    createdByAccountId: _by,
    decidedByAccountId: _decidedBy,
    updatedAt: _at,
    ...shown
  } = booking;
  const byId = new Map(names.map((name) => [name.configurationId, name]));
  return {
    ...shown,
    organizationName: organization.name,
    contactName: organization.contactName,
    contactPhone: organization.phone,
    contactEmail: organization.email,
    uses: booking.uses.map((use) => ({ ...use, ...byId.get(use.configurationId)! })),
    quote,
    allowedActions: allowedTransitions(booking, context.actor, context.now()),
  };
};

export const viewBooking = async (context: Context, bookingId: string) => {
  const booking = await findVisibleBooking(context, bookingId);
  const db = context.reads;
  const ids = [...new Set(booking.uses.map(({ configurationId }) => configurationId))];
  const [names, organization, quote] = await Promise.all([
    listPlaceNames(db, ids),
    findOrganization(db, booking.organizationId),
    findQuote(db, booking.id),
  ]);
  return showBooking(context, { booking, organization, quote, names });
};

/** Staff see the bookings of their venues, organizers their own. */
const scopeOf = ({ actor }: Context, venue: string | undefined): BookingFilter => {
  if (actor.kind === 'organizer') {
    return { organizationIds: actor.organizationIds, ...(venue ? { venueIds: [venue] } : {}) };
  }
  const venueIds = actor.kind === 'staff' ? Object.keys(actor.roles) : [];
  return { venueIds: venue ? venueIds.filter((id) => id === venue) : venueIds };
};

export const listBookings = async (context: Context, asked: ListBookings) => {
  const { venue, page, ...rest } = asked;
  const filter = { ...rest, ...scopeOf(context, venue) };
  const offset = (page - 1) * bookingsPageSize;
  const [total, rows] = await Promise.all([
    countBookings(context.reads, filter),
    listSummaries(context.reads, filter, { limit: bookingsPageSize, offset }),
  ]);
  return {
    bookings: rows,
    page,
    pageCount: Math.max(1, Math.ceil(total / bookingsPageSize)),
    total,
  };
};

export const viewHistory = async (context: Context, bookingId: string) => {
  await findVisibleBooking(context, bookingId);
  return listHistory(context.reads, bookingId);
};

export { findBooking, findBookingForUpdate, findQuote } from '../store/bookings.ts';
