import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { queueMail } from '#api/outbox/actions.ts';
import { isDatabaseAway } from '#api/shared/away.ts';
import { startWorker } from '#api/worker.ts';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';
import { testDatabase } from '#test/fixtures/worker.setup.ts';

const rounds = 100;

let house: TestApp;
let admin: Sql;
let organizer: Organizer;
let manager: Person;

beforeAll(async () => {
  house = await openTestApp();
  admin = postgres(inject('databaseServerUrl'), { max: 1, onnotice: () => undefined });
  organizer = await house.organizer();
  manager = await house.staff('manager');
});

afterAll(async () => {
  await admin.end();
  await house.close();
});

const ownDatabase = () => new URL(testDatabase().url).pathname.slice(1);

/** What a restart of PostgreSQL does to every connection of ours. */
const terminateAll = () => admin`
  select pg_terminate_backend(pid) from pg_stat_activity where datname = ${ownDatabase()}`;

const dayOf = (round: number) =>
  new Date(Date.UTC(2027, 1, 1 + Math.floor(round / 3))).toISOString().slice(0, 10);

const hold = (round: number) =>
  house.call('/api/bookings', {
    as: organizer,
    json: askHold(organizer.organizationId, {
      uses: [
        {
          room: 'exhibition-hall',
          configuration: 'abc'[round % 3],
          date: dayOf(round),
          band: 'daytime',
        },
      ],
    }),
  });

/** A letter that the database has taken, with the job that sends it. */
const letter = async (round: number): Promise<string | undefined> => {
  const context = house.contextOf({ kind: 'job', name: 'test' });
  const mail = { topic: 'test', to: `round${round}@example.jp`, locale: 'ja' } as const;
  try {
    return await context.transact((tx) =>
      queueMail(tx, context, { ...mail, subject: '件名', body: '本文' }),
    );
  } catch (error) {
    expect(isDatabaseAway(error), String(error)).toBe(true);
    return undefined;
  }
};

const stranger = { email: 'nobody@example.jp', password: 'a long password' };

const load = (round: number) => ({
  held: hold(round),
  letter: letter(round),
  others: [
    house.call('/api/health'),
    house.call('/api/accounts/me', { as: organizer }),
    house.call('/api/bookings', { as: manager }),
    house.call(`/api/availability?venue=big-palette&from=${dayOf(round)}&to=${dayOf(round)}`),
    house.call('/api/accounts/sign-in', { json: stranger }),
  ],
});

const isAnswered = ({ status, headers }: { status: number; headers: Headers }) =>
  status === 503 ? Number(headers.get('retry-after')) > 0 : status < 500;

const listUnsent = (ids: readonly string[]) =>
  house.sql`select id from mails where id in ${house.sql(ids)} and state <> 'sent'`;

/** Jobs that failed meanwhile are due again after seconds or minutes: now, here. */
const hasteJobs = () => house.sql`
  update graphile_worker._private_jobs set run_at = now() where run_at > now() and attempts > 0`;

describe(`while all connections are ended ${rounds} times`, () => {
  it('every request is answered, nothing acknowledged is lost, and the jobs go on', async () => {
    const worker = await startWorker(house.house);
    const held: string[] = [];
    const letters: string[] = [];
    let refusals = 0;
    for (let round = 0; round < rounds; round += 1) {
      const asked = load(round);
      await terminateAll();
      const hold = await asked.held;
      const answers = [hold, ...(await Promise.all(asked.others))];
      expect(answers.filter((answer) => !isAnswered(answer))).toEqual([]);
      expect([201, 503]).toContain(hold.status);
      if (hold.status === 201) held.push(hold.body.booking.id as string);
      const mailId = await asked.letter;
      if (mailId) letters.push(mailId);
      refusals += answers.filter(({ status }) => status === 503).length;
    }
    expect(refusals).toBeGreaterThan(rounds / 10);
    expect((await house.call('/api/health')).status).toBe(200);
    expect(await house.sql`select id from bookings where id in ${house.sql(held)}`).toHaveLength(
      held.length,
    );
    await expect
      .poll(() => hasteJobs().then(() => listUnsent(letters)), { timeout: 30_000 })
      .toEqual([]);
    await worker.stop();
  });
});
