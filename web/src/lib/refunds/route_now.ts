import type { Refund } from '#api/refunds/rules/refund.ts';

/** What Stripe could not return leaves from our own account. */
export const routeNow = ({ route, state }: Pick<Refund, 'route' | 'state'>): Refund['route'] =>
  route === 'stripe' && (state === 'failed' || state === 'paid_out') ? 'bank' : route;
