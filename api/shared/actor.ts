import type { AccountId, OrganizationId, VenueId } from './ids.ts';

export const staffRoles = ['desk', 'manager', 'finance', 'administrator'] as const;
export type StaffRole = (typeof staffRoles)[number];

/** Whoever acts: people, jobs and webhooks pass through the same doors. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'organizer';
      readonly accountId: AccountId;
      readonly organizationIds: readonly OrganizationId[];
    }
  | {
      readonly kind: 'staff';
      readonly accountId: AccountId;
      readonly roles: Readonly<Record<string, readonly StaffRole[]>>;
    }
  | { readonly kind: 'job'; readonly name: string }
  | { readonly kind: 'webhook'; readonly source: string }
  | { readonly kind: 'import'; readonly name: string };

/** Jobs, webhooks and imports act for the house itself. */
const isHouse = (actor: Actor) =>
  actor.kind === 'job' || actor.kind === 'webhook' || actor.kind === 'import';

/** The roles a member of staff was given at a venue; a word such as `constructor` names no venue. */
export const rolesAt = (actor: Actor, venueId: VenueId): readonly StaffRole[] =>
  actor.kind === 'staff' && Object.hasOwn(actor.roles, venueId) ? actor.roles[venueId]! : [];

/** Whether the actor holds one of `roles` at the venue; an administrator of the venue holds all. */
export const hasRole = (actor: Actor, venueId: VenueId, roles: readonly StaffRole[]): boolean => {
  if (isHouse(actor)) return true;
  const held = rolesAt(actor, venueId);
  return held.includes('administrator') || roles.some((role) => held.includes(role));
};

export const isMemberOf = (actor: Actor, organizationId: OrganizationId): boolean =>
  actor.kind === 'organizer' && actor.organizationIds.includes(organizationId);
