import type { Booking } from '../../bookings/rules/booking.ts';
import type { BookingId, ChargeId } from '../../shared/ids.ts';
import { taxInside, type BasisPoints, type Yen } from '../../shared/money.ts';
import type { LocalDay } from '../../shared/time.ts';

export const chargeKinds = [
  'booking',
  'amendment',
  'settlement',
  'cancellation',
  'change',
] as const;
export type ChargeKind = (typeof chargeKinds)[number];

/** What is owed for a booking: for the booking itself, or for what came to it later. */
export interface Charge {
  readonly id: ChargeId;
  readonly bookingId: BookingId;
  readonly kind: ChargeKind;
  /** The fact charged for, where there may be several of a kind. */
  readonly cause: string | null;
  readonly amountYen: Yen;
  readonly taxYen: Yen;
  /** 0: outside of the consumption tax. */
  readonly taxRateBp: BasisPoints;
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

/** A provisional price becomes a charge only where the operator has said so. */
export const isChargeable = (
  price: { readonly isProvisional: boolean },
  chargesProvisionalFees: boolean,
): boolean => !price.isProvisional || chargesProvisionalFees;

const payableStates: readonly string[] = ['approved', 'in_use', 'settled'];

export const isPayable = (booking: Pick<Booking, 'state'>): boolean =>
  payableStates.includes(booking.state);

export interface Price {
  readonly totalYen: Yen;
  readonly taxYen: Yen;
  readonly taxRateBp: BasisPoints;
  readonly isProvisional: boolean;
}

export const makeCharge = (
  booking: Booking,
  price: Price,
  made: { id: ChargeId; dueOn: LocalDay; now: Date },
): Charge => ({
  id: made.id,
  bookingId: booking.id,
  kind: 'booking',
  cause: null,
  amountYen: price.totalYen,
  taxYen: price.taxYen,
  taxRateBp: price.taxRateBp,
  isProvisional: price.isProvisional,
  dueOn: made.dueOn,
  createdAt: made.now,
  reversedAt: null,
});

/** What is kept of what was given up: undivided, so outside of the consumption tax (国税庁 No.6253). */
export const makeKeptCharge = (
  kept: {
    readonly kind: 'cancellation' | 'change';
    readonly bookingId: BookingId;
    readonly keptYen: Yen;
    readonly isProvisional: boolean;
  },
  made: { id: ChargeId; cause: string; dueOn: LocalDay; now: Date },
): Charge => ({
  id: made.id,
  bookingId: kept.bookingId,
  kind: kept.kind,
  cause: made.cause,
  amountYen: kept.keptYen,
  taxYen: 0,
  taxRateBp: 0,
  isProvisional: kept.isProvisional,
  dueOn: made.dueOn,
  createdAt: made.now,
  reversedAt: null,
});

/** What an amendment adds to what was charged so far, or (negative) takes from it. */
export const adjustmentOf = (price: Price, chargedYen: Yen): { amountYen: Yen; taxYen: Yen } => ({
  amountYen: price.totalYen - chargedYen,
  taxYen: price.taxYen - taxInside(chargedYen, price.taxRateBp),
});

/** The extra of an amendment, due like a new charge. */
export const makeExtraCharge = (
  booking: Booking,
  price: Price,
  made: {
    id: ChargeId;
    kind: 'amendment' | 'settlement';
    cause: string;
    dueOn: LocalDay;
    chargedYen: Yen;
    now: Date;
  },
): Charge => {
  const { amountYen, taxYen } = adjustmentOf(price, made.chargedYen);
  return {
    id: made.id,
    bookingId: booking.id,
    kind: made.kind,
    cause: made.cause,
    amountYen,
    taxYen: Math.max(0, taxYen),
    taxRateBp: price.taxRateBp,
    isProvisional: price.isProvisional,
    dueOn: made.dueOn,
    createdAt: made.now,
    reversedAt: null,
  };
};
