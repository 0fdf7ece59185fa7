import Stripe from 'stripe';
import type { StripeSettings } from '../settings.ts';

export interface StripeAccess {
  readonly client: Stripe;
  readonly publishableKey: string;
  readonly webhookSecret: string;
  /** Where the browser loads the card form from. */
  readonly scriptUrl: string;
}

/** Pages of a stand-in reach people through our own server, at addresses that begin so. */
export const standInPath = '/stand-in/';

/** Stripe.js is released under the name of the API version it speaks: `2026-10-28.endive`. */
const scriptUrl = `https://js.stripe.com/${Stripe.API_VERSION.split('.')[1]}/stripe.js`;

const options = { maxNetworkRetries: 2, telemetry: false, timeout: 20_000 };

const at = (address: string) => {
  const { hostname, port } = new URL(address);
  return { host: hostname, port, protocol: 'http' } as const;
};

export const openStripe = ({ standInUrl, ...keys }: StripeSettings): StripeAccess => ({
  client: new Stripe(keys.secretKey, { ...options, ...(standInUrl ? at(standInUrl) : {}) }),
  publishableKey: keys.publishableKey,
  webhookSecret: keys.webhookSecret,
  scriptUrl: standInUrl ? `${standInPath}stripe/stripe.js` : scriptUrl,
});
