import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { build } from 'vite';
import { passOnTo } from '#api/adapters/pass_on.ts';
import { openStripe } from '#api/adapters/stripe.ts';

const opened: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

const serve = async (answer: RequestListener): Promise<string> => {
  const server: Server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

describe('what is passed on', () => {
  it('arrives as it was sent, and its answer comes back as it was given', async () => {
    const behind = await serve((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        response.writeHead(409, { 'x-told': 'yes', 'content-type': 'application/json' });
        const { method, url, headers } = request;
        const body = Buffer.concat(parts).toString();
        response.end(JSON.stringify({ method, url, host: headers.host, body }));
      });
    });
    const front = await serve(passOnTo(behind));
    const answer = await fetch(`${front}/stand-in/x?y=1`, { method: 'POST', body: '支払う' });
    expect([answer.status, answer.headers.get('x-told')]).toEqual([409, 'yes']);
    expect(await answer.json()).toEqual({
      method: 'POST',
      url: '/stand-in/x?y=1',
      host: new URL(front).host,
      body: '支払う',
    });
  });

  it('is answered by a sentence where nobody is, or where the line breaks', async () => {
    const broken = await serve((request) => request.socket.destroy());
    for (const address of ['http://127.0.0.1:1', broken]) {
      const front = await serve(passOnTo(address));
      const answer = await fetch(`${front}/stand-in/x`);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
      expect(await answer.text()).toMatch(/応答していません.*\n.*does not answer/);
    }
  });
});

const secretKey = 'sk_test_of_the_tests';

const startProgram = async (folder: string): Promise<{ program: ChildProcess; url: string }> => {
  await build({
    configFile: 'vite.standins.config.ts',
    logLevel: 'silent',
    build: { outDir: path.join(folder, 'bundle') },
  });
  // A port nobody listens at any more.
  const url = await serve(() => undefined);
  await opened.pop()!();
  const program = fork(path.join(folder, 'bundle', 'stripe.js'), {
    env: {
      PATH: process.env['PATH'],
      STAND_IN_PORT: new URL(url).port,
      STAND_IN_STATE_FILE: path.join(folder, 'state.json'),
      STAND_IN_WEBHOOK_URL: 'http://127.0.0.1:1/api/stripe/events',
      PUBLIC_URL: 'http://localhost:3000',
      STRIPE_SECRET_KEY: secretKey,
      STRIPE_WEBHOOK_SECRET: 'whsec_of_the_tests',
    },
  });
  opened.push(() => program.kill('SIGKILL'));
  expect(await once(program, 'message')).toEqual(['up', undefined]);
  return { program, url };
};

describe('the stand-in of Stripe as a program of its own', () => {
  it('is paid through, survives Ctrl-C and ends with who started it', async () => {
    const folder = fs.mkdtempSync(path.resolve('node_modules', '.stand-in-'));
    opened.push(() => fs.rmSync(folder, { recursive: true }));
    const { program, url } = await startProgram(folder);
    const keys = { secretKey, publishableKey: 'pk_test_1', webhookSecret: 'whsec_1' };
    const { client, scriptUrl } = openStripe({ ...keys, standInUrl: url });
    const intent = await client.paymentIntents.create({ amount: 12_000, currency: 'jpy' });
    expect(intent.status).toBe('requires_payment_method');
    const front = await serve(passOnTo(url));
    expect(await (await fetch(front + scriptUrl)).text()).toContain('confirmPayment');
    program.kill('SIGINT');
    expect(await client.paymentIntents.retrieve(intent.id)).toMatchObject({ amount: 12_000 });
    const ended = once(program, 'exit');
    program.disconnect();
    expect(await ended).toEqual([1, null]);
    expect(fs.readFileSync(path.join(folder, 'state.json'), 'utf8')).toContain(intent.id);
  });
});
