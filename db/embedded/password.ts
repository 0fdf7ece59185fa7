import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { executable, runAs, type Place } from './place.ts';

const passwordFile = (dataFolder: string) => path.join(dataFolder, 'database-password');

export const newPassword = (): string => randomBytes(32).toString('base64url');

/** Whole or not at all, and only ours to read. */
export const keepPassword = (dataFolder: string, password: string): void => {
  const file = passwordFile(dataFolder);
  fs.rmSync(`${file}.new`, { force: true });
  fs.writeFileSync(`${file}.new`, password, { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
};

/** For the moment in which the database is made: as root it runs as another, who cannot read ours. */
export const withPasswordFile = <Value>(
  place: Place,
  password: string,
  work: (file: string) => Value,
): Value => {
  const file = `${place.data}.password`;
  fs.rmSync(file, { force: true });
  fs.writeFileSync(file, password, { mode: 0o600, flag: 'wx' });
  try {
    if (place.owner) fs.chownSync(file, place.owner.uid, place.owner.gid);
    return work(file);
  } finally {
    fs.rmSync(file, { force: true });
  }
};

const accessFile = (place: Place) => path.join(place.data, 'pg_hba.conf');
const trusting = /^([ \t]*(?:local|host\w*)[ \t].*[ \t])trust[ \t]*$/gm;

/** Without a server: nobody can come in by the network meanwhile. */
const setPassword = (place: Place, password: string) => {
  const flags = ['--single', '-D', place.data, '-c', 'log_statement=none', 'postgres'];
  const made = spawnSync(executable(place.native, 'postgres'), flags, {
    ...runAs(place),
    cwd: '/',
    input: `alter role kaikan password '${password}'\n`,
  });
  // A statement that fails does not end this mode with a fault.
  const said = made.stderr?.toString() ?? '';
  if (made.status !== 0 || /ERROR|FATAL/.test(said))
    throw new Error(`no password could be set: ${said.replaceAll(password, '…')}`);
};

const askForPassword = (place: Place, access: string) => {
  const file = accessFile(place);
  fs.rmSync(`${file}.new`, { force: true });
  fs.writeFileSync(`${file}.new`, access.replace(trusting, '$1scram-sha-256'), { mode: 0o600 });
  if (place.owner) fs.chownSync(`${file}.new`, place.owner.uid, place.owner.gid);
  fs.renameSync(`${file}.new`, file);
};

/**
 * The password of a database that was made before. One that trusted everybody on this machine, or whose
 * password is lost, gets one: first in the database, then in our file, then asked for, so that a start
 * killed in between does the rest next time.
 */
export const givePassword = (place: Place, dataFolder: string): string => {
  const file = passwordFile(dataFolder);
  const kept = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : undefined;
  const access = fs.readFileSync(accessFile(place), 'utf8');
  const isTrusting = access.search(trusting) >= 0;
  if (kept && !isTrusting) return kept;
  const password = kept ?? newPassword();
  setPassword(place, password);
  keepPassword(dataFolder, password);
  if (isTrusting) askForPassword(place, access);
  return password;
};
