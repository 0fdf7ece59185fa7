import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Queryable } from '#db/client.server.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { bookings, occupancies } from '#db/schema/bookings.ts';
import { closures } from '#db/schema/slots.ts';
import { venues } from '#db/schema/venues.ts';
import { extendAnnualClosures, findAvailability, findVenueHours } from '#api/slots/actions.ts';
import { localDay } from '#api/shared/time.ts';
import { openTestApp, type TestApp } from '#test/fixtures/app.ts';

const hall = 'big-palette.exhibition-hall';
const job = { kind: 'job', name: 'slots.extend_annual_closures' } as const;

let app: TestApp;
let bookingId: string;

beforeAll(async () => {
  app = await openTestApp();
  const { organizationId } = await app.organizer();
  bookingId = app.house.newId('booking');
  const now = app.house.now();
  await app.house.database.db.insert(auditEntries).values({
    id: app.house.newId('audit_entry'),
    happenedAt: now,
    actor: job,
    action: 'bookings.hold',
    subjectId: bookingId,
  });
  await app.house.database.db.insert(bookings).values({
    id: bookingId,
    number: 'R08-BP-990001',
    venueId: 'big-palette',
    organizationId,
    state: 'approved',
    version: 1,
    title: '秘密の商談会',
    purpose: '商談',
    admissionMaxYen: 0,
    isCommercial: false,
    customerClass: 'standard',
    isPublic: false,
    holdExpiresAt: now,
    createdAt: now,
    updatedAt: now,
  });
});
afterAll(() => app.close());

type State = 'held' | 'requested' | 'approved';
const occupy = async (cell: string, day: string, state: State, expiresAt: Date | null = null) => {
  await app.house.database.db.insert(occupancies).values({
    cellId: cell,
    during: { from: new Date(`${day}T00:00:00Z`), until: new Date(`${day}T04:00:00Z`) },
    state,
    bookingId,
    expiresAt,
  });
};

const ask = (query: string) => app.call(`/api/availability?${query}`);
const statesOf = (body: { states: { configurationId: string; state: string }[] }, id: string) =>
  body.states.filter((cell) => cell.configurationId === id).map((cell) => cell.state);

