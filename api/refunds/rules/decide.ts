import { atField } from '../../shared/fields.ts';
import { hasRole, rolesAt, type Actor, type StaffRole } from '../../shared/actor.ts';
import { accountErrors } from '../../accounts/errors.ts';
import type { AccountId, VenueId } from '../../shared/ids.ts';
import type { Yen } from '../../shared/money.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { yenNumber } from '../../shared/wording.ts';
import type { Publication } from '../../venues/schema.ts';
import { refundErrors } from '../errors.ts';
import type { Payee, Refund } from './refund.ts';

export const moneyDeeds = ['refund', 'write_off', 'rebate'] as const;
export type MoneyDeed = (typeof moneyDeeds)[number];

/** Up to how much a role may decide: over what another asked for, or alone what a payment leaves owed. */
export interface MoneyLimit {
  readonly venueId: string;
  readonly deed: MoneyDeed;
  readonly role: StaffRole;
  readonly yenMost: Yen;
  readonly publication: Publication;
  readonly source: string;
}

export const deciders: readonly StaffRole[] = ['finance', 'manager'];
export const proposers: readonly StaffRole[] = ['desk', 'finance', 'manager'];
/** Who moves money of the house's account, and sees whose account it goes to. */
export const payers: readonly StaffRole[] = ['finance'];

/** So much would be owed again, unless the charge is reduced too. */
export const chargeNotSaid = (debtYen: Yen) => {
  const error = refundErrors.charge_not_said({
    params: { debt: yenNumber(debtYen) },
    detail: { debtYen },
  });
  return atField('reducesCharge', error);
};

export const accountOf = (actor: Actor): AccountId | null =>
  actor.kind === 'staff' ? actor.accountId : null;

/** Where the operator has set none, its administrators decide. */
const boundless: Yen = 2_000_000_000;

/** The highest limit of the roles held at the venue. */
export const limitOf = (
  actor: Actor,
  venueId: VenueId,
  limits: readonly MoneyLimit[],
  deed: MoneyDeed,
): Yen => {
  const held = rolesAt(actor, venueId);
  const ofDeed = limits.filter((limit) => limit.venueId === venueId && limit.deed === deed);
  const isUnset = !ofDeed.some(({ role }) => role === 'administrator');
  const mine = ofDeed.filter(({ role }) => held.includes(role)).map(({ yenMost }) => yenMost);
  return Math.max(isUnset && held.includes('administrator') ? boundless : 0, ...mine);
};

interface Asked {
  readonly venueId: VenueId;
  readonly amountYen: Yen;
  readonly requestedByAccountId: AccountId | null;
}

/** Whether this person may decide: by role, not over what they asked for, up to their limit. */
export const mayDecide = (
  asked: Asked,
  actor: Actor,
  limits: readonly MoneyLimit[],
  deed: MoneyDeed,
): Result<AccountId> => {
  if (actor.kind !== 'staff' || !hasRole(actor, asked.venueId, deciders)) {
    return refuse(accountErrors.forbidden());
  }
  if (asked.requestedByAccountId === actor.accountId) return refuse(refundErrors.own_request());
  const mostYen = limitOf(actor, asked.venueId, limits, deed);
  if (asked.amountYen > mostYen) return refuse(refundErrors.over_limit({ params: { mostYen } }));
  return ok(actor.accountId);
};

interface Deciding {
  readonly actor: Actor;
  readonly limits: readonly MoneyLimit[];
  readonly reason: string | null;
  readonly now: Date;
}

const decided = (
  refund: Refund,
  { actor, limits, reason, now }: Deciding,
  state: 'approved' | 'rejected',
): Result<Refund> => {
  const by = mayDecide(refund, actor, limits, 'refund');
  if (!by.ok) return by;
  if (refund.state !== 'proposed') return refuse(refundErrors.not_allowed_in_state());
  return ok({
    ...refund,
    state,
    decidedByAccountId: by.value,
    decidedAt: now,
    decisionReason: reason,
    version: refund.version + 1,
    updatedAt: now,
  });
};

