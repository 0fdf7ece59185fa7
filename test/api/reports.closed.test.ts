import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { makeApprovedBooking } from '#test/fixtures/bookings.ts';

const hall = 'big-palette.exhibition-hall';
const training = 'big-palette.training';

let app: TestApp;
let organizer: Organizer;
let manager: Person;

beforeAll(async () => {
  app = await openTestApp();
  [organizer, manager] = await Promise.all([app.organizer(), app.staff('manager')]);
});
afterAll(() => app.close());

const close = async (from: string, to: string, changes: Record<string, unknown> = {}) => {
  const json = {
    venue: 'big-palette',
    kind: 'maintenance',
    configurations: [`${hall}.all`],
    startsOn: from,
    endsOn: to,
    reasonJa: '床の補修',
    ...changes,
  };
  const { status, body } = await app.call('/api/closures', { as: manager, json });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.closure.id as string;
};
const lift = async (id: string) =>
  expect((await app.call(`/api/closures/${id}/lift`, { as: manager, json: {} })).status).toBe(200);

interface Row {
  readonly key: string;
  readonly months: { month: string; numerator: number; denominator: number }[];
}

const rowsOf = async (from: string, to: string, more = ''): Promise<Row[]> =>
  (await app.call(`/api/reports/occupancy?from=${from}&to=${to}${more}`, { as: manager })).body
    .rows;
const shareOf = async (month: string, room: string, definition: 'day' | 'slot') => {
  const rows = await rowsOf(month, month, `&definition=${definition}`);
  const { numerator, denominator } = rows.find(({ key }) => key === room)!.months[0]!;
  return [numerator, denominator];
};

interface Entry {
  readonly slot: string;
  readonly state: string;
}

/** The states of a part of the venue on the board, slot by slot. */
const boardOf = async (date: string, cellId: string): Promise<string[]> => {
  const path = `/api/reports/board?venue=big-palette&date=${date}`;
  const { rooms } = (await app.call(path, { as: manager })).body;
  return rooms
    .flatMap((room: { cells: { cellId: string; slots: Entry[] }[] }) => room.cells)
    .find((cell: { cellId: string }) => cell.cellId === `big-palette.${cellId}`)
    .slots.map(({ state }: Entry) => state);
};

const open = ['free', 'free', 'free'];
const shut = ['closed', 'closed', 'closed'];

describe('only what is really closed is closed in report and board', () => {
  test('a part of the hall shut for a day leaves the hall and the other rooms open', async () => {
    await close('2026-12-03', '2026-12-05', { configurations: [`${hall}.a`] });
    expect(await shareOf('2026-12', hall, 'day')).toEqual([0, 28]);
    expect(await shareOf('2026-12', hall, 'slot')).toEqual([0, 84]);
    expect(await shareOf('2026-12', training, 'day')).toEqual([0, 28]);
    expect(await boardOf('2026-12-04', 'exhibition-hall.a')).toEqual(shut);
    expect(await boardOf('2026-12-04', 'exhibition-hall.b')).toEqual(open);
    expect(await boardOf('2026-12-04', 'training.all')).toEqual(open);
  });

  test('the hall shut for one morning loses a slot and no day', async () => {
    await close('2027-01-12', '2027-01-12', { band: 'morning' });
    expect(await shareOf('2027-01', hall, 'day')).toEqual([0, 28]);
    expect(await shareOf('2027-01', hall, 'slot')).toEqual([0, 83]);
    expect(await boardOf('2027-01-12', 'exhibition-hall.b')).toEqual(['closed', 'free', 'free']);
  });

  test('the hall shut for two days loses them, the room beside it does not', async () => {
    await close('2027-02-08', '2027-02-09');
    expect(await shareOf('2027-02', hall, 'day')).toEqual([0, 26]);
    expect(await shareOf('2027-02', hall, 'slot')).toEqual([0, 78]);
    expect(await shareOf('2027-02', training, 'day')).toEqual([0, 28]);
    expect(await boardOf('2027-02-09', 'exhibition-hall.c')).toEqual(shut);
    expect(await boardOf('2027-02-09', 'training.all')).toEqual(open);
  });

  test('parts shut one after the other in one day never shut the hall', async () => {
    await close('2027-03-02', '2027-03-02', { band: 'morning' });
    await close('2027-03-02', '2027-03-02', { band: 'evening', configurations: [`${hall}.a+b`] });
    expect(await shareOf('2027-03', hall, 'slot')).toEqual([0, 92]);
    await close('2027-03-02', '2027-03-02', { band: 'afternoon' });
    expect(await shareOf('2027-03', hall, 'day')).toEqual([0, 31]);
    await close('2027-03-02', '2027-03-02', { band: 'evening', configurations: [`${hall}.c`] });
    expect(await shareOf('2027-03', hall, 'day')).toEqual([0, 30]);
  });

  test('a closure lifted before it began was never one', async () => {
    const id = await close('2027-04-06', '2027-04-09');
    await lift(id);
    expect(await shareOf('2027-04', hall, 'day')).toEqual([0, 30]);
    expect(await boardOf('2027-04-07', 'exhibition-hall.a')).toEqual(open);
  });

  test('the public calendar names what is shut and when, and forgets what was lifted', async () => {
    const lifted = await close('2027-05-06', '2027-05-07', { reasonJa: '中止の工事' });
    await lift(lifted);
    await close('2027-05-10', '2027-05-11', {
      band: 'morning',
      configurations: [`${hall}.a`],
      reasonJa: '照明の点検',
    });
    const ics = (await app.call<string>('/calendars/venues/big-palette.ics')).body;
    const lines = ics.replaceAll('\r\n ', '').split('\r\n');
    const summaries = lines.filter((line) => line.startsWith('SUMMARY') && /工事|照明/.test(line));
    expect(summaries).toEqual(['SUMMARY:多目的展示ホール A(南側) 休止（照明の点検）']);
    const at = lines.indexOf(summaries[0]!);
    const event = lines.slice(
      lines.lastIndexOf('BEGIN:VEVENT', at),
      lines.indexOf('END:VEVENT', at),
    );
    expect(event).toContain('DTSTART;TZID=Asia/Tokyo:20270510T090000');
    expect(event).toContain('DTEND;TZID=Asia/Tokyo:20270510T130000');
    expect(event).toContain('RRULE:FREQ=DAILY;COUNT=2');
  });
});

