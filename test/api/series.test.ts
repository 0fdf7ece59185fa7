import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openTestApp,
  type Answer,
  type Organizer,
  type Person,
  type TestApp,
} from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';

type Body = Answer['body'];

let house: TestApp;
let organizer: Organizer;
let stranger: Organizer;
let manager: Person;
let desk: Person;
let sent: string[] = [];

beforeAll(async () => {
  house = await openTestApp({ onQuery: (statement) => sent.push(statement) });
  organizer = await house.organizer();
  stranger = await house.organizer('会津写真愛好会');
  manager = await house.staff('manager');
  desk = await house.staff('desk');
});

afterAll(() => house.close());

const room = 'multipurpose-1';
const template = { room, configuration: 'all', band: 'morning', dayOffset: 0 };

const ask = (changes: Record<string, unknown> = {}, as: Organizer = organizer) => ({
  venue: 'big-palette',
  organizationId: as.organizationId,
  title: '火曜の写真教室',
  purpose: '会員の講評会',
  uses: [template],
  rule: { kind: 'weekly', interval: 1, weekdays: [2], from: '2027-01-12', count: 3 },
  ...changes,
});

const preview = async (changes: Record<string, unknown> = {}, as: Organizer = organizer) =>
  house.call('/api/series/preview', { as, json: ask(changes, as) });

const book = async (changes: Record<string, unknown> = {}, as: Organizer = organizer) =>
  house.call('/api/series', { as, json: ask(changes, as) });

const booked = async (changes: Record<string, unknown> = {}, as: Organizer = organizer) => {
  const { status, body } = await book(changes, as);
  expect(status, JSON.stringify(body)).toBe(201);
  return body.series;
};

