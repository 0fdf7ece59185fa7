import { firstStart, type Booking } from '../../bookings/rules/booking.ts';
import type { Charge, Price } from '../../payments/rules/charge.ts';
import { dueDayOf } from '../../payments/rules/due_day.ts';
import type { ChargeId } from '../../shared/ids.ts';
import { taxInside, type Yen } from '../../shared/money.ts';
import type { LocalDay } from '../../shared/time.ts';

interface Made {
  readonly id: ChargeId;
  readonly dueOn: LocalDay;
  readonly now: Date;
}

const chargeAs = (
  { id, dueOn, now }: Made,
  said: Omit<Charge, 'id' | 'dueOn' | 'createdAt' | 'reversedAt'>,
): Charge => ({ id, ...said, dueOn, createdAt: now, reversedAt: null });

export const makeCharge = (booking: Booking, price: Price, made: Made): Charge =>
  chargeAs(made, {
    billingAccountId: booking.id,
    kind: 'booking',
    cause: null,
    amountYen: price.totalYen,
    taxYen: price.taxYen,
    taxRateBp: price.taxRateBp,
    isProvisional: price.isProvisional,
  });

export interface KeptYen {
  readonly kind: 'cancellation' | 'change';
  readonly cause: string;
  readonly keptYen: Yen;
  readonly isProvisional: boolean;
}

/** What is kept of what was given up: undivided, so outside of the consumption tax (国税庁 No.6253). */
export const makeKeptCharge = (
  { id: billingAccountId }: Pick<Booking, 'id'>,
  { keptYen, ...kept }: KeptYen,
  made: Made,
): Charge =>
  chargeAs(made, { ...kept, billingAccountId, amountYen: keptYen, taxYen: 0, taxRateBp: 0 });

/** What an amendment adds to what was charged so far, or (negative) takes from it. */
export const adjustmentOf = (price: Price, chargedYen: Yen): { amountYen: Yen; taxYen: Yen } => ({
  amountYen: price.totalYen - chargedYen,
  taxYen: price.taxYen - taxInside(chargedYen, price.taxRateBp),
});

interface Extra extends Made {
  readonly kind: 'amendment' | 'settlement';
  readonly cause: string;
  readonly chargedYen: Yen;
}

/** The extra of an amendment, due like a new charge. */
export const makeExtraCharge = (booking: Booking, price: Price, made: Extra): Charge => {
  const { amountYen, taxYen } = adjustmentOf(price, made.chargedYen);
  return chargeAs(made, {
    billingAccountId: booking.id,
    kind: made.kind,
    cause: made.cause,
    amountYen,
    taxYen: Math.max(0, taxYen),
    taxRateBp: price.taxRateBp,
    isProvisional: price.isProvisional,
  });
};

/** When the price of an approved booking is due. */
export const dueDayOfBooking = (
  { decidedAt, uses }: Pick<Booking, 'decidedAt' | 'uses'>,
  paymentDueDays: number,
  now: Date,
): LocalDay => dueDayOf(decidedAt ?? now, paymentDueDays, firstStart(uses), now);
