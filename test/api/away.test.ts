import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '#api/app.ts';
import { openDatabase, type Database } from '#db/client.server.ts';
import { openTestApp, type Organizer, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';

let house: TestApp;
let organizer: Organizer;
let nowhere: Database;
const logged: Record<string, unknown>[] = [];

beforeAll(async () => {
  house = await openTestApp({
    settings: { logLevel: 'warn' },
    logTo: { write: (line: string) => void logged.push(JSON.parse(line)) },
  });
  organizer = await house.organizer();
  // Nobody listens there.
  nowhere = openDatabase('postgres://kaikan@127.0.0.1:9/kaikan');
});

afterAll(async () => {
  await nowhere.close();
  await house.close();
});

/** The house as it is while its database is away. */
const awayApp = () => createApp({ ...house.house, database: nowhere, replica: nowhere });

describe('while the database is away', () => {
  it.each(['/api/health', '/api/venues', '/api/accounts/me', '/calendars/venues/big-palette.ics'])(
    '%s says so, and when to come back',
    async (path) => {
      const answer = await awayApp().request(path, { headers: { cookie: organizer.cookie } });
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('5');
      const body = (await answer.json()) as { error: { code: string; message: string } };
      expect(body.error.code).toBe('http.unavailable');
      expect(body.error.message).toContain('ただいま一時的に応答できません');
    },
  );

  it('the reason is written down, with the request', async () => {
    logged.length = 0;
    const answer = await awayApp().request('/api/venues');
    expect(logged).toMatchObject([
      {
        level: 40,
        msg: 'the database is away',
        requestId: answer.headers.get('x-request-id'),
      },
    ]);
    expect(JSON.stringify(logged)).toContain('ECONNREFUSED');
  });
});

describe('what was done', () => {
  it('is told also where its Idempotency-Key could not be settled', async () => {
    const { database } = house.house;
    const db = new Proxy(database.db, {
      get: (whole, name) =>
        name === 'update'
          ? nowhere.db.update.bind(nowhere.db)
          : (Reflect.get(whole, name) as unknown),
    });
    const app = createApp({ ...house.house, database: { ...database, db } });
    const answer = await app.request('/api/bookings', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': 'once',
        cookie: organizer.cookie,
      },
      body: JSON.stringify(askHold(organizer.organizationId)),
    });
    expect(answer.status).toBe(201);
    const { booking } = (await answer.json()) as { booking: { id: string } };
    expect(await house.sql`select id from bookings`).toEqual([{ id: booking.id }]);
    expect(logged.at(-1)).toMatchObject({ msg: 'an Idempotency-Key stays open' });
  });
});
