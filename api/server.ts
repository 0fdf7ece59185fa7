import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { startEmbedded } from '#db/embedded/server.ts';
import { migrateDatabase } from '#db/migrate.server.ts';
import { prepareCatalogue } from '#db/seeds/prepare.ts';
import { demonstrationSignIns } from '#db/seeds/world/people.ts';
import { seedWorld } from '#db/seeds/world.ts';
import { systemNow } from './adapters/clock.ts';
import { openMailbox, type Mailbox } from './adapters/mailbox.ts';
import { createMailer } from './adapters/mail.ts';
import { passOnTo } from './adapters/pass_on.ts';
import { openStripe, standInPath } from './adapters/stripe.ts';
import { createApp } from './app.ts';
import type { House } from './context.ts';
import { openHouse } from './house.ts';
import { settleProtocol } from './http/forwarded.ts';
import { errorBody } from './http/respond.ts';
import { keepMailboxMessage } from './outbox/actions.ts';
import { readSettings, type Settings } from './settings.ts';
import { factsOfError } from './shared/error.ts';
import { protection } from './shared/protection.ts';
import { explainStart, type StartPlace } from './shared/start.ts';
import { findFirstAdministratorLink } from './staff/actions.ts';
import { freeLockedJobs, startWorker } from './worker.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

const isStandIn = (url = '/') => url.startsWith(standInPath);

const isApi = (url = '/') => url.startsWith('/api/') || url.startsWith('/calendars/');

/** The built pages; without a build only the API answers. */
const loadPages = async (settings: Settings): Promise<Handler> => {
  if (process.env['PUBLIC_URL']) process.env['ORIGIN'] = settings.publicUrl;
  else process.env['PROTOCOL_HEADER'] = 'x-forwarded-proto';
  // The pages take no more than the API behind them, which says so in plain words.
  process.env['BODY_SIZE_LIMIT'] ??= '12M';
  const file = path.resolve('build/web/handler.js');
  if (!existsSync(file)) return (_, response) => response.writeHead(404).end();
  const { handler } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
    handler: Handler;
  };
  return handler;
};

const openDatabaseServer = async (settings: Settings) =>
  settings.databaseUrl
    ? { url: settings.databaseUrl, stop: () => Promise.resolve() }
    : startEmbedded(settings.dataFolder, { shared_buffers: '128MB' });

export interface RunningServer {
  readonly address: string;
  stop(): Promise<void>;
}

type Close = () => Promise<unknown>;

/** What was opened, in order; it is closed from the last to the first. */
const closeAll = async (opened: readonly Close[]) => {
  for (const close of opened.toReversed()) await close();
};

const openParts = async (settings: Settings, opened: Close[]) => {
  const databaseServer = await openDatabaseServer(settings);
  opened.push(() => databaseServer.stop());
  await migrateDatabase(databaseServer.url, { isForReal: !settings.isDemonstration });
  let mailbox: Mailbox | undefined;
  const keep = (mail: Parameters<typeof keepMailboxMessage>[1]) => keepMailboxMessage(house, mail);
  if (!settings.smtpUrl) mailbox = await openMailbox(keep);
  const house = openHouse({
    settings,
    databaseUrl: databaseServer.url,
    now: systemNow,
    mailer: createMailer(
      settings.smtpUrl ?? mailbox!.smtpUrl,
      settings.mailFrom,
      settings.publicUrl,
    ),
    stripe: settings.stripe && openStripe(settings.stripe),
  });
  opened.push(
    () => house.close(),
    () => mailbox?.close() ?? Promise.resolve(),
  );
  return house;
};

const listen = (server: Server, { port, host }: Settings) =>
  new Promise<AddressInfo>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });

const closeServer = async (server: Server) => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  await closed;
};

/** A house in which nobody can work says how its first administrator comes in. */
const sayFirstAdministrator = async (house: House) => {
  const link = await findFirstAdministratorLink(house);
  if (link) say(`最初の管理者の登録(この一度だけ使えるリンク):\n  ${link}`);
};

