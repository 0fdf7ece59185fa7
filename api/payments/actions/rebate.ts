import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { BillingAccount } from '../../billing_accounts/rules.ts';
import type { Context } from '../../context.ts';
import { enqueue } from '../../outbox/actions.ts';
import { sumYen, type Yen } from '../../shared/money.ts';
import { shareReduction } from '../rules/ledger.ts';
import { findOptionalLiveAttempt } from '../store/attempts.ts';
import {
  listAllocationRebates,
  listChargesByBillingAccount,
  listRebates,
} from '../store/charges.ts';
import { listStandingCharges } from '../store/instalments.ts';
import { findBalance } from '../store/ledger.ts';
import { recordMoneyEvent } from './ledger.ts';
import { requestCancelOfLive } from './settle.ts';

interface Rebate {
  readonly amountYen: Yen;
  /** The fact it follows from: `refund:ref_…`. */
  readonly cause: string;
  readonly refundId?: string;
  readonly reason: string | null;
}

/** A payment under way for more than is owed now is taken back. */
export const cancelTooMuch = async (
  tx: Transaction,
  context: Context,
  billingAccountId: string,
): Promise<void> => {
  const live = await findOptionalLiveAttempt(tx, billingAccountId);
  const { owedYen } = await findBalance(tx, billingAccountId);
  if (live && live.amountYen > owedYen) await requestCancelOfLive(tx, context, billingAccountId);
};

/** Takes a sum off what stands charged, tax inside it, newest charge first; the promised price stays. */
export const rebateCharges = async (
  tx: Transaction,
  context: Context,
  { id: billingAccountId, venueId }: Pick<BillingAccount, 'id' | 'venueId'>,
  { amountYen, cause, refundId, reason }: Rebate,
): Promise<void> => {
  const standing = await listStandingCharges(tx, [billingAccountId]);
  for (const part of shareReduction(standing, amountYen)) {
    await recordMoneyEvent(tx, context, {
      venueId,
      billingAccountId,
      chargeId: part.id,
      ...(refundId ? { refundId } : {}),
      kind: 'rebated',
      amountYen: -part.amountYen,
      cause: `rebated:${cause}:${part.id}`,
    });
  }
  await recordAudit(tx, context, {
    action: 'payments.rebate',
    subjectId: billingAccountId,
    after: { amountYen, cause, reason },
  });
  await cancelTooMuch(tx, context, billingAccountId);
};

const causeOf = (allocationId: string) => `allocation:${allocationId}`;

/** Takes off the charge what a payment leaves owed, as the same person says who allocates it. */
export const rebateRest = async (
  tx: Transaction,
  context: Context,
  billingAccount: Pick<BillingAccount, 'id' | 'venueId'>,
  { allocationId, amountYen }: { readonly allocationId: string; readonly amountYen: Yen },
): Promise<void> => {
  const cause = causeOf(allocationId);
  await rebateCharges(tx, context, billingAccount, { amountYen, cause, reason: null });
  await enqueue(tx, { task: 'payments.rebated', payload: { billingAccountId: billingAccount.id } });
};

/**
 * With the payment goes what was taken off beside it: it is owed again, unless its charge is reversed or
 * has got it back already.
 */
export const takeBackRest = async (
  tx: Transaction,
  context: Context,
  { id: billingAccountId, venueId }: Pick<BillingAccount, 'id' | 'venueId'>,
  allocationId: string,
): Promise<void> => {
  const [rebates, left, charges] = await Promise.all([
    listAllocationRebates(tx, [billingAccountId]),
    listRebates(tx, billingAccountId),
    listChargesByBillingAccount(tx, billingAccountId),
  ]);
  for (const { chargeId, ...rebate } of rebates.filter(
    (one) => one.allocationId === allocationId,
  )) {
    const isReversed = charges.some(({ id, reversedAt }) => id === chargeId && reversedAt !== null);
    const leftYen = left.find(({ id }) => id === chargeId)?.standingYen ?? 0;
    const amountYen = isReversed ? 0 : Math.min(rebate.amountYen, leftYen);
    if (amountYen <= 0) continue;
    await recordMoneyEvent(tx, context, {
      venueId,
      billingAccountId,
      chargeId,
      kind: 'rebated',
      amountYen,
      cause: `rebate_taken_back:${causeOf(allocationId)}:${chargeId}`,
    });
  }
};

/** Where a price falls by more than still stands, rebates of the old price make room. */
export const takeBackRebates = async (
  tx: Transaction,
  context: Context,
  { id: billingAccountId, venueId }: Pick<BillingAccount, 'id' | 'venueId'>,
  fall: {
    readonly reductionYen: Yen;
    readonly cause: string;
    readonly chargeIds: readonly string[];
  },
): Promise<void> => {
  const { reductionYen, cause, chargeIds } = fall;
  const isOfPrice = ({ id }: { readonly id: string }) => chargeIds.includes(id);
  const standing = (await listStandingCharges(tx, [billingAccountId])).filter(isOfPrice);
  const missingYen = reductionYen - sumYen(standing.map(({ standingYen }) => standingYen));
  const rebates = (await listRebates(tx, billingAccountId)).filter(isOfPrice);
  for (const { id, amountYen } of shareReduction(rebates, missingYen)) {
    await recordMoneyEvent(tx, context, {
      venueId,
      billingAccountId,
      chargeId: id,
      kind: 'rebated',
      amountYen,
      cause: `rebate_taken_back:${cause}:${id}`,
    });
  }
};

export { listAllocationRebates } from '../store/charges.ts';
