import { accountErrors } from '../../accounts/errors.ts';
import type { Context } from '../../context.ts';
import { hasRole, type StaffRole } from '../../shared/actor.ts';
import type { VenueId } from '../../shared/ids.ts';
import { findVenue } from '../../venues/actions.ts';

export const readers: readonly StaffRole[] = ['desk', 'manager', 'finance'];
export const reporters: readonly StaffRole[] = ['manager', 'finance'];
export const closers: readonly StaffRole[] = ['manager', 'finance'];
export const administrators: readonly StaffRole[] = ['administrator'];

/** The venue whose books are asked for, where the actor has one of the roles there. */
export const findBooks = async (context: Context, venue: string, roles: readonly StaffRole[]) => {
  const { id, zone } = await findVenue(context.reads, venue);
  if (!hasRole(context.actor, id as VenueId, roles)) throw accountErrors.forbidden();
  return { venueId: id, zone };
};

export const mayAs = ({ actor }: Context, venueId: string, roles: readonly StaffRole[]): boolean =>
  hasRole(actor, venueId as VenueId, roles);
