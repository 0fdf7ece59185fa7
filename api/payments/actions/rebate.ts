import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import type { Booking } from '../../bookings/rules/booking.ts';
import type { Context } from '../../context.ts';
import { enqueue } from '../../outbox/actions.ts';
import { sumYen, type Yen } from '../../shared/money.ts';
import { shareReduction } from '../rules/ledger.ts';
import { findOptionalLiveAttempt } from '../store/attempts.ts';
import { listAllocationRebates, listChargesByBooking, listRebates } from '../store/charges.ts';
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
  bookingId: string,
): Promise<void> => {
  const live = await findOptionalLiveAttempt(tx, bookingId);
  const { owedYen } = await findBalance(tx, bookingId);
  if (live && live.amountYen > owedYen) await requestCancelOfLive(tx, context, bookingId);
};

/** Takes a sum off what stands charged, tax inside it, newest charge first; the promised price stays. */
export const rebateCharges = async (
  tx: Transaction,
  context: Context,
  { id: bookingId, venueId }: Pick<Booking, 'id' | 'venueId'>,
  { amountYen, cause, refundId, reason }: Rebate,
): Promise<void> => {
  const standing = await listStandingCharges(tx, [bookingId]);
  for (const part of shareReduction(standing, amountYen)) {
    await recordMoneyEvent(tx, context, {
      venueId,
      bookingId,
      chargeId: part.id,
      ...(refundId ? { refundId } : {}),
      kind: 'rebated',
      amountYen: -part.amountYen,
      cause: `rebated:${cause}:${part.id}`,
    });
  }
  await recordAudit(tx, context, {
    action: 'payments.rebate',
    subjectId: bookingId,
    after: { amountYen, cause, reason },
  });
  await cancelTooMuch(tx, context, bookingId);
};

const causeOf = (allocationId: string) => `allocation:${allocationId}`;

/** Takes off the charge what a payment leaves owed, as the same person says who allocates it. */
export const rebateRest = async (
  tx: Transaction,
  context: Context,
  booking: Pick<Booking, 'id' | 'venueId'>,
  { allocationId, amountYen }: { readonly allocationId: string; readonly amountYen: Yen },
): Promise<void> => {
  const cause = causeOf(allocationId);
  await rebateCharges(tx, context, booking, { amountYen, cause, reason: null });
  await enqueue(tx, { task: 'payments.rebated', payload: { bookingId: booking.id } });
};

/**
 * With the payment goes what was taken off beside it: it is owed again, unless its charge is reversed or
 * has got it back already.
 */
export const takeBackRest = async (
  tx: Transaction,
  context: Context,
  { id: bookingId, venueId }: Pick<Booking, 'id' | 'venueId'>,
  allocationId: string,
): Promise<void> => {
  const [rebates, left, charges] = await Promise.all([
    listAllocationRebates(tx, [bookingId]),
    listRebates(tx, bookingId),
    listChargesByBooking(tx, bookingId),
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
      bookingId,
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
  { id: bookingId, venueId }: Pick<Booking, 'id' | 'venueId'>,
  fall: {
    readonly reductionYen: Yen;
    readonly cause: string;
    readonly chargeIds: readonly string[];
  },
): Promise<void> => {
  const { reductionYen, cause, chargeIds } = fall;
  const isOfPrice = ({ id }: { readonly id: string }) => chargeIds.includes(id);
  const standing = (await listStandingCharges(tx, [bookingId])).filter(isOfPrice);
  const missingYen = reductionYen - sumYen(standing.map(({ standingYen }) => standingYen));
  const rebates = (await listRebates(tx, bookingId)).filter(isOfPrice);
  for (const { id, amountYen } of shareReduction(rebates, missingYen)) {
    await recordMoneyEvent(tx, context, {
      venueId,
      bookingId,
      chargeId: id,
      kind: 'rebated',
      amountYen,
      cause: `rebate_taken_back:${cause}:${id}`,
    });
  }
};

export { listAllocationRebates } from '../store/charges.ts';
