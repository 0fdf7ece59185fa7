import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openTestApp,
  type Answer,
  type Organizer,
  type Person,
  type TestApp,
} from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';

let house: TestApp;
let organizer: Organizer;
let manager: Person;

beforeAll(async () => {
  house = await openTestApp();
  organizer = await house.organizer();
  manager = await house.staff('manager');
});

afterAll(() => house.close());

const firstField = (body: Answer['body']) => body.error.fields[0] as { path: string; code: string };

const hold = (changes: Record<string, unknown>) =>
  house.call('/api/bookings', {
    as: organizer,
    json: askHold(organizer.organizationId, {
      uses: [{ room: 'exhibition-hall', configuration: 'a', date: '2027-02-14', band: 'daytime' }],
      ...changes,
    }),
  });

describe('a day that no book holds', () => {
  const use = { room: 'exhibition-hall', configuration: 'a', band: 'daytime' };
  const series = (from: string) => ({
    ...askHold(organizer.organizationId),
    uses: [use],
    rule: { kind: 'weekly', interval: 1, weekdays: [7], from, count: 3 },
  });
  const query = (path: string) => (day: string) => [`${path}${day}`] as const;
  const body = (path: string, json: (day: string) => unknown) => (day: string) =>
    [path, json(day)] as const;

  it.each([
    ['of availability', query('/api/availability?venue=big-palette&from='), 'from'],
    ['of the events', query('/api/calendars/events?from='), 'from'],
    ['of prices', query('/api/venues/big-palette/prices?on='), 'on'],
    [
      'of a quote',
      body('/api/quotes', (date) => ({ venue: 'big-palette', uses: [{ ...use, date }] })),
      'uses.0.date',
    ],
    ['of plans', body('/api/proposals', (from) => ({ from, needs: [{ people: 30 }] })), 'from'],
    [
      'of a blocked wish',
      body('/api/proposals/explanations', (date) => ({
        uses: [{ configuration: 'big-palette.exhibition-hall.a', date, band: 'daytime' }],
      })),
      'uses.0.date',
    ],
    ['a weekly series begins on', body('/api/series/preview', series), 'rule.from'],
    ['of bookings', query('/api/bookings?from='), 'from'],
  ])('%s is refused with its field', async (_, ask, path) => {
    for (const day of ['0000-01-01', '0001-01-01', '9999-12-31']) {
      const [address, json] = ask(day);
      const answer = await house.call(address, { as: organizer, ...(json ? { json } : {}) });
      expect([day, answer.status, firstField(answer.body)]).toEqual([
        day,
        400,
        expect.objectContaining({ path, code: 'http.day_out_of_range' }),
      ]);
    }
  });
});

describe('a code that is no character', () => {
  it.each([
    ['NUL', 'gr\0ss'],
    ['half a surrogate pair', 'gr\ud800ss'],
  ])('%s in a title is refused with its field', async (_, title) => {
    const { status, body } = await hold({ title });
    expect([status, firstField(body)]).toEqual([
      400,
      expect.objectContaining({ path: 'title', code: 'http.unreadable_text' }),
    ]);
  });

  it('is named where it lies deep, and as a key by what holds it', async () => {
    const { body } = await hold({
      uses: [{ room: 'exhibition-hall', date: '2027-02-14', band: 'a\0', 'x\0': 1 }],
    });
    expect(body.error.fields.map(({ path }: { path: string }) => path).toSorted()).toEqual([
      'uses.0',
      'uses.0.band',
    ]);
  });

  it('does not exhaust the stack however deep a body is', async () => {
    const raw = `${'['.repeat(200_000)}"\\u0000"${']'.repeat(200_000)}`;
    expect((await house.call('/api/quotes', { raw })).status).toBe(400);
  });

  it('in a query is refused with its field', async () => {
    const { status, body } = await house.call('/api/bookings?query=a%00b', { as: organizer });
    expect([status, firstField(body).path]).toEqual([400, 'query']);
  });

  it('in an address names nothing', async () => {
    for (const path of ['/api/venues/a%00b/rooms', '/api/bookings/%00', '/calendars/feeds/%00.ics'])
      expect([path, (await house.call(path, { as: organizer })).status]).toEqual([path, 404]);
  });
});

describe('a word that every object knows', () => {
  it.each(['__proto__', 'constructor', 'toString'])('%s names no venue', async (venue) => {
    const { body } = await house.call('/api/openapi.json');
    const lists = Object.entries<Answer['body']>(body.paths).flatMap(([path, { get }]) => {
      const names = get?.parameters?.map(({ name }: { name: string }) => name) ?? [];
      return !path.includes('{') && names.includes('venue') ? [path] : [];
    });
    expect(lists.length).toBeGreaterThan(10);
    const span = 'from=2026-11&to=2026-11&date=2026-11-24';
    const paths = lists.map((path) => `${path}?venue=${venue}&${span}`);
    for (const path of paths) {
      const { status } = await house.call(path, { as: manager });
      expect([path, [200, 400, 403, 404].includes(status)]).toEqual([path, true]);
    }
  });
});

describe('the moves of a booking that is over', () => {
  it('say of every use that it is past', async () => {
    const { body } = await hold({});
    house.clock.set('2027-06-01T01:00:00Z');
    const moves = await house.call(`/api/bookings/${body.booking.id}/moves`, { as: organizer });
    house.clock.set('2026-11-24T01:00:00Z');
    expect(moves.status).toBe(200);
    expect(moves.body.uses).toEqual([
      expect.objectContaining({ block: expect.objectContaining({ code: 'past' }), places: [] }),
    ]);
  });

  it('are not looked for over a century', async () => {
    const at = (date: string) => ({
      configuration: 'big-palette.exhibition-hall.a',
      date,
      band: 'daytime',
    });
    const { status, body } = await house.call('/api/proposals/explanations', {
      json: { uses: [at('2027-02-14'), at('2127-02-14')] },
    });
    expect([status, body.error.code, firstField(body).path]).toEqual([
      422,
      'proposals.window_too_long',
      'uses',
    ]);
  });
});

describe('plans for many rooms over many days', () => {
  it('are not looked for beyond what one search may be', async () => {
    const ask = (count: number) => ({
      from: '2027-01-01',
      to: '2027-12-31',
      needs: [{ people: 10, count }],
      maxPlans: 1,
    });
    const { status, body } = await house.call('/api/proposals', { json: ask(20) });
    expect([status, body.error.code, firstField(body).path]).toEqual([
      422,
      'proposals.too_much',
      'to',
    ]);
    expect((await house.call('/api/proposals', { json: ask(1) })).status).toBe(200);
  });
});
