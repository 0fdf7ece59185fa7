import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { TestProject } from 'vitest/node';
import { findNginx, startNginx, type ProxyPorts } from './nginx.ts';

/** A running house that one worker has for itself: what is booked there, no other journey can meet. */
export interface JourneyHouse {
  /** Where people reach it, without a slash at the end: by TLS through nginx where that is installed. */
  readonly url: string;
  readonly ports: ProxyPorts;
  readonly dataFolder: string;
  readonly proxy?: { readonly nginx: string; readonly folder: string };
}

declare module 'vitest' {
  interface ProvidedContext {
    houses: readonly JourneyHouse[];
  }
}

type Stop = () => Promise<void>;

const secondsToStart = 300;

const freePorts = async (count: number): Promise<readonly number[]> => {
  const probes = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  const ports = await Promise.all(
    probes.map(
      (probe) =>
        new Promise<number>((resolve, reject) => {
          probe.once('error', reject);
          probe.once('listening', () => resolve((probe.address() as AddressInfo).port));
        }),
    ),
  );
  await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))));
  return ports;
};

const untilHealthy = async (url: string) => {
  for (let look = 0; look < secondsToStart * 10; look += 1) {
    const isUp = await fetch(`${url}/api/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the built server did not answer within ${secondsToStart} seconds`);
};

const planHouse = async (nginx: string | undefined): Promise<JourneyHouse> => {
  const [server, plain, tls] = (await freePorts(3)) as [number, number, number];
  const dataFolder = fs.mkdtempSync(path.join(tmpdir(), 'kaikan-e2e-'));
  // As root the database runs under another account, which must be able to enter.
  fs.chmodSync(dataFolder, 0o755);
  const url = nginx ? `https://localhost:${tls}` : `http://localhost:${server}`;
  const ports = { server, plain, tls };
  const proxy = nginx && { nginx, folder: path.join(dataFolder, 'nginx') };
  return { url, ports, dataFolder, ...(proxy && { proxy }) };
};

/** The built server as `npm start` runs it. */
const startHouse = async ({ url, ports, dataFolder, proxy }: JourneyHouse): Promise<Stop> => {
  const { DATABASE_URL: _database, ...environment } = process.env;
  const server = spawn(process.execPath, ['scripts/start.mjs'], {
    env: {
      ...environment,
      NODE_ENV: 'production',
      PORT: String(ports.server),
      PUBLIC_URL: url,
      TRUST_PROXY: String(proxy !== undefined),
      DATA_FOLDER: dataFolder,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const closed = new Promise<void>((resolve) => server.once('close', () => resolve()));
  const ended = new Promise<never>((_, reject) =>
    server.once('exit', (code) => reject(new Error(`the built server ended with ${code}`))),
  );
  ended.catch(() => undefined);
  const stop = async () => {
    server.kill('SIGTERM');
    await closed;
  };
  try {
    await Promise.race([untilHealthy(`http://127.0.0.1:${ports.server}`), ended]);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
};

const copyFolder = (from: string, to: string) => {
  const { status, stderr } = spawnSync('cp', ['-a', `${from}/.`, to]);
  if (status !== 0) throw new Error(`${from} was not copied: ${stderr.toString()}`);
};

/** As root the database may have moved to a place of its own; this file says where. */
const placeFile = (dataFolder: string) => path.join(dataFolder, 'database-place');

const placeOf = (dataFolder: string): string | undefined =>
  fs.existsSync(placeFile(dataFolder))
    ? fs.readFileSync(placeFile(dataFolder), 'utf8').trim()
    : undefined;

/**
 * Of a house nobody uses now, the data are copied as they lie on the disk; inside the new folder too,
 * where that one can be entered.
 */
const copyData = (from: string, to: JourneyHouse) => {
  copyFolder(from, to.dataFolder);
  const place = placeOf(from);
  if (!place) return;
  const placeOfCopy = `${place}-${to.ports.server}`;
  copyFolder(place, placeOfCopy);
  fs.writeFileSync(placeFile(to.dataFolder), placeOfCopy);
  copyFolder(path.join(place, 'postgres'), path.join(to.dataFolder, 'postgres'));
};

const removeData = (dataFolder: string) => {
  const place = placeOf(dataFolder);
  for (const folder of [dataFolder, ...(place ? [place] : [])])
    fs.rmSync(folder, { recursive: true, force: true });
};

/** Beside a build that a stranger's start has made lies the year it has invented, to be used once. */
const takeYear = (): string | undefined => {
  const file = path.join('build', 'seeded-year');
  if (!fs.existsSync(file)) return undefined;
  const folder = fs.readFileSync(file, 'utf8');
  fs.rmSync(file);
  return fs.existsSync(folder) ? folder : undefined;
};

/** The year is invented once, here or before. */
const startHouses = async (houses: readonly JourneyHouse[]): Promise<readonly Stop[]> => {
  const year = takeYear();
  const [first, ...others] = houses as [JourneyHouse, ...JourneyHouse[]];
  if (year) {
    for (const house of houses) copyData(year, house);
    removeData(year);
  } else {
    const stopFirst = await startHouse(first);
    if (others.length === 0) return [stopFirst];
    await stopFirst();
    for (const other of others) copyData(first.dataFolder, other);
  }
  return Promise.all(houses.map(startHouse));
};

const startProxy = ({ proxy, ports }: JourneyHouse): readonly Stop[] =>
  proxy ? [startNginx(proxy.nginx, proxy.folder, ports)] : [];

/** A house for each worker that will have something to do, each with data that are thrown away. */
const setup = async (project: TestProject) => {
  const nginx = findNginx();
  if (!nginx && process.env['CI']) throw new Error('nginx is missing: apt-get install nginx');
  const asked = process.argv.filter((argument) => argument.endsWith('.test.ts')).length;
  const count = Math.min(project.config.maxWorkers, asked || Infinity);
  const houses = await Promise.all(Array.from({ length: count }, () => planHouse(nginx)));
  const stops = [...(await startHouses(houses)), ...houses.flatMap(startProxy)];
  project.provide('houses', houses);
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
    for (const { dataFolder } of houses) removeData(dataFolder);
  };
};

export default setup;
