import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, orExit } from './prepare.mjs';
import { startBesides } from './stand_in.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
await orExit(install);

// Imported here, since before install() there is no vite to import.
const { createServer } = await import('vite');
const millisecondsToSettle = 150;

// api/server.ts starts by itself unless somebody else starts it.
process.env.KAIKAN_EMBED = 'true';

const vite = await createServer({ server: { middlewareMode: true }, appType: 'custom' });
let running;

const besides = await orExit(() => startBesides(process.env));

const start = async () => {
  try {
    const { startServer } = await vite.ssrLoadModule('/api/server.ts');
    const { readSettings } = await vite.ssrLoadModule('/api/settings.ts');
    running = await startServer(readSettings(besides.environment), async () => vite.middlewares);
    process.stdout.write(`会館 Kaikan (development)  ${running.address}\n`);
  } catch (error) {
    vite.ssrFixStacktrace(error);
    process.stderr.write(`${error.stack}\nwaiting for a change …\n`);
  }
};

const stop = async () => {
  const last = running;
  running = undefined;
  await last?.stop();
};

let turn = start();
const next = (...steps) => {
  for (const step of steps) turn = turn.then(step);
  return turn;
};

// A half-saved file starts half a server, whose connections end with the next start.
process.on('uncaughtException', (error) => process.stderr.write(`${error.stack}\n`));

let settling;
vite.watcher.on('all', (_, file) => {
  const [folder] = path.relative(root, file).split(path.sep);
  if (folder !== 'api' && folder !== 'db') return;
  clearTimeout(settling);
  settling = setTimeout(() => next(stop, start), millisecondsToSettle);
});

const end = () =>
  next(
    stop,
    () => vite.close(),
    besides.stop,
    () => process.exit(0),
  );
process.once('SIGINT', end);
process.once('SIGTERM', end);
