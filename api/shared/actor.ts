import { z } from 'zod';
import { writtenSchema, type AccountId, type OrganizationId, type VenueId } from './ids.ts';

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

/** An actor as records name who acted. */
export const actorSchema: z.ZodType<Actor> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anonymous') }),
  z.object({
    kind: z.literal('organizer'),
    accountId: writtenSchema<AccountId>(),
    organizationIds: z.array(writtenSchema<OrganizationId>()),
  }),
  z.object({
    kind: z.literal('staff'),
    accountId: writtenSchema<AccountId>(),
    roles: z.record(z.string(), z.array(z.enum(staffRoles))),
  }),
  z.object({ kind: z.enum(['job', 'import']), name: z.string() }),
  z.object({ kind: z.literal('webhook'), source: z.string() }),
]);

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

/** Whether a thing is the actor's own or of the venue they work at; to anybody else it does not exist. */
export const isConcerned = (
  actor: Actor,
  thing: { readonly organizationId: OrganizationId; readonly venueId: VenueId },
): boolean =>
  isMemberOf(actor, thing.organizationId) ||
  hasRole(actor, thing.venueId, ['desk', 'manager', 'finance']);
