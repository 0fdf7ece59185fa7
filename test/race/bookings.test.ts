import type { AddressInfo } from 'node:net';
import { serve, type ServerType } from '@hono/node-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Organizer, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';
import { restoreCellGuards, takeConstraintAway, takeLockAway } from '#test/fixtures/cell_guards.ts';
import { meetBefore } from '#test/fixtures/meeting.ts';

let house: TestApp;
let server: ServerType;
let address: string;
let organizers: Organizer[];

beforeEach(async () => {
  house = await openTestApp({ poolSize: 20 });
  organizers = await Promise.all([house.organizer('甲'), house.organizer('乙')]);
  server = serve({ fetch: house.app.fetch, port: 0, hostname: '127.0.0.1' });
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  await restoreCellGuards(house);
  await house.close();
});

/** Holds of different parts of the hall that all need cell B on the same morning. */
const configurations = ['all', 'a+b', 'b+c', 'b'];

const rush = async (count: number, date: string) => {
  const answers = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const organizer = organizers[index % organizers.length]!;
      const configuration = configurations[index % configurations.length];
      const uses = [{ room: 'exhibition-hall', configuration, date, band: 'daytime' }];
      const response = await fetch(`${address}/api/bookings`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: organizer.cookie },
        body: JSON.stringify(askHold(organizer.organizationId, { uses })),
      });
      const body = (await response.json()) as { error?: { code: string } };
      return { status: response.status, code: body.error?.code };
    }),
  );
  return {
    won: answers.filter(({ status }) => status === 201).length,
    refused: answers.filter(({ code }) => code === 'bookings.slot_taken').length,
    failed: answers.filter(({ status }) => status >= 500),
  };
};

const doubleBooked = async () => {
  const [row] = await house.sql`
    select count(*)::int as pairs from occupancies one join occupancies other
      on one.cell_id = other.cell_id and one.during && other.during and one.id < other.id
    where one.released_at is null and other.released_at is null`;
  return row!['pairs'] as number;
};

describe('a rush for one cell', () => {
  it('of 200 through HTTP has one winner and 199 clear refusals', async () => {
    expect(await rush(200, '2027-02-10')).toEqual({ won: 1, refused: 199, failed: [] });
    expect(await doubleBooked()).toBe(0);
    const [stat] =
      await house.sql`select deadlocks::int from pg_stat_database where datname = current_database()`;
    expect(stat!['deadlocks']).toBe(0);
  });

  it('without the queue still has one winner: the constraint forbids the rest', async () => {
    await takeLockAway(house);
    const { won } = await rush(24, '2027-02-11');
    expect(won).toBe(1);
    expect(await doubleBooked()).toBe(0);
  });

  it('without queue and constraint books double: the two are what holds', async () => {
    await takeLockAway(house);
    await takeConstraintAway(house);
    const { won } = await meetBefore(house, 'number_sequences', () => rush(40, '2027-02-12'));
    expect(won).toBeGreaterThan(1);
    expect(await doubleBooked()).toBeGreaterThan(0);
  });
});

describe('bookings over several days', () => {
  it('that cross each other end with whole winners only, and no deadlock', async () => {
    const days = ['2027-03-01', '2027-03-02', '2027-03-03', '2027-03-04'];
    const answers = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const organizer = organizers[index % 2]!;
        const order = index % 2 === 0 ? days : [...days].reverse();
        const uses = order.slice(index % 3).map((date) => ({
          room: 'convention-hall',
          configuration: 'all',
          date,
          band: 'all_day',
        }));
        const response = await fetch(`${address}/api/bookings`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', cookie: organizer.cookie },
          body: JSON.stringify(askHold(organizer.organizationId, { uses })),
        });
        return response.status;
      }),
    );
    expect(answers.every((status) => status === 201 || status === 409)).toBe(true);
    expect(answers).toContain(201);
    expect(await doubleBooked()).toBe(0);
  });
});

describe('one booking', () => {
  it('approved and withdrawn at once is one of the two', async () => {
    const manager = await house.staff('manager');
    const [organizer] = organizers as [Organizer];
    const made = await house.call('/api/bookings', {
      as: organizer,
      json: askHold(organizer.organizationId),
    });
    const { id } = made.body.booking;
    await house.call(`/api/bookings/${id}/request`, { as: organizer, json: { version: 1 } });
    const answers = await Promise.all([
      house.call(`/api/bookings/${id}/approve`, { as: manager, json: { version: 2 } }),
      house.call(`/api/bookings/${id}/withdraw`, { as: organizer, json: { version: 2 } }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('asked for twice at once with one key is made once', async () => {
    const [organizer] = organizers as [Organizer];
    const ask = () =>
      house.call('/api/bookings', {
        as: organizer,
        json: askHold(organizer.organizationId, {
          uses: [{ room: 'exhibition-hall', date: '2027-02-20', band: 'daytime' }],
        }),
        headers: { 'Idempotency-Key': 'double-click' },
      });
    const answers = await Promise.all([ask(), ask(), ask()]);
    const made = answers.filter(({ status }) => status === 201);
    expect(new Set(made.map(({ body }) => body.booking.id)).size).toBe(1);
    const rest = answers.filter(({ status }) => status !== 201);
    expect(rest.every(({ body }) => body.error.code === 'http.idempotency_key_busy')).toBe(true);
  });
});
