import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { applyGuards } from './guards.server.ts';
import { StartError } from './start_error.ts';

// The bundle lies in build/server, the sources in db: the folder is found from either.
const folderOf = (name: 'migrations' | 'guards'): string => {
  const found = [`./${name}`, `../../db/${name}`]
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .concat(resolve('db', name))
    .find((path) => existsSync(path));
  if (!found) throw new Error(`the folder db/${name} is missing beside the build`);
  return found;
};

const migrationLock = 7_204_101;
/** Under which the year of the demonstration stands in the audit trail. */
export const demonstrationSubject = 'demonstration';

const newestKnown = (folder: string): number =>
  Math.max(0, ...readMigrationFiles({ migrationsFolder: folder }).map((one) => one.folderMillis));

const hasTable = async (connection: pg.Client, name: string): Promise<boolean> => {
  const { rows } = await connection.query<{ is_there: boolean }>(
    'select to_regclass($1) is not null as is_there',
    [name],
  );
  return rows[0]!.is_there;
};

/** What a newer version has written, an older one would read wrongly and write back so. */
const refuseNewer = async (connection: pg.Client, folder: string): Promise<void> => {
  if (!(await hasTable(connection, 'drizzle.__drizzle_migrations'))) return;
  const { rows } = await connection.query<{ newest: string | null }>(
    'select max(created_at) as newest from drizzle.__drizzle_migrations',
  );
  if (Number(rows[0]!.newest ?? 0) <= newestKnown(folder)) return;
  throw new StartError(
    'このデータベースは、より新しい版の会館が使ったものです。その版か、それより新しい版で起動してください。',
    'This database was used by a newer version of Kaikan. Please start that version or a newer one.',
  );
};

/** Its sign-ins are printed for everybody. */
const refuseDemonstration = async (connection: pg.Client): Promise<void> => {
  if (!(await hasTable(connection, 'public.audit_entries'))) return;
  const { rowCount } = await connection.query(
    'select from audit_entries where subject_id = $1 limit 1',
    [demonstrationSubject],
  );
  if (rowCount === 0) return;
  throw new StartError(
    'このデータベースには実演用の架空のデータと、だれでも知っているパスワードの利用者が入っています。本番では、空のデータベースを DATABASE_URL に指定してください。',
    'This database holds the demonstration: invented data, and accounts whose passwords everybody knows. For real use, give an empty database as DATABASE_URL.',
  );
};

/** Brings our tables and the job queue's to the newest version; two processes may call it at once. */
export const migrateDatabase = async (
  url: string,
  { isForReal = false }: { readonly isForReal?: boolean } = {},
): Promise<void> => {
  const migrationsFolder = folderOf('migrations');
  const connection = new pg.Client(url);
  // Whoever waits for an answer is told that the connection was lost.
  connection.on('error', () => undefined);
  await connection.connect();
  try {
    await connection.query('select pg_advisory_lock($1)', [migrationLock]);
    await refuseNewer(connection, migrationsFolder);
    if (isForReal) await refuseDemonstration(connection);
    await migrate(drizzle({ client: connection }), { migrationsFolder });
    const newestMigration = newestKnown(migrationsFolder);
    await applyGuards(connection, { folder: folderOf('guards'), newestMigration });
    await runMigrations({ connectionString: url, logger: new Logger(() => () => undefined) });
  } finally {
    await connection.end();
  }
};
