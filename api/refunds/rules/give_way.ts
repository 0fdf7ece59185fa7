import { sumYen, type Yen } from '../../shared/money.ts';
import { isReturned, isStanding, type Refund } from './refund.ts';

/** Made at Stripe by hand, not by us. */
export const isMadeAtStripe = ({ cause }: Pick<Refund, 'cause'>): boolean =>
  cause?.startsWith('stripe_refund:') ?? false;

/** Ours, and with nobody yet who could pay it: asked for, failed, or to be paid by ourselves. */
const canGiveWay = (refund: Refund): boolean =>
  !isMadeAtStripe(refund) &&
  (refund.state === 'proposed' ||
    refund.state === 'failed' ||
    (refund.state === 'approved' && refund.route !== 'stripe'));

export interface Yielding {
  readonly cancelled: readonly Refund[];
  /** What of the last of them still fits: asked for anew. */
  readonly rest: { readonly of: Refund; readonly amountYen: Yen } | undefined;
}

/**
 * Which refunds of ours end because what they would give back is gone already: refunded at Stripe, or
 * taken by the bank of the payer. `paidYen` is what of the payment the account still has; the newest
 * give way first.
 */
export const yieldingOf = (paidYen: Yen, refunds: readonly Refund[]): Yielding => {
  const going = refunds.filter((refund) => isStanding(refund) && !isReturned(refund));
  let excessYen = sumYen(going.map(({ amountYen }) => amountYen)) - Math.max(0, paidYen);
  const cancelled: Refund[] = [];
  let rest: Yielding['rest'];
  for (const refund of [...going].reverse().filter(canGiveWay)) {
    if (excessYen <= 0) break;
    cancelled.push(refund);
    const amountYen = refund.amountYen - excessYen;
    rest = amountYen > 0 ? { of: refund, amountYen } : undefined;
    excessYen -= refund.amountYen;
  }
  return { cancelled, rest };
};
