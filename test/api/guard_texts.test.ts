import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { applyGuards } from '#db/guards.server.ts';
import { migrateDatabase } from '#db/migrate.server.ts';

const name = `kaikan_guards_${randomBytes(8).toString('hex')}`;
const address = new URL(inject('databaseServerUrl'));
let admin: pg.Client;
let connection: pg.Client;

const open = async (database: string) => {
  address.pathname = database;
  const client = new pg.Client(address.href);
  await client.connect();
  return client;
};

beforeAll(async () => {
  admin = await open('/postgres');
  await admin.query(`create database ${name}`);
  address.pathname = `/${name}`;
  await migrateDatabase(address.href);
  connection = await open(`/${name}`);
});

afterAll(async () => {
  await connection.end();
  await admin.query(`drop database ${name} with (force)`);
  await admin.end();
});

const listOf = async (query: string): Promise<string[]> =>
  (await connection.query<{ name: string }>(query)).rows.map((row) => row.name).sort();

/** Each guard of the folder with the name the database knows it by. */
const written = (pattern: RegExp) =>
  fs
    .readdirSync('db/guards')
    .map((file) => fs.readFileSync(path.join('db/guards', file), 'utf8'))
    .flatMap((text) => [...text.matchAll(pattern)].map(([, first, on]) => [on, first]))
    .map((names) => names.filter(Boolean).join('.'))
    .sort();

describe('guards of the database', () => {
  it('are those of db/guards, each written there once, and no others', async () => {
    expect(
      await listOf(`select proname as name from pg_proc p
      where pronamespace = 'public'::regnamespace and not exists
        (select from pg_depend where objid = p.oid and deptype = 'e')`),
    ).toEqual(written(/^create or replace function (\w+)/gim));
    expect(
      await listOf(`select tgrelid::regclass || '.' || tgname as name from pg_trigger
      join pg_class c on c.oid = tgrelid
      where not tgisinternal and c.relnamespace = 'public'::regnamespace`),
    ).toEqual(written(/^create (?:or replace|constraint) trigger (\w+)[\s\S]*? on (\w+)/gim));
  });

  it('say what they say in db/guards, however an older text was left behind', async () => {
    const text = () => listOf(`select prosrc as name from pg_proc where proname = 'lock_cells'`);
    const current = await text();
    await connection.query(`create or replace function lock_cells(cell_ids text[])
      returns void language plpgsql as $$ begin end $$`);
    expect(await text()).not.toEqual(current);
    await connection.query('update drizzle.guards set hash = $1', ['of an older text']);
    await migrateDatabase(address.href);
    expect(await text()).toEqual(current);
  });

  it('are not touched by a start that brings no other text, and come again after a migration', async () => {
    const folder = fs.mkdtempSync(path.join(tmpdir(), 'kaikan-guards-'));
    fs.writeFileSync(path.join(folder, 'numbers.sql'), 'create sequence guard_runs;');
    const runs = () => connection.query('drop sequence guard_runs');
    try {
      await applyGuards(connection, { folder, newestMigration: 1 });
      await runs();
      await applyGuards(connection, { folder, newestMigration: 1 });
      await expect(runs()).rejects.toMatchObject({ code: '42P01' });
      await applyGuards(connection, { folder, newestMigration: 2 });
      await runs();
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
});
