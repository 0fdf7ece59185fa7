import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { bookings, bookingUses, occupancies } from '#db/schema/bookings.ts';
import { moneyEvents } from '#db/schema/ledgers.ts';
import { configurationCells } from '#db/schema/rooms.ts';
import { closures } from '#db/schema/slots.ts';
import { instantAt, localDay } from '#api/shared/time.ts';
import { openTestApp, type Organizer, type Person, type TestApp } from '../fixtures/app.ts';

type State = (typeof bookings.$inferInsert)['state'];
type Phase = (typeof bookingUses.$inferInsert)['phase'];

interface MadeUse {
  readonly room: string;
  readonly configuration?: string;
  readonly date: string;
  readonly band?: keyof typeof hours;
  readonly phase?: Phase;
}

const hours = {
  morning: ['09:00', '13:00'],
  afternoon: ['13:00', '17:00'],
  daytime: ['09:00', '17:00'],
  all_day: ['09:00', '21:00'],
} as const;

let app: TestApp;
let organizer: Organizer;
let desk: Person;

/** Writes a booking with its uses, as the booking feature would leave them. */
const makeBooking = async (
  uses: readonly MadeUse[],
  more: { state?: State; holdExpiresAt?: Date; title?: string } = {},
) => {
  const { house } = app;
  const { db } = house.database;
  const venueId = uses[0]!.room.split('.')[0]!;
  const id = house.newId('booking');
  const state = more.state ?? 'approved';
  await db.insert(auditEntries).values({
    id: house.newId('audit_entry'),
    happenedAt: house.now(),
    actor: { kind: 'import', name: 'test' },
    action: 'bookings.hold',
    subjectId: id,
  });
  await db.insert(bookings).values({
    id,
    number: id,
    venueId,
    organizationId: organizer.organizationId,
    state,
    version: 1,
    title: more.title ?? '県内企業の集い',
    purpose: '展示会',
    attendance: 120,
    admissionMaxYen: 0,
    isCommercial: false,
    customerClass: 'standard',
    isPublic: false,
    holdExpiresAt: more.holdExpiresAt ?? new Date('2026-12-08T01:00:00Z'),
    refusalReason: state === 'refused' ? '定員超過' : null,
    refusalGround: state === 'refused' ? '条例第5条' : null,
    createdAt: house.now(),
    updatedAt: house.now(),
  });
  for (const [position, use] of uses.entries()) {
    const useId = house.newId('use');
    const configurationId = `${use.room}.${use.configuration ?? 'all'}`;
    const band = use.band ?? 'morning';
    const day = localDay(use.date);
    const during = { from: instantAt(day, hours[band][0]), until: instantAt(day, hours[band][1]) };
    await db.insert(bookingUses).values({
      id: useId,
      bookingId: id,
      position,
      roomId: use.room,
      configurationId,
      usedOn: day,
      bandCode: band,
      startsAt: during.from,
      endsAt: during.until,
      phase: use.phase ?? 'event',
    });
    if (!['approved', 'held', 'requested'].includes(state)) continue;
    const cells = await db
      .select()
      .from(configurationCells)
      .where(eq(configurationCells.configurationId, configurationId));
    await db.insert(occupancies).values(
      cells.map(({ cellId }) => ({
        cellId,
        during,
        state: state as 'approved',
        bookingId: id,
        useId,
      })),
    );
  }
  return id;
};

const hall = 'big-palette.exhibition-hall';

beforeAll(async () => {
  app = await openTestApp();
  organizer = await app.organizer();
  desk = await app.staff('desk');
});
afterAll(() => app.close());

const occupancy = (query: string, as: Person = desk) =>
  app.call(`/api/reports/occupancy?${query}`, { as });

interface Use {
  readonly title: string;
  readonly bandCode: string;
  readonly state: string;
  readonly balanceYen: number | null;
}

