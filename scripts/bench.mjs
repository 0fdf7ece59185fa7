// How many requests a second the built server answers here; figures are for comparing on one machine.
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const seconds = 8;
const connections = 16;
const day = (daysFromNow) =>
  new Date(Date.now() + daysFromNow * 86_400_000).toISOString().slice(0, 10);

const paths = [
  '/api/health',
  '/api/venues',
  '/api/venues/big-palette/rooms',
  `/api/availability?venue=big-palette&from=${day(7)}&to=${day(13)}`,
  '/',
];

const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const untilUp = async (url) => {
  const isUp = await fetch(`${url}/api/health`).then(
    (response) => response.ok,
    () => false,
  );
  if (isUp) return;
  await new Promise((resolve) => setTimeout(resolve, 200));
  await untilUp(url);
};

const measure = async (url, at) => {
  const { requests, latency, non2xx } = await autocannon({
    url: `${url}${at}`,
    connections,
    duration: seconds,
  });
  return {
    path: at,
    'requests/s': Math.round(requests.average),
    'p50 ms': latency.p50,
    'p99 ms': latency.p99,
    'not 2xx': non2xx,
  };
};

const port = await freePort();
const dataFolder = fs.mkdtempSync(path.join(tmpdir(), 'kaikan-bench-'));
fs.chmodSync(dataFolder, 0o755);
const server = spawn(process.execPath, ['scripts/start.mjs'], {
  env: { ...process.env, PORT: String(port), DATA_FOLDER: dataFolder, LOG_LEVEL: 'silent' },
  stdio: 'inherit',
});
const ended = new Promise((resolve) => server.once('close', resolve));
const url = `http://127.0.0.1:${port}`;
try {
  await untilUp(url);
  const rows = [];
  for (const at of paths) rows.push(await measure(url, at));
  console.table(rows);
} finally {
  server.kill('SIGTERM');
  await ended;
  fs.rmSync(dataFolder, { recursive: true, force: true });
}
