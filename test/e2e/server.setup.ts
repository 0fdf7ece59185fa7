import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the built server answers, without a slash at the end. */
    serverUrl: string;
    /** Where it keeps its data. */
    dataFolder: string;
  }
}

const secondsToStart = 300;

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

const untilHealthy = async (url: string) => {
  for (let second = 0; second < secondsToStart * 4; second += 1) {
    const isUp = await fetch(`${url}/api/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`the built server did not answer within ${secondsToStart} seconds`);
};

/** The built server as `npm start` runs it, with a data folder of its own that is thrown away. */
const setup = async (project: TestProject) => {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const dataFolder = fs.mkdtempSync(path.join(tmpdir(), 'kaikan-e2e-'));
  // As root the database runs under another account, which must be able to enter.
  fs.chmodSync(dataFolder, 0o755);
  const { DATABASE_URL: _database, ...environment } = process.env;
  const server = spawn(process.execPath, ['scripts/start.mjs'], {
    env: {
      ...environment,
      NODE_ENV: 'production',
      PORT: String(port),
      PUBLIC_URL: url,
      DATA_FOLDER: dataFolder,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = new Promise<never>((_, reject) =>
    server.once('exit', (code) => reject(new Error(`the built server ended with ${code}`))),
  );
  ended.catch(() => undefined);
  await Promise.race([untilHealthy(url), ended]);
  project.provide('serverUrl', url);
  project.provide('dataFolder', dataFolder);
  return async () => {
    const closed = new Promise<void>((resolve) => server.once('close', () => resolve()));
    server.kill('SIGTERM');
    await closed;
    fs.rmSync(dataFolder, { recursive: true, force: true });
  };
};

export default setup;