/** Written from the definitions alone; it shares no line with the product. */
const independently = (month: string, definition: 'day' | 'slot', countsSetup: boolean) => app.sql<
  { room: string; numerator: number; denominator: number }[]
>`
  with offered as (
    select r.id as room, d::date as day, s.code as slot,
      (d::date + s.starts_time::time) at time zone 'Asia/Tokyo' as opens,
      (d::date + s.ends_time::time) at time zone 'Asia/Tokyo' as ends
    from rooms r join slots s on s.venue_id = r.venue_id
    cross join generate_series(${`${month}-01`}::date,
      ${`${month}-01`}::date + interval '1 month - 1 day', interval '1 day') d
    where r.venue_id = 'big-palette'),
  use as (
    select u.room_id as room, u.used_on as day, slot, bool_or(u.phase = 'event') as is_event
    from booking_uses u join bookings b on b.id = u.booking_id
    join bands on bands.venue_id = b.venue_id and bands.code = u.band_code
    cross join unnest(bands.slot_codes) slot
    where b.state in ('approved', 'in_use', 'settled') group by 1, 2, 3),
  told as (
    select o.*, use.slot is not null as is_used, coalesce(use.is_event, false) as is_event,
      not exists (select from cells c where c.room_id = o.room and not exists (
        select from occupancies k where k.cell_id = c.id and k.closure_id is not null
          and k.during && tstzrange(o.opens, o.ends)
          and (k.released_at is null or k.released_at >= o.ends)))
      or exists (select from closed_day_rules y where y.venue_id = 'big-palette' and (
        to_char(o.day, 'MM-DD') between y.from_month_day and y.to_month_day
        or y.to_month_day < y.from_month_day and (to_char(o.day, 'MM-DD') >= y.from_month_day
          or to_char(o.day, 'MM-DD') <= y.to_month_day))) as is_shut
    from offered o left join use using (room, day, slot))
  select room,
    (case ${definition} when 'slot' then count(*) filter (where counts)
      else count(distinct day) filter (where counts) end)::int as numerator,
    (case ${definition} when 'slot' then count(*) filter (where is_used or not is_shut)
      else count(distinct day) filter (where is_used or not is_shut) end)::int as denominator
  from (select *, is_used and (is_event or ${countsSetup}::boolean) as counts from told) t
  group by room order by room`;

describe('figures agree with a count that shares nothing with them', () => {
  beforeAll(async () => {
    const use = (date: string, band: string, more: object = {}) => {
      return { room: 'exhibition-hall', configuration: 'a', date, band, ...more };
    };
    const uses = [
      use('2027-02-13', 'evening', { phase: 'setup', configuration: 'all' }),
      use('2027-02-14', 'daytime'),
      use('2027-02-14', 'daytime', { configuration: 'b' }),
      use('2027-02-15', 'morning', { configuration: 'c', phase: 'teardown' }),
    ];
    await makeApprovedBooking(app, { organizer, manager }, { uses });
    await close('2027-02-20', '2027-02-21', { configurations: [`${training}.all`] });
    app.clock.set('2027-02-14T06:00:00Z');
    await close('2027-02-14', '2027-02-14', { configurations: [`${hall}.c`] });
    const early = await close('2027-02-16', '2027-02-19');
    app.clock.set('2027-02-18T01:00:00Z');
    await lift(early);
  });

  test('works that begin after a use of the day leave the use and its day counted', async () => {
    app.clock.set('2027-02-15T06:00:00Z');
    await close('2027-02-15', '2027-02-15', { kind: 'emergency' });
    expect(await shareOf('2027-02', hall, 'day')).toEqual([3, 24]);
    expect(await shareOf('2027-02', hall, 'slot')).toEqual([4, 84 - 3 * 2 - 2 * 3 - 2]);
  });

  const months = ['2026-11', '2026-12', '2027-01', '2027-02', '2027-03', '2027-04'];
  test.each([
    ['day', 'include'],
    ['day', 'exclude'],
    ['slot', 'include'],
    ['slot', 'exclude'],
  ] as const)('by %s, set-up %s: every room in every month', async (definition, setup) => {
    const rows = await rowsOf('2026-11', '2027-04', `&definition=${definition}&setup=${setup}`);
    for (const [at, month] of months.entries()) {
      const told = rows.map(({ key, months: shares }) => {
        const { numerator, denominator } = shares[at]!;
        return { room: key, numerator, denominator };
      });
      const counted = [...(await independently(month, definition, setup === 'include'))];
      expect(told.toSorted((one, other) => (one.room < other.room ? -1 : 1))).toEqual(
        counted.toSorted((one, other) => (one.room < other.room ? -1 : 1)),
      );
    }
  });
});