interface Cell {
  readonly cellId: string;
  readonly slots: readonly { readonly slot: string; readonly state: string }[];
}

interface Row {
  readonly key: string;
  readonly venueId: string;
  readonly months: readonly unknown[];
  readonly total: unknown;
  readonly plan?: unknown;
}

const rowOf = (body: { rows: Row[] }, key: string): Row =>
  body.rows.find((row) => row.key === key)!;

describe('the occupancy of a month worked out by hand', () => {
  beforeAll(async () => {
    await makeBooking([
      { room: hall, date: '2026-06-05', band: 'all_day', phase: 'setup' },
      { room: hall, date: '2026-06-06', band: 'daytime' },
      { room: hall, date: '2026-06-07', band: 'daytime' },
    ]);
    await makeBooking([{ room: hall, configuration: 'a', date: '2026-06-20', band: 'morning' }]);
    await makeBooking([{ room: hall, configuration: 'b', date: '2026-06-20', band: 'daytime' }], {
      state: 'settled',
    });
    for (const state of [
      'held',
      'requested',
      'refused',
      'withdrawn',
      'cancelled',
      'expired',
    ] as const) {
      await makeBooking([{ room: hall, date: `2026-06-${10 + state.length}`, band: 'all_day' }], {
        state,
      });
    }
    const { db } = app.house.database;
    const id = app.house.newId('closure');
    await db.insert(closures).values({
      id,
      venueId: 'big-palette',
      roomId: hall,
      startsOn: '2026-06-29',
      endsOn: '2026-07-02',
      kind: 'maintenance',
      reasonJa: '床の補修',
      reasonEn: 'Floor repair',
      createdAt: app.house.now(),
    });
    const during = {
      from: instantAt(localDay('2026-06-29'), '00:00'),
      until: instantAt(localDay('2026-07-03'), '00:00'),
    };
    await db.insert(occupancies).values(
      ['a', 'b', 'c'].map((cell) => {
        return { cellId: `${hall}.${cell}`, during, state: 'closed' as const, closureId: id };
      }),
    );
  });

  test('is 4 of 28 days: two uses on the 20th are one day, the closure leaves the month', async () => {
    const { status, body } = await occupancy('from=2026-06&to=2026-06');
    expect(status).toBe(200);
    expect(rowOf(body, hall)).toEqual({
      key: hall,
      nameJa: '多目的展示ホール',
      nameEn: 'Exhibition Hall',
      venueId: 'big-palette',
      months: [{ month: '2026-06', numerator: 4, denominator: 28, hasData: true, rateBp: 1_429 }],
      total: { numerator: 4, denominator: 28, hasData: true, rateBp: 1_429 },
    });
    expect(body.definition).toMatchObject({ definition: 'day', countsSetup: true });
  });

  test('is 3 of 28 days without set-up', async () => {
    const { body } = await occupancy('from=2026-06&to=2026-06&setup=exclude');
    expect(rowOf(body, hall).total).toMatchObject({ numerator: 3, denominator: 28 });
    expect(body.definition.ja).toContain('数えません');
  });

  test('is 9 of 84 slots: the morning used in two parts counts once', async () => {
    const { body } = await occupancy('from=2026-06&to=2026-06&definition=slot');
    expect(rowOf(body, hall).total).toMatchObject({ numerator: 9, denominator: 84, rateBp: 1_071 });
  });

  test('leaves the other rooms of the venue open on the days of the closure', async () => {
    const { body } = await occupancy('from=2026-06&to=2026-06');
    expect(rowOf(body, 'big-palette.training').total).toMatchObject({ denominator: 30 });
  });

  test('goes on in the next month, where the closure takes two days more', async () => {
    const { body } = await occupancy('from=2026-06&to=2026-07');
    expect(rowOf(body, hall).months[1]).toMatchObject({ month: '2026-07', denominator: 29 });
    expect(rowOf(body, hall).total).toMatchObject({ numerator: 4, denominator: 57 });
  });

  test('stands against the plan of the fiscal year', async () => {
    const { body } = await occupancy('from=2026-06&to=2026-06&by=figure');
    expect(rowOf(body, hall).plan).toMatchObject({
      rateBp: 4_000,
      fiscalYear: 2026,
      definition: 'day',
      countsSetup: true,
      measured: { numerator: 4, denominator: 28 },
      differenceBp: 1_429 - 4_000,
    });
  });

  test('counts the days of the new year as closed', async () => {
    const { body } = await occupancy('from=2026-12&to=2027-01');
    expect(rowOf(body, hall).total).toMatchObject({ denominator: 56 });
  });
});

