import { firstStart, type Booking } from '../../bookings/rules/booking.ts';
import type { BookingId, ChargeId } from '../../shared/ids.ts';
import type { Yen } from '../../shared/money.ts';
import { addDays, dayOf, type LocalDay } from '../../shared/time.ts';

/** What is owed for a booking. */
export interface Charge {
  readonly id: ChargeId;
  readonly bookingId: BookingId;
  readonly amountYen: Yen;
  readonly taxYen: Yen;
  readonly isProvisional: boolean;
  readonly dueOn: LocalDay;
  readonly createdAt: Date;
  readonly reversedAt: Date | null;
}

/** Sums of the ledger: what is still owed (negative: paid too much) and what has been paid. */
export interface Balance {
  readonly owedYen: Yen;
  readonly paidYen: Yen;
}

const earlier = (one: LocalDay, other: LocalDay) => (one < other ? one : other);

/** Some days after approval, at the latest the day before the first use, never a day that is over. */
export const dueDayOf = (
  approvedAt: Date,
  paymentDueDays: number,
  firstUseAt: Date,
  now: Date,
): LocalDay => {
  const today = dayOf(now);
  const wished = addDays(dayOf(approvedAt), paymentDueDays);
  const due = earlier(wished, addDays(dayOf(firstUseAt), -1));
  return due < today ? today : due;
};

/** A provisional price becomes a charge only where the operator has said so. */
export const isChargeable = (
  price: { readonly isProvisional: boolean },
  chargesProvisionalFees: boolean,
): boolean => !price.isProvisional || chargesProvisionalFees;

const payableStates: readonly string[] = ['approved', 'in_use', 'settled'];

export const isPayable = (booking: Pick<Booking, 'state'>): boolean =>
  payableStates.includes(booking.state);

export const makeCharge = (
  booking: Booking,
  price: { totalYen: Yen; taxYen: Yen; isProvisional: boolean },
  made: { id: ChargeId; paymentDueDays: number; now: Date },
): Charge => ({
  id: made.id,
  bookingId: booking.id,
  amountYen: price.totalYen,
  taxYen: price.taxYen,
  isProvisional: price.isProvisional,
  dueOn: dueDayOf(
    booking.decidedAt ?? made.now,
    made.paymentDueDays,
    firstStart(booking.uses),
    made.now,
  ),
  createdAt: made.now,
  reversedAt: null,
});
