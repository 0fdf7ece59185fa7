import type { Booking } from '../../bookings/rules/booking.ts';
import type { Yen } from '../../shared/money.ts';
import { isPayable } from './charge.ts';

export const moneyFlags = ['overpaid', 'paid_after_release', 'overdue'] as const;
export type MoneyFlag = (typeof moneyFlags)[number];

/** What a person has to look at in the money of a booking. */
export const flagsOf = ({
  state,
  owedYen,
  overdueYen,
}: {
  readonly state: Booking['state'];
  readonly owedYen: Yen;
  /** What of it should have been paid by now. */
  readonly overdueYen: Yen;
}): MoneyFlag[] => {
  if (owedYen < 0) return [isPayable({ state }) ? 'overpaid' : 'paid_after_release'];
  return owedYen > 0 && overdueYen > 0 ? ['overdue'] : [];
};
