import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';

const readGuards = (folder: string): string =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');

/**
 * Puts the triggers and functions of the folder in place, where one of their texts has changed or a migration
 * came that may have taken some along with a table. A trigger that is gone from the folder is dropped by a
 * migration.
 */
export const applyGuards = async (
  connection: pg.Client,
  { folder, newestMigration }: { readonly folder: string; readonly newestMigration: number },
): Promise<void> => {
  const texts = readGuards(folder);
  const hash = createHash('sha256').update(`${newestMigration}\n${texts}`).digest('hex');
  await connection.query('create table if not exists drizzle.guards (hash text not null)');
  const { rowCount } = await connection.query('select from drizzle.guards where hash = $1', [hash]);
  if (rowCount === 1) return;
  await connection.query('begin');
  await connection.query(texts);
  await connection.query('delete from drizzle.guards');
  await connection.query('insert into drizzle.guards (hash) values ($1)', [hash]);
  await connection.query('commit');
};