/** Somebody else has the room on that day. */
const block = async (date: string, more: Record<string, unknown> = {}) => {
  const { status, body } = await house.call('/api/bookings', {
    as: stranger,
    json: askHold(stranger.organizationId, {
      uses: [{ room, configuration: 'all', date, band: 'morning', ...more }],
    }),
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.booking;
};

const countOf = async (table: string) => {
  const [row] = await house.sql.unsafe(`select count(*)::int as rows from ${table}`);
  return row!['rows'] as number;
};

describe('a preview', () => {
  it('tells of every date whether it is free, and what it and all of them cost', async () => {
    const { status, body } = await preview();
    expect(status, JSON.stringify(body)).toBe(200);
    const { dates, freeCount, clashCount, totalYen } = body.preview;
    expect(dates.map(({ date }: Body) => date)).toEqual(['2027-01-12', '2027-01-19', '2027-01-26']);
    expect([freeCount, clashCount]).toEqual([3, 0]);
    expect(totalYen).toBe(dates.reduce((sum: number, one: Body) => sum + one.totalYen, 0));
    expect(totalYen).toBeGreaterThan(0);
    expect(await countOf('bookings')).toBe(0);
  });

  it('offers each clashing date its own ways out: another time, another room, another day', async () => {
    await block('2027-01-19');
    const { body } = await preview();
    const clash = body.preview.dates[1];
    expect(clash).toMatchObject({ date: '2027-01-19', state: 'clash' });
    expect(clash.blocks).toEqual([
      expect.objectContaining({ position: 0, slot: 'morning', reason: 'held' }),
    ]);
    const kinds = clash.alternatives.map(({ kind }: Body) => kind);
    expect(new Set(kinds)).toEqual(new Set(['time', 'place', 'day']));
    const other = clash.alternatives.find(({ kind }: Body) => kind === 'time');
    expect(other.uses[0]).toMatchObject({ room, band: 'afternoon', date: '2027-01-19' });
    expect(other.differenceYen).toBe(other.totalYen - clash.totalYen);
    const elsewhere = clash.alternatives.find(({ kind }: Body) => kind === 'place');
    expect(elsewhere.uses[0].room).not.toBe(room);
    expect(JSON.stringify(body)).not.toContain(stranger.organizationId);
    expect(body.preview.dates[0].alternatives).toEqual([]);
  });

  it('offers only rooms that take as many people', async () => {
    const uses = [{ ...template, attendance: 70 }];
    const { body } = await preview({ uses });
    const places = body.preview.dates[1].alternatives.filter(({ kind }: Body) => kind === 'place');
    const { body: venue } = await house.call('/api/venues/big-palette/rooms');
    const capacityOf = (id: string) =>
      Math.max(
        ...venue.rooms
          .flatMap(({ configurations }: Body) => configurations)
          .find((one: Body) => one.id === id)
          .layouts.filter(({ layout }: Body) => layout !== 'booths')
          .map(({ capacity }: Body) => capacity),
      );
    expect(places.length).toBeGreaterThan(0);
    expect(places.every((one: Body) => capacityOf(one.configurationId) >= 70)).toBe(true);
  });

  it('keeps the closed days of the year end as clashes with a near day instead', async () => {
    const rule = { kind: 'weekly', interval: 1, weekdays: [2], from: '2026-12-22', count: 3 };
    const { body } = await preview({ rule });
    expect(body.preview.dates.map(({ date, state }: Body) => [date, state])).toEqual([
      ['2026-12-22', 'free'],
      ['2026-12-29', 'clash'],
      ['2027-01-05', 'free'],
    ]);
    const clash = body.preview.dates[1];
    expect(clash.blocks[0]).toMatchObject({ reason: 'closed', slot: null });
    expect(clash.blocks[0].ja).toContain('休館日');
    expect(clash.alternatives.every(({ kind }: Body) => kind === 'day')).toBe(true);
    expect(clash.alternatives.map(({ date }: Body) => date)).toContain('2026-12-28');
  });

  it('says from when a date may be booked that is not open yet', async () => {
    const rule = { kind: 'dates', dates: ['2027-01-12', '2028-09-05'] };
    const { body } = await preview({ rule });
    expect(body.preview.dates[1].blocks[0]).toMatchObject({ reason: 'not_open_yet' });
    expect(body.preview.dates[1].blocks[0].ja).toContain('受付は');
  });

  it('says so where a date has passed', async () => {
    const rule = { kind: 'dates', dates: ['2026-11-17', '2027-01-12'] };
    const { body } = await preview({ rule });
    expect(body.preview.dates[0].blocks[0]).toMatchObject({ reason: 'past' });
  });

  it('says of a date that is too near by when approval had to be applied for', async () => {
    const rule = { kind: 'dates', dates: ['2026-11-25', '2027-01-12'] };
    const { body } = await preview({ rule });
    const [block] = body.preview.dates[0].blocks;
    expect(block).toMatchObject({ reason: 'bookings.request_too_late' });
    expect(block.ja).not.toContain('{');
    const staffed = await house.call('/api/series/preview', { as: desk, json: ask({ rule }) });
    expect(staffed.body.preview.dates[0].state).toBe('free');
  });

  it('opens early where the manager gives a reason, and for nobody else', async () => {
    const rule = { kind: 'dates', dates: ['2027-09-07'] };
    const json = ask({ rule, priorityReason: '県の主催事業' });
    const letIn = await house.call('/api/series/preview', { as: manager, json });
    expect(letIn.body.preview.dates[0].state).toBe('free');
    const refused = await preview({ rule, priorityReason: '県の主催事業' });
    expect(refused.body.error.code).toBe('bookings.priority_by_manager');
    const { body } = await preview({ rule });
    expect(body.preview.dates[0].blocks[0]).toMatchObject({ reason: 'not_open_yet' });
  });

  it('asks the database as often for 50 dates as for one', async () => {
    const statements = async (count: number) => {
      sent = [];
      const rule = { kind: 'weekly', interval: 1, weekdays: [1, 3, 5], from: '2027-02-01', count };
      const { status } = await preview({ rule });
      expect(status).toBe(200);
      return sent.filter((one) => !one.includes('pg_catalog.pg_type')).length;
    };
    const one = await statements(1);
    expect(await statements(50)).toBe(one);
    expect(one).toBeLessThan(16);
  });

  it.each([
    ['rooms.not_in_venue', { uses: [{ ...template, room: 'nowhere' }] }, 422, 'uses.0.room'],
    ['slots.unknown_band', { uses: [{ ...template, band: 'midnight' }] }, 422, 'uses.0.band'],
    [
      'rooms.capacity_exceeded',
      { uses: [{ ...template, attendance: 5000 }] },
      422,
      'uses.0.attendance',
    ],
    [
      'series.fifth_weekday',
      {
        rule: {
          kind: 'monthly_by_weekday',
          nth: 5,
          weekday: 2,
          from: '2027-01-01',
          count: 3,
        },
      },
      422,
      'rule.nth',
    ],
    [
      'series.no_end',
      { rule: { kind: 'weekly', weekdays: [2], from: '2027-01-12' } },
      422,
      'rule.until',
    ],
    [
      'series.not_a_date',
      { choices: { '2027-01-13': { kind: 'skip' } } },
      422,
      'choices.2027-01-13',
    ],
    ['http.invalid_input', { rule: { kind: 'daily' } }, 400, 'rule.kind'],
  ])('refuses %s, naming the field', async (code, changes, status, path) => {
    const answer = await preview(changes);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect(answer.body.error.fields[0].path).toBe(path);
  });

  it('is for organizers of their own organization, and for the staff of the venue', async () => {
    const foreign = await house.call('/api/series/preview', { as: stranger, json: ask() });
    expect([foreign.status, foreign.body.error.code]).toEqual([422, 'bookings.organizer_required']);
    const staffed = await house.call('/api/series/preview', { as: desk, json: ask() });
    expect(staffed.status).toBe(200);
  });
});

const datesOf = (series: Body) => series.dates.map(({ plannedOn }: Body) => plannedOn);

const bookingsOf = (series: Body) => series.dates.map(({ booking }: Body) => booking);

const viewed = async (id: string, as: Person = organizer) =>
  (await house.call(`/api/series/${id}`, { as })).body.series;

const fromOn = (from: string, count = 3) => ({
  rule: { kind: 'weekly', interval: 1, weekdays: [2], from, count },
});

describe('booking a series', () => {
  it('holds every date as a booking of its own, with number, price and mail', async () => {
    const series = await booked(fromOn('2027-02-02'));
    expect(datesOf(series)).toEqual(['2027-02-02', '2027-02-09', '2027-02-16']);
    const bookings = bookingsOf(series);
    expect(new Set(bookings.map(({ number }: Body) => number)).size).toBe(3);
    expect(bookings.every(({ state }: Body) => state === 'held')).toBe(true);
    expect(series.totalYen).toBe(
      bookings.reduce((sum: number, one: Body) => sum + one.totalYen, 0),
    );
    expect(series.allowedActions).toEqual(['request', 'change', 'withdraw']);
    const { body } = await house.call(`/api/series/of/${bookings[1].id}`, { as: organizer });
    expect(body.series).toMatchObject({ id: series.id, plannedOn: '2027-02-09' });
    const [trail] = await house.sql`
      select count(*)::int as entries from audit_entries where subject_id = ${series.id}`;
    expect(trail!['entries']).toBe(1);
  });

  it('books nothing while a clashing date has no choice, names it and offers what is free', async () => {
    await block('2027-03-09');
    const before = await countOf('bookings');
    const { status, body } = await book(fromOn('2027-03-02'));
    expect([status, body.error.code]).toEqual([409, 'series.dates_clash']);
    expect(body.error.fields).toEqual([
      expect.objectContaining({ path: 'choices.2027-03-09', code: 'held' }),
    ]);
    expect(body.error.detail.dates).toEqual(['2027-03-09']);
    const clash = body.error.detail.preview.dates[1];
    expect(clash.alternatives.length).toBeGreaterThan(0);
    expect(await countOf('bookings')).toBe(before);
    expect(await countOf('series')).toBe(1);
  });

  it('takes for each date what was chosen for it: another time, or not at all', async () => {
    const { body } = await preview(fromOn('2027-03-02'));
    const other = body.preview.dates[1].alternatives.find(({ kind }: Body) => kind === 'time');
    const series = await booked({
      ...fromOn('2027-03-02'),
      choices: {
        '2027-03-09': { kind: 'other', uses: other.uses },
        '2027-03-16': { kind: 'skip', note: '春休み' },
      },
    });
    expect(series.dates.map(({ state, note }: Body) => [state, note])).toEqual([
      ['booked', ''],
      ['booked', 'afternoon'],
      ['skipped', '春休み'],
    ]);
    const { body: second } = await house.call(`/api/bookings/${series.dates[1].booking.id}`, {
      as: organizer,
    });
    expect(second.booking.uses[0].bandCode).toBe('afternoon');
    expect(series.allowedActions).toContain('add');
  });

  it('counts in its preview what was chosen', async () => {
    const choices = { '2027-03-16': { kind: 'skip' }, '2027-03-23': { kind: 'skip' } };
    const { body } = await preview({ ...fromOn('2027-03-16'), choices });
    const { dates, bookedCount, totalYen } = body.preview;
    expect(bookedCount).toBe(1);
    expect(totalYen).toBe(dates[2].totalYen);
    expect(dates[0].chosen).toEqual({ kind: 'skip', totalYen: null, blocks: [] });
  });

  it('says so where the chosen alternative is not free either', async () => {
    await block('2027-04-06');
    await block('2027-04-06', { band: 'afternoon' });
    const uses = [{ room, configuration: 'all', date: '2027-04-06', band: 'afternoon' }];
    const choices = { '2027-04-06': { kind: 'other', uses } };
    const { body } = await preview({ ...fromOn('2027-04-06'), choices });
    expect(body.preview.dates[0].chosen.blocks[0]).toMatchObject({ slot: 'afternoon' });
    const refused = await book({ ...fromOn('2027-04-06'), choices });
    expect(refused.body.error.code).toBe('series.dates_clash');
  });

  it('refuses to skip everything, and two dates that end up in the same place', async () => {
    const skip = { kind: 'skip' };
    const choices = { '2027-04-20': skip, '2027-04-27': skip };
    const none = await book({ ...fromOn('2027-04-20', 2), choices });
    expect([none.status, none.body.error.code]).toEqual([422, 'series.nothing_chosen']);
    const uses = [{ room, configuration: 'all', date: '2027-04-20', band: 'morning' }];
    const doubled = await book({
      ...fromOn('2027-04-20', 2),
      choices: { '2027-04-27': { kind: 'other', uses } },
    });
    expect([doubled.status, doubled.body.error.code]).toEqual([422, 'series.dates_overlap']);
    expect(doubled.body.error.fields[0].path).toBe('choices.2027-04-27');
  });

  it('takes the set-up on the day before with every date', async () => {
    const uses = [
      {
        room: 'exhibition-hall',
        configuration: 'c',
        band: 'afternoon',
        dayOffset: 0,
        phase: 'setup',
      },
      { room: 'exhibition-hall', configuration: 'c', band: 'daytime', dayOffset: 1 },
    ];
    const rule = {
      kind: 'monthly_by_weekday',
      nth: 'last',
      weekday: 5,
      from: '2027-02-01',
      count: 2,
    };
    const series = await booked({ uses, rule });
    expect(bookingsOf(series).map((one: Body) => [one.firstUsedOn, one.lastUsedOn])).toEqual([
      ['2027-02-26', '2027-02-27'],
      ['2027-03-26', '2027-03-27'],
    ]);
  });

  it.each([
    ['Europe/Helsinki', '2027-03-23', ['07', '06']],
    ['America/New_York', '2027-03-09', ['14', '13']],
  ])('keeps nine by the clock of %s while its clocks change', async (zone, from, hours) => {
    await house.sql`update venues set zone = ${zone} where id = 'corasse'`;
    const { body: venue } = await house.call('/api/venues/corasse/rooms');
    const place = venue.rooms.at(-1);
    const series = await booked({
      venue: 'corasse',
      uses: [{ room: place.code, configuration: place.configurations[0].code, band: 'morning' }],
      rule: {
        kind: 'weekly',
        weekdays: [2],
        from,
        count: 2,
      },
    });
    const starts = await Promise.all(
      bookingsOf(series).map(async ({ id }: Body) => {
        const { body } = await house.call(`/api/bookings/${id}`, { as: organizer });
        return body.booking.uses[0].startsAt.slice(11, 13);
      }),
    );
    await house.sql`update venues set zone = 'Asia/Tokyo' where id = 'corasse'`;
    expect(starts).toEqual(hours);
  });
});

describe('a series is seen', () => {
  it('by its organizer and the staff of its venue; to others it is unknown', async () => {
    const { body: own } = await house.call('/api/series?venue=big-palette', { as: organizer });
    const { id } = own.series[0];
    expect((await house.call(`/api/series/${id}`, { as: desk })).status).toBe(200);
    const foreign = await house.call(`/api/series/${id}`, { as: stranger });
    expect([foreign.status, foreign.body.error.code]).toEqual([404, 'series.unknown']);
    const { body: none } = await house.call('/api/series', { as: stranger });
    expect(none.total).toBe(0);
    const { body: all } = await house.call('/api/series?venue=big-palette&query=写真', {
      as: manager,
    });
    expect(all.total).toBeGreaterThan(0);
    const elsewhere = await house.staff('desk', 'hightech-plaza');
    expect((await house.call(`/api/series/${id}`, { as: elsewhere })).status).toBe(404);
  });

  it('not through its steps either', async () => {
    const { body: own } = await house.call('/api/series?venue=big-palette', { as: organizer });
    const { id } = own.series[0];
    const scope = { scope: 'all', from: '2027-02-02' };
    const answers = await Promise.all(
      [
        [`/api/series/${id}/request`, { version: 1 }],
        [`/api/series/${id}/withdraw`, { version: 1, ...scope }],
        [`/api/series/${id}/dates/2027-02-02`, { version: 1, choice: { kind: 'as_planned' } }],
        [`/api/series/${id}/amendments`, { version: 1, ...scope, change: {} }],
        [`/api/series/${id}/amendments/preview`, { ...scope, change: {} }],
      ].map(([path, json]) => house.call(path as string, { as: stranger, json })),
    );
    expect(answers.map(({ body }) => body.error?.code)).toEqual(Array(5).fill('series.unknown'));
  });
});

describe('a skipped date', () => {
  it('can be added later, as planned or otherwise', async () => {
    const skip = { kind: 'skip' };
    const made = await booked({
      ...fromOn('2027-05-11'),
      choices: { '2027-05-11': skip, '2027-05-18': skip },
    });
    const add = (date: string, json: object) =>
      house.call(`/api/series/${made.id}/dates/${date}`, { as: organizer, json });
    const planned = { version: 1, choice: { kind: 'as_planned' } };
    const { status, body } = await add('2027-05-11', planned);
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body.series.dates[0]).toMatchObject({ state: 'booked', booking: { state: 'held' } });

    const stale = await add('2027-05-18', planned);
    expect([stale.status, stale.body.error.code]).toEqual([409, 'series.stale_version']);
    await block('2027-05-18');
    const path = `/api/series/${made.id}/dates/2027-05-18/preview`;
    const { body: offered } = await house.call(path, { as: organizer });
    expect(offered.date.state).toBe('clash');
    const taken = await add('2027-05-18', { ...planned, version: 2 });
    expect(taken.body.error.code).toBe('series.dates_clash');
    const { uses } = offered.date.alternatives[0];
    const other = await add('2027-05-18', { version: 2, choice: { kind: 'other', uses } });
    expect(other.status).toBe(201);

    const again = await add('2027-05-18', { ...planned, version: 3 });
    expect([again.status, again.body.error.code]).toEqual([409, 'series.already_booked']);
    const strange = await add('2027-05-19', { ...planned, version: 3 });
    expect([strange.status, strange.body.error.code]).toEqual([404, 'series.unknown_date']);
  });

  it('may be one whose booking was given up', async () => {
    const made = await booked({
      ...fromOn('2027-05-12', 2),
      rule: { kind: 'dates', dates: ['2027-05-12', '2027-05-19'] },
    });
    const [first] = bookingsOf(made);
    await house.call(`/api/bookings/${first.id}/withdraw`, { as: organizer, json: { version: 1 } });
    const { status, body } = await house.call(`/api/series/${made.id}/dates/2027-05-12`, {
      as: organizer,
      json: { version: 1, choice: { kind: 'as_planned' } },
    });
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body.series.dates[0].booking.id).not.toBe(first.id);
  });
});

