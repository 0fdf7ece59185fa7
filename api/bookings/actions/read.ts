import type { Queryable } from '#db/client.server.ts';
import type { Context } from '../../context.ts';
import { findOrganization } from '../../organizations/actions.ts';
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
} from '../store/views.ts';

/** A booking the actor may know of; anything else reads as unknown. */
export const findVisibleBooking = async (context: Context, bookingId: string): Promise<Booking> => {
  const booking = await findOptionalBooking(context.reads, bookingId);
  if (!booking || !canSee(booking, context.actor)) throw bookingErrors.unknown();
  return booking;
};

const usesWithNames = async (db: Queryable, booking: Booking) => {
  const ids = [...new Set(booking.uses.map(({ configurationId }) => configurationId))];
  const names = new Map(
    (await listPlaceNames(db, ids)).map((name) => [name.configurationId, name]),
  );
  return booking.uses.map((use) => ({ ...use, ...names.get(use.configurationId)! }));
};

/** The booking as pages and programs see it: names, promised price, and what may be done next. */
export const viewBooking = async (context: Context, bookingId: string) => {
  const booking = await findVisibleBooking(context, bookingId);
  const db = context.reads;
  const [uses, organization, quote] = await Promise.all([
    usesWithNames(db, booking),
    findOrganization(db, booking.organizationId),
    findQuote(db, booking.id),
  ]);
  const {
    createdByAccountId: _by,
    decidedByAccountId: _decidedBy,
    updatedAt: _at,
    ...shown
  } = booking;
  return {
    ...shown,
    organizationName: organization.name,
    contactName: organization.contactName,
    contactPhone: organization.phone,
    contactEmail: organization.email,
    uses,
    quote,
    allowedActions: allowedTransitions(booking, context.actor, context.now()),
  };
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
  const total = await countBookings(context.reads, filter);
  const offset = (page - 1) * bookingsPageSize;
  const rows = await listSummaries(context.reads, filter, { limit: bookingsPageSize, offset });
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
