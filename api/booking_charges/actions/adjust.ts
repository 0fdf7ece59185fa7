import type { Transaction } from '#db/client.server.ts';
import { recordAudit } from '../../audit/actions.ts';
import { findQuote } from '../../bookings/actions/read.ts';
import { type Booking, firstStart, isAgreed } from '../../bookings/rules/booking.ts';
import type { Context } from '../../context.ts';
import { enqueue } from '../../outbox/actions.ts';
import { addCharge, reduceCharges } from '../../payments/actions/charges.ts';
import { listChargesByBillingAccount } from '../../payments/actions/read.ts';
import { isChargeable, type Charge, type Price } from '../../payments/rules/charge.ts';
import { dueDayOf } from '../../payments/rules/due_day.ts';
import type { ChargeId } from '../../shared/ids.ts';
import type { Yen } from '../../shared/money.ts';
import { findVenue } from '../../venues/actions.ts';
import { adjustmentOf, makeExtraCharge } from '../rules/charge.ts';
import { findChargedYen } from '../store/charges.ts';
import { chargeChangeFee } from './change_fee.ts';
import { lockWithMoney } from './lock.ts';

interface Adjustment {
  readonly booking: Booking;
  readonly price: Price;
  readonly kind: 'amendment' | 'settlement';
  readonly chargedYen: Yen;
  readonly cause: string;
}

/** Charges what came to a booking later, once for its cause. */
export const chargeExtra = async (
  tx: Transaction,
  context: Context,
  { booking, price, ...made }: Adjustment,
): Promise<void> => {
  const { paymentDueDays } = await findVenue(tx, booking.venueId);
  const id = context.newId('charge') as ChargeId;
  const now = context.now();
  const dueOn = dueDayOf(now, paymentDueDays, firstStart(booking.uses), now);
  const charge = makeExtraCharge(booking, price, { ...made, id, dueOn, now });
  await addCharge(tx, context, booking, { charge });
};

const reduceToPrice = async (
  tx: Transaction,
  context: Context,
  { booking, price, chargedYen, cause }: Adjustment,
  charges: readonly Charge[],
): Promise<void> => {
  const { amountYen } = adjustmentOf(price, chargedYen);
  const chargeIds = charges.map(({ id }) => id);
  await reduceCharges(tx, context, booking, { reductionYen: -amountYen, cause, chargeIds });
  await recordAudit(tx, context, {
    action: 'payments.reduce_charge',
    subjectId: booking.id,
    before: { chargedYen },
    after: { chargedYen: price.totalYen, amountYen, cause },
  });
};

/**
 * Brings what is charged to the promised price of a changed booking, once for each version. A booking
 * that has not been charged yet is charged its newest price anyway; a price that waits is left to wait.
 */
export const adjustCharge = (
  context: Context,
  { bookingId, version }: { bookingId: string; version?: number | undefined },
): Promise<void> =>
  context.transact(async (tx) => {
    const booking = await lockWithMoney(tx, context, bookingId);
    if (!isAgreed(booking)) return;
    const payload = { bookingId, version: version ?? booking.version };
    await enqueue(tx, { task: 'booking_charges.adjusted', payload });
    const charges = (await listChargesByBillingAccount(tx, bookingId)).filter(
      ({ kind, reversedAt }) => (kind === 'booking' || kind === 'amendment') && !reversedAt,
    );
    if (!charges.some(({ kind }) => kind === 'booking')) return;
    const [quote, chargedYen] = await Promise.all([
      findQuote(tx, bookingId),
      findChargedYen(tx, bookingId),
    ]);
    const { amountYen } = adjustmentOf(quote, chargedYen);
    if (!isChargeable(quote, context.settings.chargesProvisionalFees)) return;
    const cause = `amendment:${bookingId}:${booking.version}`;
    const adjustment = { booking, price: quote, kind: 'amendment', chargedYen, cause } as const;
    if (amountYen > 0) await chargeExtra(tx, context, adjustment);
    if (amountYen < 0) {
      await reduceToPrice(tx, context, adjustment, charges);
      await chargeChangeFee(tx, context, booking);
    }
  });
