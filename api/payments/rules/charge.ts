import type { BillingAccount } from '../../billing_accounts/rules.ts';
import type { BillingAccountId, ChargeId } from '../../shared/ids.ts';
import type { BasisPoints, Yen } from '../../shared/money.ts';
import type { LocalDay } from '../../shared/time.ts';

export const chargeKinds = [
  'booking',
  'amendment',
  'settlement',
  'cancellation',
  'change',
] as const;
export type ChargeKind = (typeof chargeKinds)[number];

/** What is owed: for the thing itself, or for what came to it later. */
export interface Charge {
  readonly id: ChargeId;
  readonly billingAccountId: BillingAccountId;
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

/** What is agreed on is paid; whoever pays for anything else has it looked at by a person. */
export const isPayable = ({ stage }: Pick<BillingAccount, 'stage'>): boolean => stage === 'agreed';

export interface Price {
  readonly totalYen: Yen;
  readonly taxYen: Yen;
  readonly taxRateBp: BasisPoints;
  readonly isProvisional: boolean;
}
