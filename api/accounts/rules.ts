import type { Actor } from '../shared/actor.ts';
import type { Language } from '../shared/languages.ts';
import type { AccountId, OrganizationId } from '../shared/ids.ts';
import type { StaffRole } from '../shared/actor.ts';

export interface SignedIn {
  readonly accountId: AccountId;
  readonly name: string;
  readonly email: string;
  readonly locale: Language;
  readonly organizationIds: readonly OrganizationId[];
  readonly roles: readonly { venueId: string; role: StaffRole }[];
}

const rolesByVenue = (roles: SignedIn['roles']) => {
  const byVenue: Record<string, StaffRole[]> = {};
  for (const { venueId, role } of roles) (byVenue[venueId] ??= []).push(role);
  return byVenue;
};

/** An account with any role at a venue acts as staff, every other as organizer. */
export const actorOf = ({ accountId, organizationIds, roles }: SignedIn): Actor =>
  roles.length > 0
    ? { kind: 'staff', accountId, roles: rolesByVenue(roles) }
    : { kind: 'organizer', accountId, organizationIds };

export const hasAnyRole = (actor: Actor): boolean =>
  actor.kind === 'staff' && Object.keys(actor.roles).length > 0;

/** How often something may be tried: some times freely, then after waits that double. */
export interface TryRule {
  readonly free: number;
  readonly waitSeconds: number;
  readonly waitSecondsMost: number;
  readonly forgetSeconds: number;
}

export interface Tries {
  readonly count: number;
  readonly lastAt: Date;
  readonly blockedUntil: Date | null;
  readonly succeededAt: Date | null;
}

const hour = 3_600;
const patient = { waitSeconds: 30, waitSecondsMost: hour / 4, forgetSeconds: hour };

export const tryRules = {
  /** One account from one place. */
  signIn: { free: 10, ...patient },
  /** The same where many passwords were wrong lately, of whatever accounts. */
  signInFromSuspectPlace: { free: 3, ...patient },
  /** One account from anywhere. */
  signInAnywhere: { free: 30, ...patient },
  register: { free: 10, waitSeconds: 60, waitSecondsMost: 60, forgetSeconds: 60 },
  letters: { free: 5, waitSeconds: 60, waitSecondsMost: 60, forgetSeconds: 60 },
  lettersToOne: { free: 5, waitSeconds: hour / 6, waitSecondsMost: hour, forgetSeconds: hour },
} as const satisfies Record<string, TryRule>;

const suspectAfter = 50;

export const isSuspectPlace = ({ count }: Tries): boolean => count >= suspectAfter;

const trustedMilliseconds = 30 * 24 * hour * 1000;

/** Who got in from here lately is not kept out by what others try from elsewhere. */
export const isTrusted = ({ succeededAt }: Tries, now: Date): boolean =>
  succeededAt !== null && now.getTime() - succeededAt.getTime() < trustedMilliseconds;

export const secondsToWait = ({ blockedUntil }: Tries, now: Date): number =>
  blockedUntil ? Math.max(0, Math.ceil((blockedUntil.getTime() - now.getTime()) / 1000)) : 0;

/** One try more, counted before it is known how it ends. */
export const countTry = (tries: Tries, rule: TryRule, now: Date): Tries => {
  const isForgotten = now.getTime() - tries.lastAt.getTime() >= rule.forgetSeconds * 1000;
  const count = (isForgotten ? 0 : tries.count) + 1;
  const over = count - rule.free;
  const wait = Math.min(rule.waitSeconds * 2 ** over, rule.waitSecondsMost);
  const blockedUntil = over < 0 ? null : new Date(now.getTime() + wait * 1000);
  return { ...tries, count, lastAt: now, blockedUntil };
};