const bringUp = async (settings: Settings, pages: () => Promise<Handler>, opened: Close[]) => {
  const house = await openParts(settings, opened);
  await prepareCatalogue(house);
  if (settings.isDemonstration) {
    await seedWorld(house);
    await freeLockedJobs(house);
  }
  if (!settings.isDemonstration) await sayFirstAdministrator(house);
  const worker = await startWorker(house);
  opened.push(() => worker.stop());
  const app = createApp(house);
  globalThis.kaikanApi = app;
  const answerApi = getRequestListener((request, bindings) => app.fetch(request, bindings));
  const { standInUrl } = settings.stripe ?? {};
  const answerStandIn = standInUrl && passOnTo(standInUrl);
  const answerPage = await pages();
  const server = createServer((request, response) => {
    // Of what is served as it lies on the disk too, such as styles and pictures.
    response.setHeader('X-Content-Type-Options', 'nosniff');
    const problem = settleProtocol(request.headers, settings.trustsProxy);
    if (problem) {
      response.writeHead(400, { ...protection(false), 'content-type': 'application/json' });
      return void response.end(JSON.stringify(errorBody(problem, 'ja', randomUUID())));
    }
    if (isApi(request.url)) return void answerApi(request, response);
    if (answerStandIn && isStandIn(request.url)) return answerStandIn(request, response);
    answerPage(request, response);
  });
  const { port } = await listen(server, settings);
  opened.push(() => closeServer(server));
  return `http://localhost:${port}`;
};

/** Brings the whole system up in this process: database, mail, payment, worker, API and pages. */
export const startServer = async (
  settings: Settings,
  pages: () => Promise<Handler> = () => loadPages(settings),
): Promise<RunningServer> => {
  const opened: Close[] = [];
  try {
    const address = await bringUp(settings, pages, opened);
    return { address, stop: () => closeAll(opened) };
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
};

const say = (line: string) => process.stdout.write(`${line}\n`);

const sayHowToLookAround = () => {
  say('実演用のサインイン(架空のデータ):');
  for (const { who, email, password } of demonstrationSignIns)
    say(`  ${who}  ${email}  ${password}`);
};

const main = async () => {
  const settings = readSettings(process.env);
  let running: RunningServer | undefined = undefined;
  let stopping: Promise<void> | undefined;
  const stop = () => {
    // Still starting, nobody is being served: the database ends with the process.
    if (!running) process.exit(1);
    stopping ??= running.stop().then(() => {
      say('stopped');
      process.exit(0);
    });
  };
  // Ctrl-C comes from the terminal and from who started us.
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (settings.isDemonstration) say('実演用の一年を確かめています(初回は1分ほどかかります)…');
  running = await startServer(settings);
  process.send?.('up');
  say(`会館 Kaikan  ${running.address}`);
  if (settings.isDemonstration) sayHowToLookAround();
};

const placeOf = ({ PORT, HOST, DATA_FOLDER, DATABASE_URL }: NodeJS.ProcessEnv): StartPlace => ({
  port: Number(PORT ?? 3000),
  host: HOST ?? (DATABASE_URL ? '0.0.0.0' : '127.0.0.1'),
  dataFolder: path.resolve(DATA_FOLDER ?? '.data'),
  databaseUrl: DATABASE_URL,
});

const record = (what: string, error: unknown) =>
  process.stderr.write(
    `${JSON.stringify({ level: 'error', msg: what, err: factsOfError(error) })}\n`,
  );

/** What nobody expected is written down with its cause; the supervisor starts us again where we end. */
const watchProcess = () => {
  // Nobody waited for it, and every half-done thing is rolled back by the database.
  process.on('unhandledRejection', (error) => record('unexpected rejection', error));
  process.on('uncaughtException', (error) => {
    record('unexpected error: the process ends', error);
    process.exit(1);
  });
  process.once('disconnect', () => process.exit(1));
};

if (process.env['KAIKAN_EMBED'] !== 'true') {
  watchProcess();
  main().catch((error: unknown) => {
    process.stderr.write(`${explainStart(error, placeOf(process.env))}\n`);
    process.exit(1);
  });
}