describe('the bookings behind a figure', () => {
  interface Unit {
    readonly uses: readonly { readonly title: string; readonly phase: string }[];
  }
  const counted = (query: string, as: Person = desk) =>
    app.call<{ units: Unit[] }>(`/api/reports/occupancy/uses?${query}`, { as });

  test.each([
    ['definition=day&setup=include', 4, ['setup', 'event', 'event', 'event', 'event']],
    ['definition=day&setup=exclude', 3, ['event', 'event', 'event', 'event']],
    ['definition=slot&setup=exclude', 6, Array(7).fill('event')],
  ])('%s: %i, those that were counted and no others', async (how, number, phases) => {
    const period = `from=2026-06&to=2026-06&${how}`;
    for (const by of ['room', 'figure']) {
      const { body } = await counted(`${period}&by=${by}&row=${hall}`);
      expect(body.units).toHaveLength(number);
      expect(body.units.flatMap(({ uses }) => uses.map(({ phase }) => phase))).toEqual(phases);
      const report = (await occupancy(`${period}&by=${by}`)).body;
      expect(rowOf(report, hall).total).toMatchObject({ numerator: number });
    }
  });

  test('are told to the staff of the venue alone, for a row there is', async () => {
    const query = `from=2026-06&to=2026-06&by=room&row=${hall}`;
    expect((await counted(query, organizer)).status).toBe(403);
    const stranger = await app.staff('manager', 'corasse');
    const { status, body } = await app.call(`/api/reports/occupancy/uses?${query}`, {
      as: stranger,
    });
    expect([status, body.error.code]).toEqual([404, 'reports.unknown_row']);
  });
});

describe('a year without data', () => {
  test('says so and has no rate', async () => {
    const { body } = await occupancy('from=2024-04&to=2025-03&by=figure');
    expect(rowOf(body, hall).total).toMatchObject({ hasData: false, rateBp: null });
    const csv = (await occupancy('from=2024-04&to=2025-03&by=figure&format=csv')).body as string;
    expect(csv.trim().split('\r\n').at(-1)).toContain(',合計,,,データなし,');
  });
});

describe('a figure of several rooms', () => {
  test('divides the used room-days of all by the open room-days of all', async () => {
    await makeBooking([
      { room: 'corasse.room-401', date: '2026-06-08' },
      { room: 'corasse.room-402', date: '2026-06-08' },
      { room: 'corasse.room-401', date: '2026-06-09', band: 'afternoon' },
      { room: 'corasse.city-meeting-1', date: '2026-06-09' },
    ]);
    const manager = await app.staff('manager', 'corasse');
    const { body } = await occupancy('from=2026-06&to=2026-06&by=figure', manager);
    expect(rowOf(body, 'corasse.sme-hall').total).toMatchObject({
      numerator: 3,
      denominator: 8 * 30,
    });
    expect(rowOf(body, 'corasse.city-plaza').total).toMatchObject({
      numerator: 1,
      denominator: 3 * 30,
    });
  });
});

