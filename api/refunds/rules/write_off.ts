import type { Actor } from '../../shared/actor.ts';
import type { AccountId, BillingAccountId, VenueId } from '../../shared/ids.ts';
import type { Yen } from '../../shared/money.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { refundErrors } from '../errors.ts';
import { mayDecide, type MoneyLimit } from './decide.ts';

export const writeOffStates = ['proposed', 'approved', 'rejected'] as const;

/** A debt given up (不納欠損). It is not taken back: who pays after all is charged anew. */
export interface WriteOff {
  readonly id: string;
  readonly venueId: VenueId;
  readonly billingAccountId: BillingAccountId;
  readonly amountYen: Yen;
  readonly reason: string;
  readonly state: (typeof writeOffStates)[number];
  readonly requestedByAccountId: AccountId;
  readonly decidedByAccountId: AccountId | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
  readonly createdAt: Date;
}

/** Never more than is owed at this moment. */
export const checkOwed = (amountYen: Yen, owedYen: Yen): Result<Yen> =>
  amountYen > owedYen
    ? refuse(refundErrors.more_than_owed({ params: { owedYen: Math.max(0, owedYen) } }))
    : ok(amountYen);

interface Deciding {
  readonly actor: Actor;
  readonly limits: readonly MoneyLimit[];
  readonly state: 'approved' | 'rejected';
  readonly reason: string | null;
  readonly now: Date;
}

export const decideWriteOff = (
  writeOff: WriteOff,
  { actor, limits, state, reason, now }: Deciding,
): Result<WriteOff> => {
  const by = mayDecide(writeOff, actor, limits, 'write_off');
  if (!by.ok) return by;
  if (writeOff.state !== 'proposed') return refuse(refundErrors.not_allowed_in_state());
  return ok({
    ...writeOff,
    state,
    decidedByAccountId: by.value,
    decidedAt: now,
    decisionReason: reason,
  });
};
