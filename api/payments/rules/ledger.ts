import type {
  AllocationId,
  AttemptId,
  BillingAccountId,
  PaymentId,
  VenueId,
} from '../../shared/ids.ts';
import { sumYen, type Yen } from '../../shared/money.ts';
import type { LocalDay } from '../../shared/time.ts';
import type { Publication } from '../../venues/schema.ts';
import type { PaymentMethod } from './attempt.ts';
import type { Charge } from './charge.ts';

/** What a charge is made of, less what was taken off it; what stands of it is their sum. */
export const chargeEventKinds = [
  'charged',
  'charge_reduced',
  'charge_reversed',
  'rebated',
] as const;

/** Money that has reached us. */
export interface Payment {
  readonly id: PaymentId;
  readonly venueId: VenueId;
  readonly method: PaymentMethod;
  readonly amountYen: Yen;
  readonly attemptId: AttemptId | null;
  readonly cause: string;
  readonly payerName: string | null;
  readonly paidVia: string | null;
  readonly receivedAt: Date;
}

/** What a payment pays for; a negative one takes another back. */
export interface Allocation {
  readonly id: AllocationId;
  readonly paymentId: PaymentId;
  readonly billingAccountId: BillingAccountId;
  readonly amountYen: Yen;
  readonly reversesId: string | null;
  readonly createdAt: Date;
}

export interface TermsSource {
  readonly publication: Publication;
  readonly source: string;
}

/** One day to pay: a charge, or a part of it. */
export interface Instalment {
  readonly chargeId: string;
  readonly position: number;
  readonly amountYen: Yen;
  readonly dueOn: LocalDay;
  /** Where the terms it was shared out by stand; absent where a charge is paid at once. */
  readonly terms?: TermsSource;
}

/** A part of a charge that is still to be paid. */
export interface Due extends Instalment {
  readonly openYen: Yen;
}

/** What stands of a charge after reductions. */
export interface StandingCharge extends Pick<Charge, 'id' | 'dueOn' | 'createdAt'> {
  readonly standingYen: Yen;
  readonly instalments: readonly Instalment[];
}

/** What was taken off a charge shortens its last parts first. */
const partsOf = ({ id, dueOn, standingYen, instalments }: StandingCharge): Instalment[] => {
  if (instalments.length === 0) {
    return [{ chargeId: id, position: 1, amountYen: standingYen, dueOn }];
  }
  let left = standingYen;
  return instalments.map((part) => {
    const amountYen = Math.min(part.amountYen, left);
    left -= amountYen;
    return { ...part, amountYen };
  });
};

const standingParts = (charges: readonly StandingCharge[]): Instalment[] =>
  charges
    .flatMap(partsOf)
    .filter(({ amountYen }) => amountYen > 0)
    .sort((one, other) => one.dueOn.localeCompare(other.dueOn) || one.position - other.position);

const payOff = (parts: readonly Instalment[], paidYen: Yen): Due[] => {
  let left = paidYen;
  return parts.map((part) => {
    const paid = Math.max(0, Math.min(part.amountYen, left));
    left -= paid;
    return { ...part, openYen: part.amountYen - paid };
  });
};

/**
 * What is still to be paid and by when, earliest first: money pays the earliest day, whatever it was
 * sent for. `paidYen` is everything that was paid or given up.
 */
export const duesOf = (charges: readonly StandingCharge[], paidYen: Yen): Due[] =>
  payOff(standingParts(charges), paidYen).filter(({ openYen }) => openYen > 0);

/** Every part with what of it is still open, so that together that is what is owed. */
export const partsPaidOff = (charges: readonly StandingCharge[], owedYen: Yen): Due[] => {
  const parts = standingParts(charges);
  return payOff(parts, sumYen(parts.map(({ amountYen }) => amountYen)) - owedYen);
};

/** Takes a reduction off the newest charges first, none of them below nothing. */
export const shareReduction = (
  charges: readonly Pick<StandingCharge, 'id' | 'standingYen'>[],
  reductionYen: Yen,
): { readonly id: StandingCharge['id']; readonly amountYen: Yen }[] => {
  let left = reductionYen;
  return [...charges].reverse().flatMap(({ id, standingYen }) => {
    const amountYen = Math.max(0, Math.min(standingYen, left));
    left -= amountYen;
    return amountYen > 0 ? [{ id, amountYen }] : [];
  });
};
