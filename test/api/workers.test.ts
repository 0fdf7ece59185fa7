import { afterAll, beforeEach, beforeAll, describe, expect, it } from 'vitest';
import { queueMail } from '#api/outbox/actions.ts';
import { giveBackAbandonedJobs, saveWorkerHeard } from '#api/outbox/store.ts';
import { startWorker } from '#api/worker.ts';
import { openTestApp, type TestApp } from '#test/fixtures/app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await openTestApp();
});

afterAll(() => app.close());

let mailId: string;

/** A letter whose job a worker has begun, and never ended. */
beforeEach(async () => {
  await app.sql`delete from job_workers`;
  await app.sql`delete from graphile_worker._private_jobs`;
  const context = app.contextOf({ kind: 'job', name: 'test' });
  mailId = await context.transact((tx) =>
    queueMail(tx, context, {
      topic: 'test',
      to: 'somebody@example.jp',
      locale: 'ja',
      subject: '件名',
      body: '本文',
    }),
  );
});

const begun = (secondsAgo: number) => app.sql`
  update graphile_worker._private_jobs set attempts = 1, locked_by = 'worker-1',
    locked_at = now() - make_interval(secs => ${secondsAgo})`;
const heard = (secondsAgo: number) => app.sql`
  insert into job_workers (id, heard_at)
  values ('worker-1', now() - make_interval(secs => ${secondsAgo}))`;

const free = () => giveBackAbandonedJobs(app.house.database.db);
const listLocked = () =>
  app.sql`select locked_by from graphile_worker.jobs where locked_by is not null`;
const stateOfMail = async () =>
  (await app.sql`select state from mails where id = ${mailId}`)[0]!['state'] as string;
const countArrived = async () => (await app.sql`select from mailbox_messages`).length;

describe('a job whose worker', () => {
  it.each([
    ['was heard a moment ago stays with it', 300, 20, 1],
    ['is heard no more is due again', 300, 41, 0],
    ['was never heard is due again', 41, undefined, 0],
    ['began a moment ago stays with it, though it was not heard yet', 20, undefined, 1],
  ])('%s', async (_, begunAgo, heardAgo, locked) => {
    await begun(begunAgo);
    if (heardAgo !== undefined) await heard(heardAgo);
    await free();
    expect(await listLocked()).toHaveLength(locked);
  });

  it('is gone runs once, though two find it and two would do it', async () => {
    await begun(300);
    await heard(300);
    const before = await countArrived();
    await Promise.all([free(), free()]);
    await Promise.all([app.runJobs(), app.runJobs()]);
    await free();
    await app.runJobs();
    expect(await stateOfMail()).toBe('sent');
    expect(await countArrived()).toBe(before + 1);
  });

  it('is heard again stays its own for as long as it works', async () => {
    await begun(300);
    await heard(39);
    await saveWorkerHeard(app.house.database.db, 'worker-1');
    expect(
      await app.sql`select from job_workers where heard_at > now() - interval '5 seconds'`,
    ).toHaveLength(1);
  });

  it('was killed is done by the next worker that starts, wherever that is', async () => {
    await begun(300);
    const worker = await startWorker(app.house);
    await expect.poll(stateOfMail, { timeout: 20_000 }).toBe('sent');
    await worker.stop();
    expect(await app.sql`select id from job_workers`).toEqual([]);
  });
});
