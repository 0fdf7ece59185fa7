import type { Queryable } from '#db/client.server.ts';
import { listKeepers } from '../../bookings/actions/closing.ts';
import { findBooking } from '../../bookings/actions/read.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import { isLapsed } from '../../bookings/rules/obstacles.ts';
import type { Context } from '../../context.ts';
import { listBookablePartsByVenue, type BookablePart } from '../../rooms/actions.ts';
import { hasRole } from '../../shared/actor.ts';
import type { VenueId } from '../../shared/ids.ts';
import { orThrow } from '../../shared/result.ts';
import { dayOf } from '../../shared/time.ts';
import { findVenueHours } from '../../slots/actions.ts';
import { venueErrors } from '../../venues/errors.ts';
import { closureErrors } from '../errors.ts';
import { closedTimes, decideDays, isInTheWay } from '../rules/times.ts';
import type { AskClosure, ClosureKind } from '../schema.ts';

/** Who may close: staff keep a room back, managers close over bookings. */
export const requireCloser = (context: Context, venueId: string, kind: ClosureKind | 'annual') => {
  const venue = venueId as VenueId;
  if (!hasRole(context.actor, venue, ['desk', 'manager', 'finance'])) {
    throw venueErrors.unknown({ params: { venue: venueId } });
  }
  const roles = kind === 'block' ? (['desk', 'manager'] as const) : (['manager'] as const);
  if (!hasRole(context.actor, venue, roles)) throw closureErrors.forbidden();
};

/** What is to be shut, in cells and time, with the parts that know them. */
export const placeClosure = async (db: Queryable, context: Context, asked: AskClosure) => {
  requireCloser(context, asked.venue, asked.kind);
  const [hours, listed] = await Promise.all([
    findVenueHours(db, asked.venue),
    listBookablePartsByVenue(db, asked.venue),
  ]);
  orThrow(decideDays(asked, dayOf(context.now(), hours.venue.zone)));
  const parts = new Map<string, BookablePart>(listed.map((part) => [part.id, part]));
  const shut = asked.isWholeVenue ? [...parts.keys()] : asked.configurations;
  const cellIds = new Set(shut.flatMap((id) => parts.get(id)?.cellIds ?? []));
  if (cellIds.size === 0) {
    const { ja, en } = closureErrors.catalogue.get('closures.no_place')!;
    throw closureErrors.no_place({ fields: [{ path: 'configurations', ja, en }] });
  }
  const clock = { zone: hours.venue.zone, slots: hours.slots, bands: hours.bands };
  const times = closedTimes(asked, clock, context.now());
  if (times.length === 0) throw closureErrors.past_day();
  const cellTimes = [...cellIds].flatMap((cellId) => times.map((time) => ({ cellId, ...time })));
  return { parts, clock, cellIds, times, cellTimes };
};

export type PlacedClosure = Awaited<ReturnType<typeof placeClosure>>;

export interface Affected {
  readonly booking: Booking;
  readonly useIds: ReadonlySet<string>;
}

/** The bookings in the way and those of their uses that are; lapsed holds are not. */
export const listAffected = async (
  db: Queryable,
  now: Date,
  { parts, cellIds, times, cellTimes }: PlacedClosure,
): Promise<{ affected: Affected[]; lapsedIds: string[] }> => {
  const keepers = await listKeepers(db, cellTimes);
  const bookings = await Promise.all(
    keepers.filter(({ isUse }) => isUse).map(({ bookingId }) => findBooking(db, bookingId)),
  );
  const cellsOf = (configurationId: string) => parts.get(configurationId)?.cellIds ?? [];
  const lapsed = bookings.filter(({ state, holdExpiresAt }) =>
    isLapsed({ state: state === 'held' ? 'held' : 'approved', expiresAt: holdExpiresAt }, now),
  );
  return {
    lapsedIds: lapsed.map(({ id }) => id),
    affected: bookings
      .filter((booking) => !lapsed.includes(booking) && booking.state !== 'cancelled')
      .map((booking) => ({
        booking,
        useIds: new Set<string>(
          booking.uses
            .filter((use) => isInTheWay(use, cellsOf, { cellIds, times }))
            .map(({ id }) => id),
        ),
      }))
      .sort((one, other) => (one.booking.number < other.booking.number ? -1 : 1)),
  };
};
