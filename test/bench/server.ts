import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import { startEmbedded } from '#db/embedded/server.ts';
import { seedWorld } from '#db/seeds/world.ts';
import { systemNow } from '#api/adapters/clock.ts';
import { openMailbox } from '#api/adapters/mailbox.ts';
import { createMailer } from '#api/adapters/mail.ts';
import { createApp } from '#api/app.ts';
import { openHouse } from '#api/house.ts';
import { startServer } from '#api/server.ts';
import { readSettings } from '#api/settings.ts';
import { addDays, dayOf } from '#api/shared/time.ts';
import { fileOf, transferOf, writeFile } from '#test/fixtures/bank_files.ts';
import { makeOrganizer, makeStaff } from '#test/fixtures/people.ts';

/** A statement as the API sent it to the database. */
interface Sent {
  readonly statement: string;
  readonly parameters: readonly unknown[];
}

const organizersMost = 16;

const [, , dataFolder, port] = process.argv as [string, string, string, string];
const publicUrl = `http://127.0.0.1:${port}`;

const database = await startEmbedded(dataFolder, { shared_buffers: '128MB' });
const mailbox = await openMailbox(() => Promise.resolve());

// As an operator runs it; the pages read their address from the environment.
Object.assign(process.env, {
  NODE_ENV: 'production',
  DATABASE_URL: database.url,
  SESSION_SECRET: randomBytes(32).toString('base64url'),
  SMTP_URL: mailbox.smtpUrl,
  PUBLIC_URL: publicUrl,
  CHARGE_PROVISIONAL_FEES: 'true',
  HOST: '127.0.0.1',
  PORT: port,
  LOG_LEVEL: 'silent',
});
const settings = readSettings(process.env);
const server = await startServer(settings);

const heard: Sent[] = [];
const besides = openHouse({
  settings,
  databaseUrl: database.url,
  now: systemNow,
  mailer: createMailer(mailbox.smtpUrl, settings.mailFrom, settings.publicUrl),
  stripe: undefined,
  onQuery: (statement, parameters) => heard.push({ statement, parameters: [...parameters] }),
});
await seedWorld(besides);
const organizers = [];
for (let at = 0; at < organizersMost; at += 1) {
  const { cookie, organizationId } = await makeOrganizer(besides, `計測団体${at + 1}`);
  organizers.push({ cookie, organizationId });
}

const entriesOfBank = 1_000;

/** Who keeps the books, and a file of the bank for them: some payers named, no amount owed by chance. */
const financeWithFile = async () => {
  const { cookie } = await makeStaff(besides, [{ venueId: 'big-palette', role: 'finance' }]);
  const today = dayOf(systemNow());
  const entries = Array.from({ length: entriesOfBank }, (_, at) =>
    transferOf({
      bookedOn: addDays(today, -1),
      reference: String(at).padStart(6, '0'),
      amountYen: 10_001 + at,
      payerName: at % 2 === 0 ? 'ｶ)ｺｵﾘﾔﾏｼﾖｳｼﾞ' : 'ﾐﾎﾝ ﾀﾛｳ',
    }),
  );
  const bankFile = Buffer.from(writeFile(fileOf(entries))).toString('base64');
  return { cookie, bankFile, entryCount: entriesOfBank, from: addDays(today, -364), to: today };
};

/** What one hold sends to the database, from the session to the answer. */
const listenToHold = async (cookie: string, json: unknown): Promise<Sent[]> => {
  const app = createApp(besides);
  const ask = () =>
    app.request('/api/bookings', {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(json),
    });
  heard.length = 0;
  const response = await ask();
  if (response.status !== 201) throw new Error(await response.text());
  // The driver asks for array types once a connection.
  return heard.splice(0).filter(({ statement }) => !statement.includes('pg_catalog.pg_type'));
};

const askOnce = async (path: string, json: unknown) => {
  const headers = { 'content-type': 'application/json' };
  const asked = { method: 'POST', headers, body: JSON.stringify(json) };
  const response = await fetch(`${publicUrl}${path}`, asked);
  if (!response.ok) throw new Error(`${path} answers ${response.status}`);
  return { text: await response.text(), type: 'application/json' };
};

const constants = new Map<string, { text: string; type: string }>();

/** The answer of another path as it was once: the floor of this server for a body of that size. */
(globalThis.kaikanApi as unknown as Hono).get('/api/bench/constant', async (c) => {
  const path = c.req.query('of')!;
  let constant = constants.get(path);
  if (!constant) {
    const headers = { cookie: c.req.header('cookie') ?? '' };
    const response = await fetch(`${publicUrl}${path}`, { headers });
    if (!response.ok) throw new Error(`${path} answers ${response.status}`);
    constant = {
      text: await response.text(),
      type: response.headers.get('content-type') ?? 'text/plain',
    };
    constants.set(path, constant);
  }
  return c.body(constant.text, 200, { 'content-type': constant.type });
});

/** The same for what is asked with a body. */
(globalThis.kaikanApi as unknown as Hono).post('/api/bench/constant', async (c) => {
  const { path, json } = await c.req.json<{ path: string; json: unknown }>();
  const key = `${path} ${JSON.stringify(json)}`;
  const constant = constants.get(key) ?? (await askOnce(path, json));
  constants.set(key, constant);
  return c.body(constant.text, 200, { 'content-type': constant.type });
});

type Question =
  | { readonly kind: 'listen'; readonly cookie: string; readonly json: unknown }
  | { readonly kind: 'processor' }
  | { readonly kind: 'stop' };

const stop = async () => {
  await besides.close();
  await server.stop();
  await mailbox.close();
  await database.stop();
  process.disconnect();
};

process.on('message', (question: Question) => {
  if (question.kind === 'stop') return void stop();
  if (question.kind === 'processor') {
    const microseconds = Object.values(process.cpuUsage()).reduce((sum, part) => sum + part, 0);
    return void process.send!({ processor: microseconds / 1_000 });
  }
  void listenToHold(question.cookie, question.json).then((sent) => process.send!({ sent }));
});

process.send!({
  ready: { databaseUrl: database.url, organizers, finance: await financeWithFile() },
});
