import type { QuoteTax } from '../fees/rules/quote.ts';
import { bankDayFrom } from '../payments/rules/due_day.ts';
import { duesOf, type StandingCharge } from '../payments/rules/ledger.ts';
import type { ChargeKind } from '../payments/rules/charge.ts';
import { sumYen, taxInside, type BasisPoints, type Yen } from '../shared/money.ts';
import { ok, refuse, type Result } from '../shared/result.ts';
import type { LocalDay } from '../shared/time.ts';
import { invoiceErrors } from './errors.ts';

interface RatedAmount {
  readonly amountYen: Yen;
  readonly taxRateBp: BasisPoints;
}

/**
 * What a paper says of tax: its tax-inclusive amounts summed per rate, then one rounding for each rate.
 * Rounding each line and adding up is not allowed (消費税法施行令70条の10).
 */
export const taxesPerRate = (amounts: readonly RatedAmount[]): QuoteTax[] => {
  const rates = [...new Set(amounts.map(({ taxRateBp }) => taxRateBp))];
  return rates
    .sort((one, other) => other - one)
    .map((taxRateBp) => {
      const ofRate = amounts.filter((one) => one.taxRateBp === taxRateBp);
      const totalYen = sumYen(ofRate.map(({ amountYen }) => amountYen));
      return { taxRateBp, totalYen, taxYen: taxInside(totalYen, taxRateBp) };
    });
};

/** A charge that stands, with the booking it is for. */
export interface BilledCharge extends StandingCharge {
  readonly billingAccountId: string;
  readonly kind: ChargeKind;
  readonly taxRateBp: BasisPoints;
  readonly isProvisional: boolean;
  readonly number: string;
  readonly title: string;
  readonly firstUsedOn: LocalDay | null;
  /** What the booking still owes over all of its charges. */
  readonly accountOwedYen: Yen;
  /** The combined invoice that asks for it already. */
  readonly invoiceId: string | null;
}

export interface OpenCharge extends BilledCharge {
  readonly openYen: Yen;
}

const openOfBillingAccount = (charges: readonly BilledCharge[]): OpenCharge[] => {
  const standing = sumYen(charges.map(({ standingYen }) => standingYen));
  const dues = duesOf(charges, standing - charges[0]!.accountOwedYen);
  return charges.map((charge) => {
    const own = dues.filter(({ chargeId }) => chargeId === charge.id);
    return { ...charge, openYen: sumYen(own.map(({ openYen }) => openYen)) };
  });
};

/** What is still to be paid of each charge: a booking's money pays its earliest day first. */
export const openCharges = (charges: readonly BilledCharge[]): OpenCharge[] =>
  [...new Set(charges.map(({ billingAccountId }) => billingAccountId))].flatMap(
    (billingAccountId) =>
      openOfBillingAccount(
        charges.filter((charge) => charge.billingAccountId === billingAccountId),
      ),
  );

/** Only what nobody has paid anything of: a part would be two papers over one supply. */
export const canBeCombined = ({ openYen, standingYen, invoiceId }: OpenCharge): boolean =>
  openYen > 0 && openYen === standingYen && invoiceId === null;

export interface DrawnInvoice {
  readonly lines: readonly OpenCharge[];
  readonly totalYen: Yen;
  readonly taxes: readonly QuoteTax[];
  readonly dueOn: LocalDay;
}

/** One request for payment over the chosen charges, due with the earliest of them, never on a day that is over. */
export const decideInvoice = (
  offered: readonly OpenCharge[],
  chargeIds: readonly string[],
  today: LocalDay,
): Result<DrawnInvoice> => {
  const lines = offered.filter(({ id }) => chargeIds.includes(id));
  if (lines.some(({ invoiceId }) => invoiceId !== null)) {
    return refuse(invoiceErrors.already_invoiced());
  }
  if (lines.length < new Set(chargeIds).size || !lines.every(canBeCombined)) {
    return refuse(invoiceErrors.charge_not_open());
  }
  const earliest = lines.map(({ dueOn }) => dueOn).sort()[0]!;
  const rated = lines.map(({ openYen, taxRateBp }) => ({ amountYen: openYen, taxRateBp }));
  return ok({
    lines,
    totalYen: sumYen(lines.map(({ openYen }) => openYen)),
    taxes: taxesPerRate(rated),
    dueOn: bankDayFrom(earliest < today ? today : earliest),
  });
};
