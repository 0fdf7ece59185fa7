import { z } from 'zod';
import { startStripeStandIn } from './server.ts';

const environmentSchema = z.object({
  STAND_IN_PORT: z.coerce.number().int(),
  STAND_IN_STATE_FILE: z.string().min(1),
  STAND_IN_WEBHOOK_URL: z.string().min(1),
  PUBLIC_URL: z.string().min(1),
  STRIPE_SECRET_KEY: z.string().startsWith('sk_test_'),
  STRIPE_WEBHOOK_SECRET: z.string().startsWith('whsec_'),
});

const environment = environmentSchema.parse(process.env);

const standIn = await startStripeStandIn({
  now: () => new Date(),
  secretKey: environment.STRIPE_SECRET_KEY,
  webhookSecret: environment.STRIPE_WEBHOOK_SECRET,
  webhookUrl: () => environment.STAND_IN_WEBHOOK_URL,
  publicUrl: environment.PUBLIC_URL,
  stateFile: environment.STAND_IN_STATE_FILE,
  port: environment.STAND_IN_PORT,
  tickMilliseconds: 1_000,
});

const stop = () => void standIn.close().then(() => process.exit(0));

process.once('SIGTERM', stop);
// Ctrl-C reaches everybody at once, and the house still needs us while it stops: who started us says when.
process.on('SIGINT', () => {
  if (!process.connected) stop();
});
// Who started us is gone, however it ended.
process.once('disconnect', () => process.exit(1));
process.send?.('up');
