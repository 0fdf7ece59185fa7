import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  openTestApp,
  testNow,
  type Organizer,
  type Person,
  type TestApp,
} from '#test/fixtures/app.ts';
import { makeApprovedBooking } from '#test/fixtures/bookings.ts';

let app: TestApp;
let organizer: Organizer;
let manager: Person;
let desk: Person;
let finance: Person;
let elsewhere: Person;
let lastDay = 0;

beforeAll(async () => {
  app = await openTestApp();
  [organizer, manager, desk, finance, elsewhere] = await Promise.all([
    app.organizer(),
    app.staff('manager'),
    app.staff('desk'),
    app.staff('finance'),
    app.staff('desk', 'corasse'),
  ]);
});
afterAll(() => app.close());
afterEach(() => app.clock.set(testNow));

const venue = 'big-palette';
const drawer = async (as: Person = desk, query = '') =>
  (await app.call(`/api/drawers?venue=${venue}${query}`, { as })).body;
const move = (kind: string, amountYen: number | string, as: Person = desk) =>
  app.call('/api/drawers/movements', { as, json: { venue, kind, amountYen, note: '釣銭' } });
const count = (pieces: Record<string, number | string>, differenceReason = '', as = desk) =>
  app.call('/api/drawers/counts', { as, json: { venue, pieces, differenceReason } });

/** A part of the hall on a free day, paid in cash: 217,800 yen. */
const payCash = async () => {
  lastDay += 1;
  const date = `2027-02-${String(lastDay).padStart(2, '0')}`;
  const uses = [{ room: 'exhibition-hall', configuration: 'a', date, band: 'daytime' }];
  const { id } = await makeApprovedBooking(app, { organizer, manager }, { uses });
  await app.runJobs();
  const paid = await app.call(`/api/bookings/${id}/payments`, {
    as: desk,
    json: { method: 'cash' },
  });
  expect(paid.status).toBe(201);
};

describe('the drawer of a venue', () => {
  test('is seen by the staff of the venue alone', async () => {
    const path = `/api/drawers?venue=${venue}`;
    expect((await app.call(path)).status).toBe(401);
    expect((await app.call(path, { as: organizer })).status).toBe(403);
    expect((await app.call(path, { as: elsewhere })).status).toBe(403);
    expect((await app.call(path, { as: finance })).body).toMatchObject({ canCount: false });
    expect((await move('float', 1, elsewhere)).status).toBe(403);
    expect((await count({}, '', finance)).status).toBe(403);
  });

  test('holds the change put in, and gives no more than it holds', async () => {
    app.clock.set('2026-11-20T01:00:00Z');
    expect((await move('float', '３０，０００')).body).toMatchObject({ expectedYen: 30_000 });
    const tooMuch = await move('banked', 30_001);
    expect(tooMuch.status).toBe(422);
    expect(tooMuch.body.error.code).toBe('drawers.not_enough');
    expect((await move('banked', 10_000)).body).toMatchObject({ expectedYen: 20_000 });
    expect((await move('float', 0)).status).toBe(400);
    expect((await drawer()).entries).toMatchObject([
      { kind: 'float', amountYen: 30_000, note: '釣銭' },
      { kind: 'banked', amountYen: -10_000 },
    ]);
  });

  test('is not counted when nothing was entered: an empty drawer is counted as 0', async () => {
    const nothing = await count({ '10000': '', '1': ' ' }, '数えた');
    expect(nothing.body.error?.code).toBe('drawers.nothing_counted');
    expect((await count({}, '数えた')).status).toBe(422);
  });

  test('is counted by coins and notes, once a day', async () => {
    app.clock.set('2026-11-20T09:00:00Z');
    const counted = await count({ '10000': 1, '1000': '１０' });
    expect(counted.status).toBe(201);
    expect(counted.body).toMatchObject({
      canCount: false,
      count: { countedYen: 20_000, expectedYen: 20_000, differenceYen: 0, differenceReason: null },
    });
    const again = await count({ '10000': 2 });
    expect(again.status).toBe(409);
    expect(again.body.error.code).toBe('drawers.already_counted');
    expect((await count({ '3': 1 })).status).toBe(400);
  });

  test('asks why money is missing, and its books then meet what is there', async () => {
    await payCash();
    const before = await drawer();
    expect(before).toMatchObject({ openingYen: 20_000, expectedYen: 237_800, canCount: true });
    expect(before.entries).toMatchObject([{ kind: 'payment', amountYen: 217_800 }]);
    app.clock.set('2026-11-24T09:00:00Z');
    const pieces = { '10000': 23, '5000': 1, '1000': 2, '500': 1, '100': 2, '50': 1, '10': 4 };
    const asked = await count(pieces);
    expect(asked.status).toBe(422);
    expect(asked.body.error).toMatchObject({
      code: 'drawers.reason_missing',
      detail: { differenceYen: -10 },
    });
    expect((await count(pieces, '釣銭を10円多く渡した')).status).toBe(201);
    const after = await drawer();
    expect(after).toMatchObject({ expectedYen: 237_790, count: { differenceYen: -10 } });
    expect(after.entries.at(-1)).toMatchObject({ kind: 'difference', amountYen: -10 });
  });

  test('shows a day that is over as it was, and lets nobody count it', async () => {
    const past = await drawer(manager, '&on=2026-11-20');
    expect(past).toMatchObject({
      isToday: false,
      openingYen: 0,
      expectedYen: 20_000,
      canCount: false,
      canMove: false,
    });
  });

  test('takes two counts of the same moment as one', async () => {
    app.clock.set('2026-11-25T09:00:00Z');
    const answers = await Promise.all([1, 2].map(() => count({ '10000': 1 }, '数え直し')));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await drawer()).toMatchObject({ expectedYen: 10_000 });
    const audited = await app.sql`select action from audit_entries where action like 'drawers.%'`;
    expect(audited.length).toBe(5);
  });

  test('forgets no count and no movement', async () => {
    await expect(app.sql`update drawer_counts set counted_yen = 1`).rejects.toThrow();
    await expect(app.sql`delete from cash_movements`).rejects.toThrow();
  });
});