describe('a step of the whole series', () => {
  it('applies for approval of all held dates at once', async () => {
    const made = await booked({
      ...fromOn('2027-01-13'),
      rule: { kind: 'dates', dates: ['2027-01-13', '2027-01-20'] },
    });
    const { status, body } = await house.call(`/api/series/${made.id}/request`, {
      as: organizer,
      json: { version: 1 },
    });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(bookingsOf(body.series).map(({ state }: Body) => state)).not.toContain('held');
    const again = await house.call(`/api/series/${made.id}/request`, {
      as: organizer,
      json: { version: 2 },
    });
    expect([again.status, again.body.error.code]).toEqual([409, 'series.nothing_to_change']);
  });

  it('gives up one date, this and the following, or all', async () => {
    const dates = ['2027-02-03', '2027-02-10', '2027-02-17', '2027-02-24'];
    const made = await booked({ rule: { kind: 'dates', dates } });
    const withdraw = (version: number, scope: string, from: string) =>
      house.call(`/api/series/${made.id}/withdraw`, {
        as: organizer,
        json: { version, scope, from },
      });
    const statesAfter = async (answer: Promise<Answer>) => {
      const { status, body } = await answer;
      expect(status, JSON.stringify(body)).toBe(200);
      return bookingsOf(body.series).map(({ state }: Body) => state);
    };
    expect(await statesAfter(withdraw(1, 'one', '2027-02-10'))).toEqual([
      'held',
      'withdrawn',
      'held',
      'held',
    ]);
    expect(await statesAfter(withdraw(2, 'following', '2027-02-17'))).toEqual([
      'held',
      'withdrawn',
      'withdrawn',
      'withdrawn',
    ]);
    expect(await statesAfter(withdraw(3, 'all', '2027-02-03'))).toEqual(Array(4).fill('withdrawn'));
  });
});

