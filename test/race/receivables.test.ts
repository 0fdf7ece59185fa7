import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dunOverdue } from '#api/receivables/actions/dun.ts';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { makeApprovedBooking } from '#test/fixtures/bookings.ts';

let house: TestApp;
let organizer: Organizer;
let manager: Person;
let bookingId: string;

beforeAll(async () => {
  house = await openTestApp({ poolSize: 20 });
  organizer = await house.organizer();
  manager = await house.staff('manager');
  bookingId = (await makeApprovedBooking(house, { organizer, manager })).id;
  await house.runJobs();
  house.clock.set('2027-01-31T01:00:00Z');
});

afterAll(() => house.close());

const count = async (level: number) => {
  const rows = await house.sql`select id from dunnings
    where billing_account_id = ${bookingId} and level = ${level}`;
  const mails = await house.sql`select id from mails where subject_id = ${bookingId}
    and topic = 'receivables.dunned'`;
  return { dunnings: rows.length, mails: mails.length };
};

describe('eight runs of the job that duns at the same moment', () => {
  it('send one letter', async () => {
    const job = { kind: 'job', name: 'receivables.dun' } as const;
    const runs = await Promise.all(
      Array.from({ length: 8 }, () => dunOverdue(house.contextOf(job))),
    );
    expect(runs.reduce((sum, { sent }) => sum + sent, 0)).toBe(1);
    expect(await count(2)).toEqual({ dunnings: 1, mails: 1 });
  });

  it('and eight people by hand send each level once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        house.call(`/api/bookings/${bookingId}/debt/dunnings`, { as: manager, json: {} }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await count(3)).toEqual({ dunnings: 1, mails: 2 });
  });
});

describe('two people who decide about a block at the same moment', () => {
  it('make one', async () => {
    const ask = {
      venue: 'big-palette',
      organizationId: organizer.organizationId,
      decision: 'block',
      reason: '未納',
    };
    const answers = await Promise.all(
      Array.from({ length: 6 }, () =>
        house.call('/api/receivables/blocks', { as: manager, json: ask }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  });
});
