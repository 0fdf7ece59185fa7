import type { Context } from '../../context.ts';
import { accountErrors } from '../../accounts/errors.ts';
import { hasAnyRole } from '../../accounts/rules.ts';
import { hasRole, type Actor } from '../../shared/actor.ts';
import type { VenueId } from '../../shared/ids.ts';
import { transferErrors } from '../errors.ts';

const roles = ['finance'] as const;

/** The venues whose bank account is the actor's work. */
export const financeVenues = (actor: Actor): string[] =>
  actor.kind === 'staff'
    ? Object.keys(actor.roles).filter((id) => hasRole(actor, id as VenueId, roles))
    : [];

/** @throws accounts.forbidden for who has no such venue */
export const requireVenues = (context: Context, venue?: string): string[] => {
  const own = financeVenues(context.actor);
  if (!hasAnyRole(context.actor) || own.length === 0) throw accountErrors.forbidden();
  return venue === undefined ? own : own.filter((id) => id === venue);
};

/** What is none of the actor's work is unknown. */
export const requireOwn = (context: Context, venueId: string): void => {
  if (!hasRole(context.actor, venueId as VenueId, roles)) throw transferErrors.unknown();
};
