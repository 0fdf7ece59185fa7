import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { findBillingAccount } from '../../billing_accounts/actions.ts';
import type { Context } from '../../context.ts';
import { enqueue } from '../../outbox/actions.ts';
import type { AllocationId, BillingAccountId, PaymentId, VenueId } from '../../shared/ids.ts';
import { dayOf } from '../../shared/time.ts';
import { paymentErrors } from '../errors.ts';
import { isPayable } from '../rules/charge.ts';
import type { Allocation, Payment } from '../rules/ledger.ts';
import {
  findOptionalAllocation,
  findPaymentForUpdate,
  insertAllocation,
  insertMoneyEvent,
  insertPayment,
} from '../store/ledger.ts';

type Event = Parameters<typeof insertMoneyEvent>[1];

/** One fact of the ledger, once for its cause; a second time it answers false and does nothing. */
export const recordMoneyEvent = (
  tx: Transaction,
  context: Context,
  fact: Omit<Event, 'id' | 'actor' | 'happenedAt' | 'recordedAt' | 'bookedOn'> & {
    readonly happenedAt?: Date;
  },
): Promise<boolean> => {
  const now = context.now();
  return insertMoneyEvent(tx, {
    happenedAt: now,
    ...fact,
    id: context.newId('money_event'),
    actor: context.actor,
    recordedAt: now,
    bookedOn: dayOf(now),
  });
};

const keepAllocation = async (
  tx: Transaction,
  context: Context,
  facts: Pick<Allocation, 'paymentId' | 'billingAccountId' | 'amountYen' | 'reversesId'>,
): Promise<Allocation> => {
  const id = context.newId('allocation') as AllocationId;
  const allocation = { ...facts, id, createdAt: context.now() };
  await insertAllocation(tx, { ...allocation, actor: context.actor });
  return allocation;
};

export interface ReceivedMoney {
  readonly venueId: VenueId;
  readonly method: Payment['method'];
  readonly amountYen: number;
  readonly receivedAt: Date;
  /** The fact that brought it: `received:pat_…`, `bank_line:bln_…`. */
  readonly cause: string;
  /** Whose it is; money without an account waits in the pot of its venue. */
  readonly billingAccountId?: BillingAccountId;
  readonly chargeId?: string;
  readonly attemptId?: Payment['attemptId'];
  readonly payerName?: string | null;
  readonly paidVia?: string | null;
}

/** Takes money into the ledger, once for its cause; answers undefined where it is there already. */
export const receiveMoney = async (
  tx: Transaction,
  context: Context,
  { billingAccountId, chargeId, ...money }: ReceivedMoney,
): Promise<Payment | undefined> => {
  const payment: Payment = {
    attemptId: null,
    payerName: null,
    paidVia: null,
    ...money,
    id: context.newId('payment') as PaymentId,
  };
  const { actor } = context;
  if (!(await insertPayment(tx, { ...payment, actor, createdAt: context.now() }))) return undefined;
  const { venueId, amountYen, cause, attemptId, receivedAt } = payment;
  await recordMoneyEvent(tx, context, {
    venueId,
    billingAccountId: billingAccountId ?? null,
    chargeId: chargeId ?? null,
    attemptId,
    paymentId: payment.id,
    kind: 'received',
    amountYen: -amountYen,
    cause,
    happenedAt: receivedAt,
  });
  if (billingAccountId) {
    await keepAllocation(tx, context, {
      paymentId: payment.id,
      billingAccountId,
      amountYen,
      reversesId: null,
    });
    await watchReleased(tx, context, billingAccountId);
  }
  return payment;
};

/** Out of the pot into an account (positive), or back. */
const recordAllocated = async (
  tx: Transaction,
  context: Context,
  { venueId }: Payment,
  { id, paymentId, billingAccountId, amountYen }: Allocation,
): Promise<void> => {
  const fact = { venueId, paymentId, kind: 'allocated' } as const;
  const cause = `allocated:${id}`;
  await recordMoneyEvent(tx, context, { ...fact, amountYen, cause: `${cause}:pot` });
  await recordMoneyEvent(tx, context, { ...fact, billingAccountId, amountYen: -amountYen, cause });
};

/** What nobody owes any more may come to life again with the money, or the money goes back. */
const watchReleased = async (
  tx: Transaction,
  context: Context,
  billingAccountId: string,
): Promise<void> => {
  if (isPayable(await findBillingAccount(tx, context, billingAccountId))) return;
  await enqueue(tx, { task: 'payments.came_late', payload: { billingAccountId } });
};

interface Allocate {
  readonly paymentId: string;
  readonly billingAccountId: BillingAccountId;
  readonly amountYen: number;
}

/**
 * Says what money of the pot pays for. Whether the account owes it is the caller's question.
 * @throws payments.already_used when not so much of it is left
 */
export const allocatePayment = async (
  tx: Transaction,
  context: Context,
  { paymentId, billingAccountId, amountYen }: Allocate,
): Promise<Allocation> => {
  const payment = await findPaymentForUpdate(tx, paymentId);
  const allocation = await keepAllocation(tx, context, {
    paymentId: payment.id,
    billingAccountId,
    amountYen,
    reversesId: null,
  });
  await recordAllocated(tx, context, payment, allocation);
  await recordAudit(tx, context, {
    action: 'payments.allocate',
    subjectId: billingAccountId,
    after: allocation,
  });
  await enqueue(tx, { task: 'payments.allocated', payload: { allocationId: allocation.id } });
  await watchReleased(tx, context, billingAccountId);
  return allocation;
};

/** Puts what was allocated back into the pot; once. */
export const reverseAllocation = async (
  tx: Transaction,
  context: Context,
  allocationId: string,
): Promise<Allocation> => {
  const before = await findOptionalAllocation(tx, allocationId);
  if (!before || before.reversesId !== null) throw paymentErrors.unknown();
  const payment = await findPaymentForUpdate(tx, before.paymentId);
  const { paymentId, billingAccountId, amountYen } = before;
  const reversal = await keepAllocation(tx, context, {
    paymentId,
    billingAccountId,
    amountYen: -amountYen,
    reversesId: before.id,
  });
  await recordAllocated(tx, context, payment, reversal);
  await recordAudit(tx, context, {
    action: 'payments.reverse_allocation',
    subjectId: billingAccountId,
    before,
    after: reversal,
  });
  return reversal;
};

export {
  findBalance,
  findOptionalAllocation,
  findOptionalPayment,
  findPaymentForUpdate,
  findPotYen,
  listPaidByPayment,
} from '../store/ledger.ts';