describe('changing a series', () => {
  const change = (id: string, json: object, as: Person = organizer) =>
    house.call(`/api/series/${id}/amendments`, { as, json });

  const bandsOf = (series: Body) =>
    Promise.all(
      bookingsOf(series).map(async ({ id }: Body) => {
        const { body } = await house.call(`/api/bookings/${id}`, { as: organizer });
        return body.booking.uses[0].bandCode;
      }),
    );

  const madeOn = (...dates: string[]) => booked({ rule: { kind: 'dates', dates } });

  it('reaches one date, this and the following, or all; the price is told before', async () => {
    const made = await madeOn('2027-03-03', '2027-03-10', '2027-03-17');
    const wish = { scope: 'following', from: '2027-03-10', change: { band: 'daytime' } };
    const path = `/api/series/${made.id}/amendments/preview`;
    const { status, body } = await house.call(path, { as: organizer, json: wish });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.preview).toMatchObject({ changeCount: 2, untouchedCount: 0, clashCount: 0 });
    expect(body.preview.differenceYen).toBeGreaterThan(0);
    const done = await change(made.id, { version: 1, ...wish });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    expect(done.body.outcomes).toEqual([
      { date: '2027-03-10', outcome: 'amended' },
      { date: '2027-03-17', outcome: 'amended' },
    ]);
    expect(await bandsOf(done.body.series)).toEqual(['morning', 'daytime', 'daytime']);
    expect(done.body.series.totalYen).toBe(made.totalYen + body.preview.differenceYen);

    const one = { version: 2, scope: 'one', from: '2027-03-03', change: { band: 'evening' } };
    const evening = await change(made.id, one);
    expect(await bandsOf(evening.body.series)).toEqual(['evening', 'daytime', 'daytime']);
    const all = {
      version: 3,
      scope: 'all',
      from: '2027-03-03',
      change: { title: '水曜の写真教室' },
    };
    const titled = await change(made.id, all);
    expect(titled.body.series.title).toBe('水曜の写真教室');
    expect(titled.body.outcomes).toHaveLength(3);
  });

  it('changes nothing while a date clashes, and takes for it what is chosen', async () => {
    const made = await madeOn('2027-03-24', '2027-03-31');
    await block('2027-03-31', { band: 'afternoon' });
    const wish = { version: 1, scope: 'all', from: '2027-03-24', change: { band: 'afternoon' } };
    const refused = await change(made.id, wish);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'series.dates_clash']);
    expect(refused.body.error.detail.dates).toEqual(['2027-03-31']);
    const clash = refused.body.error.detail.change.dates[1];
    expect(clash.alternatives.length).toBeGreaterThan(0);
    expect(await bandsOf(await viewed(made.id))).toEqual(['morning', 'morning']);

    const other = clash.alternatives.find(({ kind }: Body) => kind === 'time');
    const chosen = { '2027-03-31': { kind: 'other', uses: other.uses } };
    const done = await change(made.id, { ...wish, choices: chosen });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    expect(await bandsOf(done.body.series)).toEqual(['afternoon', other.band]);
  });

  it('leaves a date as it is when that is chosen, and those that are over', async () => {
    const made = await madeOn('2027-04-07', '2027-04-14', '2027-04-21');
    const [first] = bookingsOf(made);
    await house.call(`/api/bookings/${first.id}/withdraw`, { as: organizer, json: { version: 1 } });
    const wish = {
      version: 1,
      scope: 'all',
      from: '2027-04-07',
      change: { band: 'evening' },
      choices: { '2027-04-14': { kind: 'skip' } },
    };
    const path = `/api/series/${made.id}/amendments/preview`;
    const { body } = await house.call(path, { as: organizer, json: wish });
    expect(body.preview.dates.map(({ untouched }: Body) => untouched)).toEqual([
      'ended',
      'skipped',
      null,
    ]);
    const done = await change(made.id, wish);
    expect(await bandsOf(done.body.series)).toEqual(['morning', 'morning', 'evening']);
    const nothing = await change(made.id, { ...wish, version: 2 });
    expect([nothing.status, nothing.body.error.code]).toEqual([409, 'series.nothing_to_change']);
    const strange = await change(made.id, { ...wish, version: 2, from: '2027-04-08' });
    expect([strange.status, strange.body.error.code]).toEqual([404, 'series.unknown_date']);
  });

  it('leaves past dates untouched and says so', async () => {
    const made = await madeOn('2027-04-13', '2027-04-15');
    const passed = '2027-04-14T00:00:00Z';
    await house.sql`update bookings set state = 'approved' where id = ${bookingsOf(made)[0].id}`;
    const now = house.clock.now().toISOString();
    house.clock.set(passed);
    const wish = { scope: 'all', from: '2027-04-13', change: { title: '夏の写真教室' } };
    const path = `/api/series/${made.id}/amendments/preview`;
    const { body } = await house.call(path, { as: organizer, json: wish });
    house.clock.set(now);
    expect(body.preview.dates[0].untouched).toBe('past');
  });

  it('by staff that moves an event waits for the organizer, unless the organizer has agreed', async () => {
    const made = await madeOn('2027-04-28', '2027-05-06');
    const wish = { version: 1, scope: 'one', from: '2027-04-28', change: { band: 'evening' } };
    const proposed = await change(made.id, wish, desk);
    expect(proposed.body.outcomes).toEqual([{ date: '2027-04-28', outcome: 'proposed' }]);
    const consent = { givenBy: '担当の方', channel: 'phone', note: '電話で了解' };
    const moved = await change(made.id, { ...wish, version: 2, from: '2027-05-06', consent }, desk);
    expect(moved.body.outcomes).toEqual([{ date: '2027-05-06', outcome: 'amended' }]);
  });
});