export const decideApproval = (refund: Refund, deciding: Deciding): Result<Refund> =>
  decided(refund, deciding, 'approved');

export const decideRejection = (refund: Refund, deciding: Deciding): Result<Refund> =>
  decided(refund, deciding, 'rejected');

/**
 * Gives a refund up before money has left. What Stripe holds is cancelled there first, so here only
 * what Stripe has never been asked for ends.
 */
export const decideCancel = (refund: Refund, actor: Actor, now: Date): Result<Refund> => {
  const isOwn =
    refund.state === 'proposed' &&
    refund.requestedByAccountId !== null &&
    refund.requestedByAccountId === accountOf(actor);
  if (!isOwn && !hasRole(actor, refund.venueId, deciders)) return refuse(accountErrors.forbidden());
  switch (refund.state) {
    case 'proposed':
      break;
    case 'approved':
      if (refund.route === 'stripe') return refuse(refundErrors.with_stripe());
      break;
    case 'failed':
      break;
    case 'processing':
    case 'done':
      return refuse(refundErrors.on_its_way());
    default:
      return refuse(refundErrors.not_allowed_in_state());
  }
  return ok({ ...refund, state: 'cancelled', version: refund.version + 1, updatedAt: now });
};

/** We pay it ourselves: from our account, or where Stripe could not. */
const isOursToPay = ({ state, route }: Refund) =>
  (state === 'approved' && route === 'bank') || state === 'failed';

/** Keeps the account to pay to; its route stays what it was, or closed books would no longer add up. */
export const decidePayee = (
  refund: Refund,
  payee: Payee,
  acting: { actor: Actor; now: Date },
): Result<Refund> => {
  if (!hasRole(acting.actor, refund.venueId, payers)) return refuse(accountErrors.forbidden());
  if (!isOursToPay(refund)) return refuse(refundErrors.not_allowed_in_state());
  const version = refund.version + 1;
  return ok({ ...refund, payee, version, updatedAt: acting.now });
};

/** The money was handed over at the desk, or transferred by the bank. */
export const decidePayout = (
  refund: Refund,
  { actor, now }: { actor: Actor; now: Date },
): Result<Refund> => {
  const isCash = refund.state === 'approved' && refund.route === 'cash';
  const roles = isCash ? proposers : payers;
  if (actor.kind !== 'staff' || !hasRole(actor, refund.venueId, roles)) {
    return refuse(accountErrors.forbidden());
  }
  if (!isCash && !isOursToPay(refund)) return refuse(refundErrors.not_allowed_in_state());
  if (!isCash && refund.payee === null) return refuse(refundErrors.payee_missing());
  return ok({
    ...refund,
    state: 'paid_out',
    paidOutByAccountId: actor.accountId,
    finishedAt: now,
    version: refund.version + 1,
    updatedAt: now,
  });
};

export const refundActs = ['approve', 'reject', 'cancel', 'payee', 'payout'] as const;
export type RefundAct = (typeof refundActs)[number];

/** What the actor may do now; the page shows nothing else. */
export const allowedActs = (
  refund: Refund,
  actor: Actor,
  limits: readonly MoneyLimit[],
): RefundAct[] => {
  const now = refund.updatedAt;
  const deciding = { actor, limits, reason: null, now };
  const account: Payee = {
    bankCode: '',
    branchCode: '',
    accountType: 'futsu',
    accountNumber: '',
    holderKana: '',
  };
  const isHeldAtStripe = refund.state === 'awaiting_customer';
  const mayCancel = isHeldAtStripe
    ? hasRole(actor, refund.venueId, deciders)
    : decideCancel(refund, actor, now).ok;
  return [
    ...(decideApproval(refund, deciding).ok ? (['approve', 'reject'] as const) : []),
    ...(mayCancel ? (['cancel'] as const) : []),
    ...(decidePayee(refund, account, { actor, now }).ok ? (['payee'] as const) : []),
    ...(decidePayout(refund, { actor, now }).ok ? (['payout'] as const) : []),
  ];
};
