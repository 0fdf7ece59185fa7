import type { Booking, CancelGround } from '../../bookings/rules/booking.ts';
import type { Yen } from '../../shared/money.ts';
import type { Charge } from '../../payments/rules/charge.ts';

/** Which charges fall with a booking: a fee for a change stays where the organizer gave up. */
export const isGivenUp = (
  { kind, reversedAt }: Pick<Charge, 'kind' | 'reversedAt'>,
  ground: CancelGround,
): boolean =>
  reversedAt === null && kind !== 'cancellation' && (kind !== 'change' || ground !== 'organizer');

/** Whether money came that pays a booking given up for want of it. */
export const isLateMoney = (
  { state, cancelGround }: Pick<Booking, 'state' | 'cancelGround'>,
  { owedYen, feeYen }: { readonly owedYen: Yen; readonly feeYen: Yen },
): boolean =>
  state === 'cancelled' && cancelGround === 'unpaid' && owedYen < 0 && -owedYen >= feeYen;

export interface Settled {
  readonly keptYen: Yen;
  /** What was charged for changes and stays charged. */
  readonly changeFeesYen: Yen;
  readonly paidYen: Yen;
}

/** What comes back of the money that was paid, or what is still owed. */
export const backOf = ({ keptYen, changeFeesYen, paidYen }: Settled) => {
  const leftYen = paidYen - keptYen - changeFeesYen;
  return { comesBackYen: Math.max(0, leftYen), stillOwedYen: Math.max(0, -leftYen) };
};
