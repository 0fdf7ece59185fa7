import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import { createServer, type Socket } from 'node:net';
import * as path from 'node:path';
import pg from 'pg';
import { StartError } from '../start_error.ts';
import { givePassword, keepPassword, newPassword, withPasswordFile } from './password.ts';
import { choosePlace, executable, runAs, type Place } from './place.ts';

export interface EmbeddedServer {
  readonly url: string;
  stop(): Promise<void>;
}

const isMade = (place: Place) => fs.existsSync(path.join(place.data, 'PG_VERSION'));

/** @returns the password of the server that was made */
const initialise = (place: Place, dataFolder: string): string => {
  const password = newPassword();
  keepPassword(dataFolder, password);
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
    'scram-sha-256',
  ];
  const made = withPasswordFile(place, password, (file) =>
    spawnSync(executable(place.native, 'initdb'), [...flags, `--pwfile=${file}`], {
      ...runAs(place),
      cwd: '/',
    }),
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr?.toString()}`);
  fs.rmSync(place.data, { recursive: true, force: true });
  fs.renameSync(fresh, place.data);
  return password;
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
    throw new StartError(
      `プロセス ${pid} が ${place.data} を使っています。先に止めるか、別の DATA_FOLDER を指定してください。`,
      `Process ${pid} already uses ${place.data}. Stop it first, or set another DATA_FOLDER.`,
    );
  }
};

/** The watch may be ending the server at this very moment, and its file with it. */
const readIfThere = (file: string): string | undefined => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

/** A server that outlived a killed process of ours is stopped; it would hold the data folder for ever. */
const stopLeftover = (place: Place) => {
  const file = path.join(place.data, 'postmaster.pid');
  const written = readIfThere(file);
  if (written === undefined) return;
  const pid = Number(written.split('\n')[0]);
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

const wrongPassword = () =>
  new StartError(
    '同梱のデータベースのパスワードが、DATA_FOLDER の database-password と合いません。このファイルを削除して起動し直すと、新しいパスワードが付きます。',
    'The password of the embedded database is not the one in database-password of DATA_FOLDER. Remove that file and start again: a new one is given.',
  );

const isAnswered = async (url: string) => {
  const connection = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  connection.on('error', () => undefined);
  try {
    await connection.connect();
    return true;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '28P01') throw wrongPassword();
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
 * Ends the server when this process is gone, however that came: only we hold the pipe that is read here,
 * and it closes even when we are killed. Windows has no such shell; there the next start stops the server.
 */
const watch = (server: ChildProcess) => {
  if (process.platform === 'win32' || server.pid === undefined) return;
  const script = 'read -r nothing; kill -INT "$0"';
  const watcher = spawn('/bin/sh', ['-c', script, String(server.pid)], {
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.once('error', () => undefined);
  watcher.unref();
  (watcher.stdin as Socket).unref();
  // Its number may be somebody else's by now.
  server.once('exit', () => watcher.kill('SIGKILL'));
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
  stopLeftover(place);
  const password = isMade(place) ? givePassword(place, dataFolder) : initialise(place, dataFolder);
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
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  watch(child);
  const url = `postgres://kaikan:${password}@127.0.0.1:${port}/postgres`;
  await untilReady(child, url).catch((error: unknown) => {
    endWithUs();
    throw error;
  });
  return {
    url,
    stop: async () => {
      process.off('exit', endWithUs);
      child.kill('SIGINT');
      await ended;
    },
  };
};
