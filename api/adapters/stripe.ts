import Stripe from 'stripe';

export interface StripeAccess {
  readonly client: Stripe;
  readonly publishableKey: string;
  readonly webhookSecret: string;
  /** Where the browser loads the card form from. */
  readonly scriptUrl: string;
}

export interface StripeKeys {
  readonly secretKey: string;
  readonly publishableKey: string;
  readonly webhookSecret: string;
}

/** The API version whose shapes our types and the stand-in follow. */
export const stripeApiVersion = Stripe.API_VERSION;

/** Stripe.js is released under the name of the API version it speaks: `2026-10-28.endive`. */
const scriptUrl = `https://js.stripe.com/${stripeApiVersion.split('.')[1]}/stripe.js`;

const options = { maxNetworkRetries: 2, telemetry: false, timeout: 20_000 };

export const openStripe = (keys: StripeKeys): StripeAccess => ({
  client: new Stripe(keys.secretKey, options),
  publishableKey: keys.publishableKey,
  webhookSecret: keys.webhookSecret,
  scriptUrl,
});

/** The same client against our stand-in on loopback. */
export const openStripeStandIn = (
  keys: StripeKeys,
  port: number,
  scriptUrl: string,
): StripeAccess => ({
  client: new Stripe(keys.secretKey, { ...options, host: '127.0.0.1', port, protocol: 'http' }),
  publishableKey: keys.publishableKey,
  webhookSecret: keys.webhookSecret,
  scriptUrl,
});
