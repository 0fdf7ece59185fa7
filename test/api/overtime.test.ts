import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';
import { makeApprovedBooking } from '#test/fixtures/bookings.ts';

let app: TestApp;
let organizer: Organizer;
let other: Organizer;
let manager: Person;

beforeAll(async () => {
  app = await openTestApp();
  organizer = await app.organizer('早朝会');
  other = await app.organizer('夜間会');
  manager = await app.staff('manager');
});
afterAll(() => app.close());

const use = (date: string, changes: Record<string, unknown> = {}) => ({
  room: 'exhibition-hall',
  configuration: 'a',
  date,
  band: 'daytime',
  ...changes,
});

const quote = (...uses: unknown[]) =>
  app.call('/api/quotes', { json: { venue: 'big-palette', uses } });

const hold = (as: Organizer, ...uses: unknown[]) =>
  app.call('/api/bookings', { as, json: askHold(as.organizationId, { uses }) });

const claimsOf = async (bookingId: string) => {
  const rows = await app.sql`
    select to_char(lower(during) at time zone 'Asia/Tokyo', 'MM-DD HH24:MI') as starts,
      to_char(upper(during) at time zone 'Asia/Tokyo', 'MM-DD HH24:MI') as ends, is_buffer
    from occupancies where booking_id = ${bookingId} and released_at is null order by during`;
  return rows.map((row) => [row['starts'], row['ends'], ...(row['is_buffer'] ? ['buffer'] : [])]);
};

const statesOn = async (date: string) => {
  const query = `venue=big-palette&room=exhibition-hall&from=${date}&to=${date}`;
  const { body } = await app.call(`/api/availability?${query}`);
  return body.states
    .filter((row: { configurationId: string }) => row.configurationId.endsWith('.a'))
    .map((row: { slot: string; state: string; reason?: string }) => [
      row.slot,
      row.state,
      row.reason,
    ]);
};

describe('a quote with out-of-hours time', () => {
  it('has a line of its own with its reason, provisional as its rule is', async () => {
    const { body } = await quote(use('2027-03-02', { earlyHours: '１．５', lateHours: 0.25 }));
    const lines = body.quote.lines.filter(({ kind }: { kind: string }) => kind === 'overtime');
    // An hour of the morning of part A: 108,900 yen ÷ 4, rounded down to 27,220.
    expect(lines).toMatchObject([
      { side: 'early', quantity: 2, unit: 'hour', unitYen: 27_220, amountYen: 54_440 },
      { side: 'late', quantity: 1, unitYen: 27_220, publication: 'provisional' },
    ]);
    expect(lines[0].reasonJa).toContain('1時間未満は切り上げて2時間');
    expect(body.quote.totalYen).toBe(217_800 + 54_440 + 27_220);
  });

  it('is refused for times that are not quarters or too long, naming the field', async () => {
    for (const [wrong, code] of [
      [{ earlyHours: 0.4 }, 'http.not_a_step'],
      [{ earlyHours: 9.25 }, 'http.too_big'],
      [{ lateHours: 12.5 }, 'http.too_big'],
      [{ lateHours: 'いつまでも' }, 'http.not_a_number'],
    ] as const) {
      const { status, body } = await quote(use('2027-03-02', wrong));
      expect(status).toBe(400);
      expect(body.error.fields).toMatchObject([{ path: `uses.0.${Object.keys(wrong)[0]}`, code }]);
    }
  });
});

describe('a hold with out-of-hours time', () => {
  it('takes the whole stretch, tells it, and waits for approval', async () => {
    const { status, body } = await hold(
      organizer,
      use('2027-03-03', { earlyHours: 2, lateHours: 1.5 }),
    );
    expect(status).toBe(201);
    expect(body.booking.uses).toMatchObject([
      {
        earlyMinutes: 120,
        lateMinutes: 90,
        startsAt: '2027-03-02T22:00:00.000Z',
        endsAt: '2027-03-03T09:30:00.000Z',
      },
    ]);
    expect(await claimsOf(body.booking.id)).toEqual([['03-03 07:00', '03-03 18:30']]);
    // Its late hours reach into the evening, which is then no longer free.
    expect(await statesOn('2027-03-03')).toEqual([
      ['morning', 'held', undefined],
      ['afternoon', 'held', undefined],
      ['evening', 'held', undefined],
    ]);
  });

  it('overnight keeps others out until the next morning, and says what is in the way', async () => {
    const overnight = use('2027-03-05', { band: 'evening', lateHours: 12 });
    const { body } = await hold(organizer, overnight);
    expect(await claimsOf(body.booking.id)).toEqual([['03-05 17:00', '03-06 09:00']]);
    const early = await hold(other, use('2027-03-06', { band: 'morning', earlyHours: 1 }));
    expect(early.status).toBe(409);
    expect(early.body.error.detail.blocked).toEqual([
      {
        position: 0,
        configurationId: 'big-palette.exhibition-hall.a',
        date: '2027-03-06',
        slot: 'morning',
        part: 'early',
        state: 'held',
      },
    ]);
    const inTime = await hold(other, use('2027-03-06', { band: 'morning' }));
    expect(inTime.status).toBe(201);
  });

  it('stands on the board in a column of its own', async () => {
    const { body } = await app.call('/api/reports/board?venue=big-palette&date=2027-03-06', {
      as: manager,
    });
    expect(body.slots.map(({ code }: { code: string }) => code)).toEqual([
      'before_hours',
      'morning',
      'afternoon',
      'evening',
    ]);
    const cells: { cellId: string; slots: unknown[] }[] = body.rooms.flatMap(
      ({ cells: own }: { cells: unknown[] }) => own,
    );
    const part = cells.find(({ cellId }) => cellId === 'big-palette.exhibition-hall.a');
    expect(part!.slots[0]).toMatchObject({ slot: 'before_hours', state: 'held' });
  });

  it('joins its own uses without paying or claiming twice', async () => {
    const { status, body } = await hold(
      organizer,
      use('2027-03-09', { band: 'morning', phase: 'setup', lateHours: 4 }),
      use('2027-03-09', { band: 'afternoon' }),
    );
    expect(status).toBe(201);
    expect(body.booking.quote.lines.map(({ kind }: { kind: string }) => kind)).toEqual([
      'room',
      'room',
    ]);
    expect(await claimsOf(body.booking.id)).toEqual([
      ['03-09 09:00', '03-09 13:00'],
      ['03-09 13:00', '03-09 17:00'],
    ]);
  });

  it('may not reach into the days the house is closed', async () => {
    const late = use('2027-12-28', { room: 'exhibition-hall', configuration: 'all', lateHours: 4 });
    const { status, body } = await hold(organizer, { ...late, band: 'evening' });
    expect(status).toBe(422);
    expect(body.error).toMatchObject({
      code: 'slots.closed_day',
      fields: [{ path: 'uses.0.date' }],
    });
  });
});