describe('the table for spreadsheets', () => {
  test('is UTF-8 with its mark, the definition first, counts beside rates', async () => {
    const { status, headers, body } = await occupancy(
      'from=2026-06&to=2026-06&by=figure&format=csv',
    );
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toContain('occupancy-2026-06-2026-06.csv');
    const response = await app.app.request(
      '/api/reports/occupancy?from=2026-06&to=2026-06&by=figure&format=csv',
      { headers: { cookie: desk.cookie } },
    );
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = (body as string).replace(/^\uFEFF/, '').split('\r\n');
    expect(lines[0]).toBe('施設稼働率,2026-06〜2026-06');
    expect(lines[1]).toContain('算定方法,日数単位');
    expect(lines[4]).toBe('施設,コード,名称,名称(英語),年月,使用日数,開館日数,稼働率(%),計画(%)');
    expect(lines[5]).toBe(
      `big-palette,${hall},多目的展示ホール,Exhibition Hall,2026-06,4,28,14.3,`,
    );
    expect(lines[6]).toBe(
      `big-palette,${hall},多目的展示ホール,Exhibition Hall,合計,4,28,14.3,40.0`,
    );
  });
});

describe('who may read reports, and what they may ask', () => {
  const paths = ['occupancy?from=2026-06&to=2026-06', 'today', 'board?venue=big-palette'];

  test.each(paths)('%s needs a sign-in', async (path) => {
    const { status, body } = await app.call(`/api/reports/${path}`);
    expect([status, body.error.code]).toEqual([401, 'accounts.sign_in_required']);
  });

  test.each(paths)('%s is not for organizers', async (path) => {
    const { status, body } = await app.call(`/api/reports/${path}`, { as: organizer });
    expect([status, body.error.code]).toEqual([403, 'accounts.forbidden']);
  });

  test.each([
    'occupancy?from=2026-06&to=2026-06&venue=corasse',
    'today?venue=corasse',
    'board?venue=corasse',
  ])('%s is not for the staff of another venue', async (path) => {
    const { status } = await app.call(`/api/reports/${path}`, { as: desk });
    expect(status).toBe(403);
  });

  test('without a venue the report holds the venues of the reader only', async () => {
    const { body } = await occupancy('from=2026-06&to=2026-06');
    expect(new Set(body.rows.map((row: Row) => row.venueId))).toEqual(new Set(['big-palette']));
    const both = await app.staff('finance', 'big-palette', 'corasse');
    const wider = await occupancy('from=2026-06&to=2026-06', both);
    expect([...new Set(wider.body.rows.map((row: Row) => row.venueId))]).toEqual([
      'big-palette',
      'corasse',
    ]);
  });

  test('a month that does not exist is named', async () => {
    const { status, body } = await occupancy('from=2026-13&to=2026-06');
    expect(status).toBe(400);
    expect(body.error.fields).toEqual([
      {
        path: 'from',
        code: 'http.not_a_month',
        message: '年月は2026-04のように入力してください。',
      },
    ]);
  });

  test('a period of 25 months is too long', async () => {
    const { status, body } = await occupancy('from=2024-01&to=2026-01');
    expect([status, body.error.code]).toEqual([422, 'reports.range_too_long']);
  });

  test('a period may not end before it begins', async () => {
    const { status, body } = await occupancy('from=2026-02&to=2026-01');
    expect([status, body.error.code]).toEqual([422, 'reports.range_backwards']);
  });
});

