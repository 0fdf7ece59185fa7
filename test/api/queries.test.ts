import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';
import { makeApprovedBooking } from '#test/fixtures/bookings.ts';

let house: TestApp;
let organizer: Organizer;
let manager: Person;
let sent: string[] = [];

beforeAll(async () => {
  house = await openTestApp({
    onQuery: (statement) => {
      sent.push(statement.trim());
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

  it('six times for a quote, however many uses it has', async () => {
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
    expect(await statementsOf(quote(1))).toBe(6);
    expect(await statementsOf(quote(20))).toBe(6);
  });

  it('nine times, and then in one transaction of eleven statements, for a hold', async () => {
    const alone = await statementsOf(() => hold('2027-02-14'));
    expect(sent.filter((statement) => /^(begin|commit)/.test(statement))).toHaveLength(2);
    expect(sent.findIndex((statement) => statement.startsWith('begin'))).toBe(9);
    expect(alone).toBe(9 + 2 + 11);
    expect(await statementsOf(() => hold('2027-02-15', 3))).toBe(alone);
  });

  it('nine times for the page of a booking', async () => {
    const { body } = await hold('2027-02-16', 3);
    expect(await statementsOf(get(`/api/bookings/${body.booking.id}`, organizer))).toBe(9);
  });

  it('as often for a change of many uses as for a change of one', async () => {
    const change = async (date: string, uses: number) => {
      const { booking } = (await hold(date, uses)).body;
      const asked = {
        title: booking.title,
        purpose: booking.purpose,
        uses: booking.uses.map((use: { id: string; roomId: string; configurationId: string }) => ({
          id: use.id,
          room: use.roomId,
          configuration: use.configurationId,
          date,
          band: 'morning',
        })),
      };
      return statementsOf(() =>
        house.call(`/api/bookings/${booking.id}/amendments`, {
          as: organizer,
          json: { version: 1, asked },
        }),
      );
    };
    const one = await change('2027-02-22', 1);
    expect(one).toBeLessThanOrEqual(45);
    expect(await change('2027-02-23', 3)).toBe(one);
  });

  it('as often for the money of a booking, however much was tried and paid', async () => {
    const uses = [
      { room: 'exhibition-hall', configuration: 'a', date: '2027-03-04', band: 'daytime' },
    ];
    const { id } = await makeApprovedBooking(house, { organizer, manager }, { uses });
    await house.runJobs();
    const path = `/api/bookings/${id}/payments`;
    const untried = await statementsOf(get(path, organizer));
    expect(untried).toBeLessThanOrEqual(16);
    for (const method of ['card', 'card', 'bank_transfer', 'card']) {
      expect((await house.call(path, { as: organizer, json: { method } })).status).toBe(201);
    }
    expect((await house.call(path, { as: manager, json: { method: 'cash' } })).status).toBe(201);
    expect(await statementsOf(get(path, organizer))).toBe(untried);
  });

  it('three times for a list, however long it is', async () => {
    expect(await statementsOf(get('/api/bookings', organizer))).toBe(3);
    for (const day of [17, 18, 19, 20]) await hold(`2027-02-${day}`);
    expect(await statementsOf(get('/api/bookings', organizer))).toBe(3);
    expect(await statementsOf(get('/api/bookings', manager))).toBe(3);
  });
});