describe('a room that asks for time after each use', () => {
  beforeAll(async () => {
    await app.sql`update booking_policies set buffer_minutes = 30
      where venue_id = 'big-palette' and room_class = 'exhibition'`;
  });

  it('is kept free after it, and the next slot says why it is not free', async () => {
    const { body } = await hold(organizer, use('2027-03-16', { band: 'afternoon' }));
    expect(await claimsOf(body.booking.id)).toEqual([
      ['03-16 13:00', '03-16 17:00'],
      ['03-16 17:00', '03-16 17:30', 'buffer'],
    ]);
    expect(await statesOn('2027-03-16')).toEqual([
      ['morning', 'held', 'buffer'],
      ['afternoon', 'held', undefined],
      ['evening', 'held', 'buffer'],
    ]);
    const evening = await hold(other, use('2027-03-16', { band: 'evening' }));
    expect(evening.status).toBe(409);
    expect(evening.body.error.detail.blocked).toMatchObject([{ slot: 'evening', state: 'buffer' }]);
    const morning = await hold(other, use('2027-03-16', { band: 'morning' }));
    expect(morning.body.error.detail.blocked).toMatchObject([
      { slot: 'morning', part: 'buffer', state: 'held' },
    ]);
  });

  it('asks nothing between two uses of one booking', async () => {
    const { status, body } = await hold(
      organizer,
      use('2027-03-18', { band: 'morning', phase: 'setup' }),
      use('2027-03-18', { band: 'afternoon_evening' }),
    );
    expect(status).toBe(201);
    expect(await claimsOf(body.booking.id)).toEqual([
      ['03-18 09:00', '03-18 13:00'],
      ['03-18 13:00', '03-18 21:00'],
      ['03-18 21:00', '03-18 21:30', 'buffer'],
    ]);
  });
});

describe('the guard that every moment of a use is claimed', () => {
  it('refuses a booking whose out-of-hours time is not its own', async () => {
    const { body } = await hold(organizer, use('2027-03-23', { lateHours: 1 }));
    const shorten = () => app.sql`
      with shorter as (
        update occupancies set during = tstzrange(lower(during), upper(during) - interval '1 hour')
        where booking_id = ${body.booking.id} and not is_buffer)
      update bookings set title = title where id = ${body.booking.id}`;
    await expect(shorten()).rejects.toThrow(/has a use without cells/);
    await app.sql`alter table bookings disable trigger bookings_whole`;
    try {
      await shorten();
      expect(await claimsOf(body.booking.id)).toContainEqual(['03-23 09:00', '03-23 17:00']);
    } finally {
      await app.sql`alter table bookings enable trigger bookings_whole`;
    }
  });
});

describe('a use past midnight stands on the next day too', () => {
  const late = use('2027-03-28', { band: 'evening', lateHours: 5 });
  const titles = (uses: { title: string }[]) => uses.map(({ title }) => title);
  const listed = async (path: string, name: 'uses' | 'events', as?: Person) => {
    const { body } = await app.call(path, as ? { as } : {});
    return body[name];
  };

  beforeAll(async () => {
    const changes = { uses: [late], title: '夜通しの展示', isPublic: true };
    await makeApprovedBooking(app, { organizer, manager }, changes);
  });

  it('in the list of the day', async () => {
    for (const day of ['2027-03-28', '2027-03-29']) {
      const uses = await listed(`/api/reports/today?date=${day}`, 'uses', manager);
      expect(titles(uses), day).toEqual(['夜通しの展示']);
    }
    expect(await listed('/api/reports/today?date=2027-03-30', 'uses', manager)).toEqual([]);
  });

  it('on the run sheet', async () => {
    for (const [day, number] of [
      ['2027-03-28', 1],
      ['2027-03-29', 1],
      ['2027-03-30', 0],
    ] as const) {
      const path = `/api/run-sheets?venue=big-palette&date=${day}`;
      const { body } = await app.call(path, { as: manager });
      expect(body.runSheet.entries, day).toHaveLength(number);
    }
  });

  it('among the public events', async () => {
    const onDay = (from: string, days: number) =>
      listed(`/api/calendars/events?from=${from}&days=${days}`, 'events');
    expect(titles(await onDay('2027-03-29', 1))).toEqual(['夜通しの展示']);
    const both = await onDay('2027-03-28', 7);
    expect(both.map(({ usedOn }: { usedOn: string }) => usedOn)).toEqual([
      '2027-03-28',
      '2027-03-29',
    ]);
    expect(await onDay('2027-03-30', 7)).toEqual([]);
  });
});