describe('the day at the desk', () => {
  let paid: string;

  beforeAll(async () => {
    const { house } = app;
    paid = await makeBooking(
      [
        { room: hall, configuration: 'a+b', date: '2026-11-24', band: 'daytime' },
        { room: 'big-palette.training', date: '2026-11-24', band: 'afternoon', phase: 'storage' },
      ],
      { title: 'ものづくり展' },
    );
    for (const [kind, amountYen] of [
      ['charged', 407_000],
      ['received', -400_000],
    ] as const) {
      await house.database.db.insert(moneyEvents).values({
        id: house.newId('money_event'),
        venueId: 'big-palette',
        billingAccountId: paid,
        kind,
        amountYen,
        cause: `${kind}:${paid}`,
        actor: { kind: 'import', name: 'test' },
        happenedAt: house.now(),
        recordedAt: house.now(),
        bookedOn: '2026-11-24',
      });
    }
    await makeBooking([{ room: 'big-palette.presentation', date: '2026-11-24' }], {
      state: 'held',
      title: '説明会',
    });
    await makeBooking([{ room: 'big-palette.special-room', date: '2026-11-24' }], {
      state: 'held',
      holdExpiresAt: new Date('2026-11-24T00:59:59Z'),
    });
    await makeBooking([{ room: 'big-palette.mid-meeting', date: '2026-11-24' }], {
      state: 'cancelled',
    });
  });

  test('shows the uses of today in the order of time, with what is still owed', async () => {
    const { status, body } = await app.call('/api/reports/today', { as: desk });
    expect(status).toBe(200);
    expect(body.date).toBe('2026-11-24');
    expect(
      body.uses.map((use: Use) => [use.title, use.bandCode, use.state, use.balanceYen]),
    ).toEqual([
      ['ものづくり展', 'daytime', 'approved', 7_000],
      ['説明会', 'morning', 'held', null],
      ['ものづくり展', 'afternoon', 'approved', 7_000],
    ]);
    expect(body.uses[0]).toMatchObject({
      bookingId: paid,
      organizationName: '郡山見本市実行委員会',
      phase: 'event',
      venueId: 'big-palette',
      roomNameJa: '多目的展示ホール',
      configurationNameJa: 'A+B',
      startsAt: '2026-11-24T00:00:00.000Z',
      endsAt: '2026-11-24T08:00:00.000Z',
      attendance: 120,
    });
  });

  test('shows another day when asked', async () => {
    const { body } = await app.call('/api/reports/today?venue=big-palette&date=2026-06-06', {
      as: desk,
    });
    expect(body.uses).toHaveLength(1);
  });

  test('the board shows every part and slot: taken, held, free', async () => {
    const { status, body } = await app.call('/api/reports/board?venue=big-palette', { as: desk });
    expect(status).toBe(200);
    expect(body.slots.map((slot: { code: string }) => slot.code)).toEqual([
      'morning',
      'afternoon',
      'evening',
    ]);
    const cell = (id: string) =>
      body.rooms
        .flatMap((room: { cells: Cell[] }) => room.cells)
        .find((one: Cell) => one.cellId === `big-palette.${id}`);
    const states = (id: string) => cell(id).slots.map((slot: { state: string }) => slot.state);
    expect(states('exhibition-hall.a')).toEqual(['approved', 'approved', 'free']);
    expect(states('exhibition-hall.b')).toEqual(['approved', 'approved', 'free']);
    expect(states('exhibition-hall.c')).toEqual(['free', 'free', 'free']);
    expect(states('presentation.all')).toEqual(['held', 'free', 'free']);
    expect(states('special-room.all')).toEqual(['free', 'free', 'free']);
    expect(cell('exhibition-hall.a').slots[0]).toMatchObject({
      bookingId: paid,
      title: 'ものづくり展',
      organizationName: '郡山見本市実行委員会',
      phase: 'event',
      balanceYen: 7_000,
    });
  });

  test('the board of a closed day says why', async () => {
    const { body } = await app.call('/api/reports/board?venue=big-palette&date=2027-01-01', {
      as: desk,
    });
    expect(body.rooms[0].cells[0].slots[0]).toEqual({
      slot: 'morning',
      state: 'closed',
      closureReasonJa: '年末年始の休館',
      closureReasonEn: 'Closed over the New Year',
    });
  });

  test('an unreal day is refused by name', async () => {
    const { status, body } = await app.call(
      '/api/reports/board?venue=big-palette&date=2026-02-30',
      {
        as: desk,
      },
    );
    expect(status).toBe(400);
    expect(body.error.fields[0].path).toBe('date');
  });
});
