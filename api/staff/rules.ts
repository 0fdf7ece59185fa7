import { hasRole, type Actor, type StaffRole } from '../shared/actor.ts';
import { ok, refuse, type Result } from '../shared/result.ts';
import type { VenueId } from '../shared/ids.ts';
import { staffErrors } from './errors.ts';

export interface Grant {
  readonly venueId: string;
  readonly role: StaffRole;
}

export interface HeldGrant extends Grant {
  readonly accountId: string;
  /** Whether the person has chosen a password, and so can sign in. */
  readonly isConfirmed: boolean;
}

const isAdministrator = ({ role }: Grant) => role === 'administrator';

/**
 * The venues whose staff this person may change: those they administer, and for whoever administers
 * any also those that have no administrator, as a venue that came from a file.
 */
export const administeredVenues = (
  actor: Actor,
  venueIds: readonly string[],
  held: readonly HeldGrant[],
): string[] => {
  const own = venueIds.filter((id) => hasRole(actor, id as VenueId, ['administrator']));
  if (own.length === 0) return [];
  const administered = new Set(held.filter(isAdministrator).map(({ venueId }) => venueId));
  return venueIds.filter((id) => own.includes(id) || !administered.has(id));
};

const isSame = (one: Grant) => (other: Grant) =>
  one.venueId === other.venueId && one.role === other.role;

interface Change {
  readonly added: readonly Grant[];
  readonly ended: readonly Grant[];
}

/** The roles of one person become these; no venue is left without an administrator who can sign in. */
export const decideGrants = (
  { accountId, wanted }: { readonly accountId: string; readonly wanted: readonly Grant[] },
  held: readonly HeldGrant[],
): Result<Change> => {
  const own = held.filter((grant) => grant.accountId === accountId);
  const ended = own.filter((grant) => !wanted.some(isSame(grant)));
  const added = wanted.filter((grant) => !own.some(isSame(grant)));
  const others = held.filter((grant) => grant.accountId !== accountId);
  const isAbandoned = ended.some(
    (grant) =>
      isAdministrator(grant) &&
      grant.isConfirmed &&
      !others.some((other) => other.isConfirmed && isSame(grant)(other)),
  );
  return isAbandoned ? refuse(staffErrors.last_administrator()) : ok({ added, ended });
};
