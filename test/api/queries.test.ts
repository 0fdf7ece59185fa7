import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';

let house: TestApp;
let organizer: Organizer;
let manager: Person;
let sent: string[] = [];

// The driver asks for array types once a connection: that is no statement of ours.
const isOurs = (statement: string) => !statement.includes('pg_catalog.pg_type');

beforeAll(async () => {
  house = await openTestApp({
    onQuery: (statement) => {
      if (isOurs(statement)) sent.push(statement.trim());
    },
  });
  organizer = await house.organizer();
  manager = await house.staff('manager');
});

afterAll(() => house.close());

/** How many statements the request sends; signing in, where it counts, is one of them. */
const statementsOf = async (ask: () => Promise<{ status: number }>) => {
  sent = [];
  const { status } = await ask();
  expect(status).toBeLessThan(300);
  return sent.length;
};

const hold = (date: string, uses = 1) =>
  house.call('/api/bookings', {
    as: organizer,
    json: askHold(organizer.organizationId, {
      uses: ['a', 'b', 'c'].slice(0, uses).map((configuration) => ({
        room: 'exhibition-hall',
        configuration,
        date,
        band: 'daytime',
      })),
    }),
  });

const get = (path: string, as?: Person) => () => house.call(path, as ? { as } : {});

describe('the database is asked', () => {
  it.each([
    ['/api/venues', 4],
    ['/api/venues/big-palette/rooms', 5],
    ['/api/venues/big-palette/rooms/exhibition-hall', 5],
    ['/api/venues/big-palette/prices', 4],
    ['/api/availability?venue=big-palette&room=exhibition-hall&from=2027-02-14&to=2027-02-14', 3],
    ['/api/availability?venue=big-palette&from=2027-02-01&to=2027-03-31', 3],
  ])('for %s %i times', async (path, times) => {
    expect(await statementsOf(get(path))).toBe(times);
  });

  it('five times for a quote, however many uses it has', async () => {
    const quote = (days: number) => () =>
      house.call('/api/quotes', {
        json: {
          venue: 'big-palette',
          uses: Array.from({ length: days }, (_, at) => ({
            room: at % 2 === 0 ? 'exhibition-hall' : 'convention-hall',
            date: `2027-02-${String(at + 1).padStart(2, '0')}`,
            band: 'daytime',
          })),
        },
      });
    expect(await statementsOf(quote(1))).toBe(5);
    expect(await statementsOf(quote(20))).toBe(5);
  });

  it('seven times, and then in one transaction of ten statements, for a hold', async () => {
    const alone = await statementsOf(() => hold('2027-02-14'));
    expect(sent.filter((statement) => /^(begin|commit)/.test(statement))).toHaveLength(2);
    expect(sent.findIndex((statement) => statement.startsWith('begin'))).toBe(7);
    expect(alone).toBe(7 + 2 + 10);
    expect(await statementsOf(() => hold('2027-02-15', 3))).toBe(alone);
  });

  it('six times for the page of a booking', async () => {
    const { body } = await hold('2027-02-16', 3);
    expect(await statementsOf(get(`/api/bookings/${body.booking.id}`, organizer))).toBe(6);
  });

  it('three times for a list, however long it is', async () => {
    expect(await statementsOf(get('/api/bookings', organizer))).toBe(3);
    for (const day of [17, 18, 19, 20]) await hold(`2027-02-${day}`);
    expect(await statementsOf(get('/api/bookings', organizer))).toBe(3);
    expect(await statementsOf(get('/api/bookings', manager))).toBe(3);
  });
});
