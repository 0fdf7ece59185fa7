import type { BillingStage } from '../../billing_accounts/rules.ts';
import type { Yen } from '../../shared/money.ts';
import { isPayable } from './charge.ts';

export const moneyFlags = ['overpaid', 'paid_after_release', 'overdue'] as const;
export type MoneyFlag = (typeof moneyFlags)[number];

/** What a person has to look at in the money of an account. */
export const flagsOf = ({
  stage,
  owedYen,
  overdueYen,
}: {
  readonly stage: BillingStage;
  readonly owedYen: Yen;
  /** What of it should have been paid by now. */
  readonly overdueYen: Yen;
}): MoneyFlag[] => {
  if (owedYen < 0) return [isPayable({ stage }) ? 'overpaid' : 'paid_after_release'];
  return owedYen > 0 && overdueYen > 0 ? ['overdue'] : [];
};
