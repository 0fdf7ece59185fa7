import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { findBooking } from '../../bookings/actions/read.ts';
import type { Context } from '../../context.ts';
import { enqueue } from '../../outbox/actions.ts';
import type { AllocationId, BookingId, PaymentId, VenueId } from '../../shared/ids.ts';
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
  facts: Pick<Allocation, 'paymentId' | 'bookingId' | 'amountYen' | 'reversesId'>,
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
  /** Whose it is; money without a booking waits in the pot of its venue. */
  readonly bookingId?: BookingId;
  readonly chargeId?: string;
  readonly attemptId?: Payment['attemptId'];
  readonly payerName?: string | null;
  readonly paidVia?: string | null;
}

/** Takes money into the ledger, once for its cause; answers undefined where it is there already. */
export const receiveMoney = async (
  tx: Transaction,
  context: Context,
  { bookingId, chargeId, ...money }: ReceivedMoney,
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
    bookingId: bookingId ?? null,
    chargeId: chargeId ?? null,
    attemptId,
    paymentId: payment.id,
    kind: 'received',
    amountYen: -amountYen,
    cause,
    happenedAt: receivedAt,
  });
  if (bookingId) {
    await keepAllocation(tx, context, {
      paymentId: payment.id,
      bookingId,
      amountYen,
      reversesId: null,
    });
    await watchReleased(tx, bookingId);
  }
  return payment;
};

/** Out of the pot into a booking (positive), or back. */
const recordAllocated = async (
  tx: Transaction,
  context: Context,
  { venueId }: Payment,
  { id, paymentId, bookingId, amountYen }: Allocation,
): Promise<void> => {
  const fact = { venueId, paymentId, kind: 'allocated' } as const;
  const cause = `allocated:${id}`;
  await recordMoneyEvent(tx, context, { ...fact, amountYen, cause: `${cause}:pot` });
  await recordMoneyEvent(tx, context, { ...fact, bookingId, amountYen: -amountYen, cause });
};

/** Rooms that were given back may come back with the money, or the money goes back. */
const watchReleased = async (tx: Transaction, bookingId: string): Promise<void> => {
  if (isPayable(await findBooking(tx, bookingId))) return;
  await enqueue(tx, { task: 'payments.came_late', payload: { bookingId } });
};

interface Allocate {
  readonly paymentId: string;
  readonly bookingId: BookingId;
  readonly amountYen: number;
}

/**
 * Says what money of the pot pays for. Whether the booking owes it is the caller's question.
 * @throws payments.already_used when not so much of it is left
 */
export const allocatePayment = async (
  tx: Transaction,
  context: Context,
  { paymentId, bookingId, amountYen }: Allocate,
): Promise<Allocation> => {
  const payment = await findPaymentForUpdate(tx, paymentId);
  const allocation = await keepAllocation(tx, context, {
    paymentId: payment.id,
    bookingId,
    amountYen,
    reversesId: null,
  });
  await recordAllocated(tx, context, payment, allocation);
  await recordAudit(tx, context, {
    action: 'payments.allocate',
    subjectId: bookingId,
    after: allocation,
  });
  await enqueue(tx, { task: 'payments.allocated', payload: { allocationId: allocation.id } });
  await watchReleased(tx, bookingId);
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
  const { paymentId, bookingId, amountYen } = before;
  const reversal = await keepAllocation(tx, context, {
    paymentId,
    bookingId,
    amountYen: -amountYen,
    reversesId: before.id,
  });
  await recordAllocated(tx, context, payment, reversal);
  await recordAudit(tx, context, {
    action: 'payments.reverse_allocation',
    subjectId: bookingId,
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
