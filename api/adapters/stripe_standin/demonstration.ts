import { randomBytes } from 'node:crypto';
import { openStripeStandIn, type StripeAccess } from '../stripe.ts';
import { pagesPath } from './paged.ts';
import { startStripeStandIn, type StripeStandIn, type StripeStandInOptions } from './server.ts';

const secret = (prefix: string) => `${prefix}_${randomBytes(16).toString('hex')}`;

/** A stand-in of our own with keys of its own, and the client that talks to it. */
export const openDemonstrationStripe = async (
  options: Omit<StripeStandInOptions, 'secretKey' | 'webhookSecret'>,
): Promise<{ access: StripeAccess; standIn: StripeStandIn }> => {
  const keys = {
    secretKey: secret('sk_test'),
    publishableKey: secret('pk_test'),
    webhookSecret: secret('whsec'),
  };
  const standIn = await startStripeStandIn({ ...options, ...keys });
  const access = openStripeStandIn(keys, standIn.port, `${pagesPath}/stripe.js`);
  return { access, standIn };
};
