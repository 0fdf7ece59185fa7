import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';

// The bundle lies in build/server, the sources in db: the folder is found from either.
const migrationsFolder = ['./migrations', '../../db/migrations']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .concat(resolve('db/migrations'))
  .find((path) => existsSync(path));

const migrationLock = 7_204_101;

/** Brings our tables and the job queue's to the newest version; two processes may call it at once. */
export const migrateDatabase = async (url: string): Promise<void> => {
  if (!migrationsFolder) throw new Error('the folder db/migrations is missing beside the build');
  const connection = new pg.Client(url);
  // Whoever waits for an answer is told that the connection was lost.
  connection.on('error', () => undefined);
  await connection.connect();
  try {
    await connection.query('select pg_advisory_lock($1)', [migrationLock]);
    await migrate(drizzle({ client: connection }), { migrationsFolder });
    await runMigrations({ connectionString: url, logger: new Logger(() => () => undefined) });
  } finally {
    await connection.end();
  }
};
