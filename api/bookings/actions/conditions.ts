import type { Queryable } from '#db/client.server.ts';
import type { Context } from '../../context.ts';
import type { PricedVenue } from '../../fees/actions.ts';
import { listPoliciesByVenue } from '../../policies/actions.ts';
import { completePolicies, policyOver } from '../../policies/rules.ts';
import type { BookingPolicy } from '../../policies/schema.ts';
import { listCapacities } from '../../rooms/actions.ts';
import type { RoomClass } from '../../rooms/schema.ts';
import { hasRole } from '../../shared/actor.ts';
import type { VenueId } from '../../shared/ids.ts';
import { orThrow } from '../../shared/result.ts';
import { findVenue } from '../../venues/actions.ts';
import { firstStart, type Booking, type BookingUse } from '../rules/booking.ts';
import {
  decideAttendance,
  decideConditions,
  decideInTime,
  type BookingConditions,
  type ClassedUse,
} from '../rules/conditions.ts';
import { existsReductionApplied } from '../store/conditions.ts';
import { listRoomClasses } from '../store/line.ts';

/** The desk may take what comes after the deadline. */
export const mayBeLate = ({ actor }: Context, venueId: string) =>
  hasRole(actor, venueId as VenueId, ['desk', 'manager']);

/** Whether everybody finds a place; nothing is read where nobody said how many come. */
export const checkAttendance = async (
  db: Queryable,
  attendance: number | null | undefined,
  uses: readonly BookingUse[],
): Promise<void> => {
  if (attendance === null || attendance === undefined) return;
  const ids = [...new Set(uses.map(({ configurationId }) => configurationId))];
  orThrow(decideAttendance(attendance, uses, await listCapacities(db, ids)));
};

export const classedUses = ({ parts }: PricedVenue, uses: readonly BookingUse[]): ClassedUse[] =>
  uses.map((use) => ({ use, roomClass: parts.get(use.configurationId)!.roomClass }));

/** What the conditions of use say to a new booking, and the policy it falls under. */
export const checkConditions = async (
  context: Context,
  venue: PricedVenue,
  asked: { readonly uses: readonly BookingUse[]; readonly attendance: number | undefined },
): Promise<BookingPolicy> => {
  const { uses, attendance } = asked;
  const classed = classedUses(venue, uses);
  orThrow(decideConditions(classed, venue.policies));
  const policy = policyOver(
    venue.policies,
    classed.map(({ roomClass }) => roomClass),
  );
  const { id, zone } = venue.hours.venue;
  const isStaff = mayBeLate(context, id);
  orThrow(decideInTime(policy, { firstUse: firstStart(uses), zone, now: context.now(), isStaff }));
  await checkAttendance(context.reads, attendance, uses);
  return policy;
};

/** The policy over the rooms of a booking that exists. */
export const findBookingConditions = async (
  db: Queryable,
  context: Context,
  booking: Pick<Booking, 'id' | 'venueId'>,
): Promise<BookingConditions> => {
  const [venue, policies, roomClasses, hasReductionApplied] = await Promise.all([
    findVenue(db, booking.venueId),
    listPoliciesByVenue(db, booking.venueId),
    listRoomClasses(db, booking.id) as Promise<RoomClass[]>,
    existsReductionApplied(db, booking.id),
  ]);
  return {
    zone: venue.zone,
    policy: policyOver(completePolicies(venue, policies), roomClasses),
    roomClasses: new Set(roomClasses),
    hasReductionApplied,
    isStaff: mayBeLate(context, booking.venueId),
  };
};