describe('availability', () => {
  test('shows the shared cells of the hall and no word about who took them', async () => {
    await occupy(`${hall}.b`, '2027-02-14', 'approved');
    const { status, body } = await ask(
      'venue=big-palette&room=exhibition-hall&from=2027-02-14&to=2027-02-14',
    );
    expect(status).toBe(200);
    expect(statesOf(body, `${hall}.all`)).toEqual(['taken', 'free', 'free']);
    expect(statesOf(body, `${hall}.b+c`)).toEqual(['taken', 'free', 'free']);
    expect(statesOf(body, `${hall}.a`)).toEqual(['free', 'free', 'free']);
    expect(JSON.stringify(body)).not.toMatch(/秘密|bkg_|org_|R08-BP/);
  });

  test('names venue, rooms, configurations, slots and days', async () => {
    const { body } = await ask(
      'venue=big-palette&room=convention-hall&from=2027-02-11&to=2027-02-12',
    );
    expect(body).toMatchObject({
      venue: { id: 'big-palette', nameJa: 'ビッグパレットふくしま' },
      from: '2027-02-11',
      to: '2027-02-12',
      rooms: [{ id: 'big-palette.convention-hall', code: 'convention-hall' }],
      days: [
        {
          date: '2027-02-11',
          weekday: 4,
          isHoliday: true,
          holidayNameJa: '建国記念の日',
          isClosed: false,
          isPast: false,
        },
        { date: '2027-02-12', weekday: 5, isHoliday: false, isClosed: false, isPast: false },
      ],
    });
    expect(body.configurations.map((one: { code: string }) => one.code)).toEqual(['all', 'a', 'b']);
    expect(body.states).toHaveLength(3 * 2 * 3);
  });

  test('covers the whole venue for 31 days from today where nothing is said', async () => {
    const { body } = await ask('venue=corasse');
    expect([body.from, body.to, body.days.length]).toEqual(['2026-11-24', '2026-12-24', 31]);
    expect(body.rooms.length).toBe(11);
    expect(body.days[0]).toMatchObject({ isPast: false });
  });

  test('takes days as people type them', async () => {
    const { body } = await ask(
      `venue=corasse&from=${encodeURIComponent('２０２７／２／１')}&to=2027.2.3`,
    );
    expect([body.from, body.to]).toEqual(['2027-02-01', '2027-02-03']);
  });

  test('holds and requests are held; a lapsed hold is free', async () => {
    const later = new Date('2026-12-01T00:00:00Z');
    const lapsed = new Date('2026-11-24T00:59:59Z');
    await occupy(`${hall}.a`, '2027-03-01', 'held', later);
    await occupy(`${hall}.a`, '2027-03-02', 'requested', lapsed);
    await occupy(`${hall}.a`, '2027-03-03', 'held', lapsed);
    const { body } = await ask(
      'venue=big-palette&room=exhibition-hall&from=2027-03-01&to=2027-03-03',
    );
    const mornings = body.states.filter(
      (cell: { configurationId: string; slot: string }) =>
        cell.configurationId === `${hall}.a` && cell.slot === 'morning',
    );
    expect(mornings.map((cell: { state: string }) => cell.state)).toEqual(['held', 'held', 'free']);
  });

  test('no slot is free that a hold would be refused in because it can no longer be applied for', async () => {
    const organizer = await app.organizer();
    const [from, to] = ['2026-11-25', '2026-12-08'];
    const { body } = await ask(`venue=corasse&from=${from}&to=${to}`);
    type Cell = { configurationId: string; date: string; state: string; reason?: string };
    const cells: Cell[] = body.states;
    const tomorrow = cells.filter(({ date }) => date === from);
    expect(tomorrow.filter(({ state }) => state === 'free')).toEqual([]);
    expect(tomorrow.some(({ reason }) => reason === 'deadline')).toBe(true);
    expect(body.days[0]).toMatchObject({ date: from, isClosed: false });
    const first = cells.find(({ state }) => state === 'free')!;
    const before = cells.findLast(
      ({ configurationId, reason }) =>
        configurationId === first.configurationId && reason === 'deadline',
    )!;
    const hold = async ({ configurationId: configuration, date }: Cell) => {
      const uses = [
        {
          room: configuration.split('.').slice(0, 2).join('.'),
          configuration,
          date,
          band: 'morning',
        },
      ];
      const { organizationId } = organizer;
      const json = { organizationId, venue: 'corasse', uses, title: '会議', purpose: '会議' };
      const { status, body: answer } = await app.call('/api/bookings', { as: organizer, json });
      return [status, answer.error?.code];
    };
    expect(await hold(before)).toEqual([422, 'bookings.request_too_late']);
    expect(await hold(first)).toEqual([201, undefined]);
  });

  test('a day whose booking has not opened says when it will', async () => {
    const { body } = await ask('venue=big-palette&room=special-room&from=2027-07-15&to=2027-07-15');
    expect(body.states[0]).toMatchObject({ state: 'not_open_yet', opensOn: '2027-01-04' });
  });

  test('answers 304 while nothing has changed and anew when something has', async () => {
    const path = '/api/availability?venue=big-palette&from=2027-04-01&to=2027-04-30';
    const first = await app.call(path);
    const tag = first.headers.get('etag')!;
    expect(tag).toMatch(/^"[0-9a-f]+"$/);
    expect(first.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
    app.clock.advanceMinutes(1);
    const again = await app.call(path, { headers: { 'if-none-match': `W/"other", ${tag}` } });
    expect(again.status).toBe(304);
    expect(again.body).toBe('');
    expect(again.headers.get('etag')).toBe(tag);
    await occupy(`${hall}.c`, '2027-04-10', 'approved');
    const changed = await app.call(path, { headers: { 'if-none-match': tag } });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(tag);
  });

  test('asks the database three times, for a room and a day as for a venue and two months', async () => {
    const countQueries = async (query: Parameters<typeof findAvailability>[1]) => {
      let queries = 0;
      const context = app.contextOf({ kind: 'anonymous' });
      const reads = new Proxy(context.reads, {
        get: (db, name, receiver) => {
          if (name === 'select' || name === 'execute') queries += 1;
          return Reflect.get(db, name, receiver) as unknown;
        },
      }) as Queryable;
      await findAvailability({ ...context, reads }, query);
      return queries;
    };
    const venue = 'big-palette';
    const day = localDay('2027-02-14');
    expect(await countQueries({ venue, room: 'special-room', from: day, to: day })).toBe(3);
    expect(await countQueries({ venue, from: day, to: localDay('2027-04-16') })).toBe(3);
  });
});

describe('what cannot be shown', () => {
  test.each([
    ['venue=tokyo-dome', 404, 'venues.unknown'],
    ['venue=corasse&room=convention-hall', 404, 'rooms.unknown'],
    ['venue=corasse&from=2027-02-01&to=2027-04-04', 422, 'slots.range_too_long'],
    ['venue=corasse&from=2027-02-02&to=2027-02-01', 400, 'slots.range_reversed'],
  ])('%s is answered with %i %s', async (query, status, code) => {
    const answer = await ask(query);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  test('a day that does not exist is named', async () => {
    const { status, body } = await ask('venue=corasse&from=2027-02-30');
    expect(status).toBe(400);
    expect(body.error.fields).toMatchObject([{ path: 'from', code: 'http.not_a_day' }]);
  });

  test('a reversed period names its field', async () => {
    const { body } = await ask('venue=corasse&from=2027-02-02&to=2027-02-01');
    expect(body.error.fields).toMatchObject([{ path: 'to' }]);
  });

  test('the venue has to be said', async () => {
    const { status, body } = await ask('from=2027-02-01');
    expect(status).toBe(400);
    expect(body.error.fields).toMatchObject([{ path: 'venue' }]);
  });
});

describe('the hours of a venue', () => {
  test('are there for whoever places a use', async () => {
    const hours = await findVenueHours(app.house.database.db, 'big-palette');
    expect(hours.venue).toMatchObject({ holdDays: 14, opensAtTime: '09:00', zone: 'Asia/Tokyo' });
    expect(hours.bands).toHaveLength(6);
    await expect(findVenueHours(app.house.database.db, 'tokyo-dome')).rejects.toThrow(
      'venues.unknown',
    );
  });
});

describe('the yearly closures', () => {
  const listed = () => app.house.database.db.select().from(closures);

  test('are entered once for every venue and year, however often they are extended', async () => {
    const context = app.contextOf(job);
    const venueCount = (await app.house.database.db.select().from(venues)).length;
    const runs = await Promise.all([
      extendAnnualClosures(context, 2027),
      extendAnnualClosures(context, 2027),
    ]);
    expect(runs.reduce((sum, run) => sum + run.closed, 0)).toBe(2 * venueCount);
    expect(await listed()).toHaveLength(2 * venueCount);
    expect(await extendAnnualClosures(context, 2027)).toEqual({ closed: 0 });
    expect(await extendAnnualClosures(context, 2028)).toEqual({ closed: venueCount });
  });

  test('are seen on the calendar', async () => {
    const { body } = await ask('venue=big-palette&room=special-room&from=2026-12-28&to=2027-01-04');
    expect(body.days.map((day: { isClosed: boolean }) => day.isClosed)).toEqual([
      ...[false, true, true, true],
      ...[true, true, true, false],
    ]);
    expect(body.states[3]).toMatchObject({
      date: '2026-12-29',
      state: 'closed',
      reason: 'annual',
    });
  });

  test('refuse to close over a booking, and close over a lapsed hold', async () => {
    const context = app.contextOf(job);
    await occupy(`${hall}.b`, '2029-12-30', 'held', new Date('2026-11-20T00:00:00Z'));
    expect(await extendAnnualClosures(context, 2029)).toEqual({ closed: 3 });

    await occupy(`${hall}.a`, '2030-12-30', 'approved');
    const before = await listed();
    await expect(extendAnnualClosures(context, 2031)).rejects.toMatchObject({
      code: 'slots.closure_clashes',
      options: {
        params: { startsOn: '2030-12-29', endsOn: '2031-01-03' },
        detail: { clashes: [{ cellId: `${hall}.a`, bookingId }] },
      },
    });
    expect((await listed()).length).toBe(before.length);
  });
});
