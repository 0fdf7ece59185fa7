import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { createServer } from 'node:net';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildStandIns } from './prepare.mjs';
import { supervise } from './supervise.mjs';

const program = fileURLToPath(new URL('../build/standins/stripe.js', import.meta.url));
const keyNames = ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET'];
const everywhere = ['0.0.0.0', '::', 'localhost'];

/** A demonstration without keys of its own is paid by a stand-in of Stripe; a real house never. */
const needsStandIn = (environment) =>
  !environment.DATABASE_URL && keyNames.every((name) => !environment[name]);

const secret = (prefix) => `${prefix}_${randomBytes(16).toString('hex')}`;

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const tell = (ending, seconds) =>
  process.stderr.write(
    `kaikan: Stripe の代役が終わりました(${ending})。${seconds}秒後に起動し直します。\n` +
      `kaikan: The stand-in of Stripe ended (${ending}) and is started again in ${seconds} s.\n`,
  );

/**
 * Where a demonstration needs it, starts the stand-in as a process of its own and keeps it running; answers the
 * environment the server needs, and how the stand-in is stopped, which is after the server.
 */
export const startBesides = async (environment) => {
  if (!needsStandIn(environment)) return { environment, stop: () => Promise.resolve() };
  await buildStandIns();
  const port = await freePort();
  const house = environment.PORT || '3000';
  const host = everywhere.includes(environment.HOST || '0.0.0.0') ? '127.0.0.1' : environment.HOST;
  const keys = {
    STRIPE_SECRET_KEY: secret('sk_test'),
    STRIPE_PUBLISHABLE_KEY: secret('pk_test'),
    STRIPE_WEBHOOK_SECRET: secret('whsec'),
  };
  const signals = new EventEmitter();
  let cameUp;
  const up = new Promise((resolve) => (cameUp = resolve));
  const ended = supervise([process.execPath, '--enable-source-maps', program], {
    env: {
      ...environment,
      ...keys,
      PUBLIC_URL: (environment.PUBLIC_URL || `http://localhost:${house}`).replace(/\/$/, ''),
      STAND_IN_PORT: String(port),
      STAND_IN_STATE_FILE: path.resolve(environment.DATA_FOLDER || '.data', 'stripe-stand-in.json'),
      STAND_IN_WEBHOOK_URL: `http://${host}:${house}/api/stripe/events`,
    },
    signals,
    say: tell,
    cameUp,
  });
  const code = await Promise.race([up, ended]);
  if (code !== undefined) throw new Error(`the stand-in of Stripe ended with ${code}`);
  return {
    environment: { ...environment, ...keys, STRIPE_STAND_IN_URL: `http://127.0.0.1:${port}` },
    stop: () => {
      signals.emit('SIGTERM');
      return ended;
    },
  };
};
