import { afterAll, describe, expect, it, vi } from 'vitest';
import { migrateDatabase } from '#db/migrate.server.ts';
import { explainStart } from '#api/shared/start.ts';
import { testSettings } from '#test/fixtures/app.ts';
import { openSql } from '#test/fixtures/sql.ts';
import { testDatabase } from '#test/fixtures/worker.setup.ts';

const sql = openSql(testDatabase().url);

afterAll(() => sql.end());

/** Told so, the server does not start by being imported. */
const openServer = async () => {
  vi.stubEnv('KAIKAN_EMBED', 'true');
  const server = await import('#api/server.ts');
  vi.unstubAllEnvs();
  return server;
};

/** As an operator starts it; there is nothing to listen at, so that a start that goes on fails too. */
const start = async (isDemonstration: boolean): Promise<string> => {
  const { url } = testDatabase();
  const { startServer } = await openServer();
  const settings = testSettings({ databaseUrl: url, isDemonstration, host: '192.0.2.1' });
  return startServer(settings, () => Promise.resolve(() => undefined)).then(
    () => 'started',
    (error: unknown) => explainStart(error, settings),
  );
};

describe('a start with a database of another kind', () => {
  it('is refused under real settings where the demonstration has been in it', async () => {
    const { url } = testDatabase();
    await migrateDatabase(url, { isForReal: true });
    await sql`
      insert into audit_entries (id, subject_id, action, actor, happened_at)
      values ('aud_demonstration', 'demonstration', 'demonstration.seed', '{"kind":"job"}', now())`;
    const said = await start(false);
    expect(said).toMatch(
      /^このデータベースには実演用の架空のデータ.*\nThis database holds the demo/,
    );
  });

  it('is refused where a newer version has used it', async () => {
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at)
      values ('of another year', 4102444800000)`;
    for (const isDemonstration of [true, false])
      expect(await start(isDemonstration)).toMatch(
        /^このデータベースは、より新しい版.*\nThis database was used by a newer version/,
      );
    await sql`delete from drizzle.__drizzle_migrations where hash = 'of another year'`;
  });
});
