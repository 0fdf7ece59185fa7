import { describe, expect, test } from 'vitest';
import { boardOf, type BoardBooking, type BoardFacts } from '#api/reports/rules/board.ts';
import { countedUnits } from '#api/reports/rules/counted.ts';
import { closedBy, closureOf, type ClosedTime } from '#api/reports/rules/closed.ts';
import { definitionInWords } from '#api/reports/rules/definition.ts';
import {
  measureRoom,
  measureRooms,
  monthsFrom,
  rateOf,
  shownRate,
  type MeasuredRoom,
  type MeasuredUse,
  type Share,
} from '#api/reports/rules/measure.ts';
import {
  decidePeriod,
  occupancyTable,
  reportOccupancy,
  type Figure,
  type OccupancyFacts,
} from '#api/reports/rules/occupancy.ts';
import type { Month } from '#api/reports/schema.ts';
import { addDays, instantAt, localDay } from '#api/shared/time.ts';

const month = (text: string) => text as Month;
const slotCodes = ['morning', 'afternoon', 'evening'];
const slots = [
  { code: 'morning', startsTime: '09:00', endsTime: '13:00' },
  { code: 'afternoon', startsTime: '13:00', endsTime: '17:00' },
  { code: 'evening', startsTime: '17:00', endsTime: '21:00' },
].map((slot) => ({ ...slot, nameJa: slot.code, nameEn: slot.code }));
const years = new Map([['big-palette', new Set([2025, 2026])]]);

const room = (id: string): MeasuredRoom => ({
  id,
  venueId: 'big-palette',
  nameJa: id,
  nameEn: id,
  slots,
  cellIds: [`${id}.a`, `${id}.b`],
});
const hall = room('hall');

const use = (
  day: string,
  of: readonly string[] = ['morning'],
  more: Partial<MeasuredUse> = {},
): MeasuredUse => ({
  roomId: 'hall',
  usedOn: localDay(day),
  slotCodes: of,
  isEvent: true,
  ...more,
});

/** A cell shut from a day to a day, both included. */
const closed = (
  from: string,
  to: string,
  cellId: string,
  more: Partial<ClosedTime> = {},
): ClosedTime => ({
  cellId,
  from: instantAt(localDay(from), '00:00'),
  until: instantAt(addDays(localDay(to), 1), '00:00'),
  liftedAt: null,
  reasonJa: '点検',
  reasonEn: 'Inspection',
  ...more,
});
const shut = (from: string, to: string, id = 'hall', more: Partial<ClosedTime> = {}) =>
  [`${id}.a`, `${id}.b`].map((cellId) => closed(from, to, cellId, more));

const yearEnd = {
  venueId: 'big-palette',
  fromMonthDay: '12-29',
  toMonthDay: '01-03',
  reasonJa: '年末年始',
  reasonEn: 'New Year',
};
const byDay = { definition: 'day', countsSetup: true } as const;
const bySlot = { definition: 'slot', countsSetup: true } as const;

const countsOf = ({ numerator, denominator }: Share) => ({ numerator, denominator });

const measured = (
  uses: readonly MeasuredUse[],
  definition: Parameters<typeof measureRoom>[3] = byDay,
  times: readonly ClosedTime[] = [],
  of = '2026-04',
) => {
  const facts = { uses, closed: closedBy(times, [yearEnd]), years };
  return countsOf(measureRoom(hall, [month(of)], facts, definition)[0]!);
};

describe('counting by days', () => {
  test('a day with two uses counts once', () => {
    const uses = [use('2026-04-10'), use('2026-04-10', ['evening']), use('2026-04-11')];
    expect(measured(uses)).toEqual({ numerator: 2, denominator: 30 });
  });

  test('a room without use has all its days in the denominator', () => {
    expect(measured([])).toEqual({ numerator: 0, denominator: 30 });
  });

  test('the use of another room does not count', () => {
    const uses = [use('2026-04-10', ['morning'], { roomId: 'other' })];
    expect(measured(uses).numerator).toBe(0);
  });

  test('a use of the month before does not count', () => {
    expect(measured([use('2026-03-31'), use('2026-05-01')]).numerator).toBe(0);
  });
});

describe('counting by slots', () => {
  test('three slots a day are on offer', () => {
    expect(measured([use('2026-04-10', ['morning', 'afternoon'])], bySlot)).toEqual({
      numerator: 2,
      denominator: 90,
    });
  });

  test('two parts of a room used in one slot count once', () => {
    const uses = [use('2026-04-10', ['morning']), use('2026-04-10', ['morning', 'afternoon'])];
    expect(measured(uses, bySlot).numerator).toBe(2);
  });

  test('a slot the venue no longer sells does not count', () => {
    expect(measured([use('2026-04-10', ['night'])], bySlot).numerator).toBe(0);
  });
});

describe('set-up and take-down', () => {
  const uses = [
    use('2026-04-09', slotCodes, { isEvent: false }),
    use('2026-04-10', slotCodes),
    use('2026-04-11', ['morning'], { isEvent: false }),
    use('2026-04-11', ['evening']),
  ];

  test.each([
    [{ definition: 'day', countsSetup: true } as const, 3],
    [{ definition: 'day', countsSetup: false } as const, 2],
    [{ definition: 'slot', countsSetup: true } as const, 8],
    [{ definition: 'slot', countsSetup: false } as const, 4],
  ])('counted as %j give %i', (definition, numerator) => {
    expect(measured(uses, definition).numerator).toBe(numerator);
  });
});

describe('closed days', () => {
  test('leave the denominator', () => {
    const times = shut('2026-04-06', '2026-04-10');
    expect(measured([], byDay, times).denominator).toBe(25);
    expect(measured([], bySlot, times).denominator).toBe(75);
  });

  test('reach only into the months they touch', () => {
    const times = shut('2026-03-28', '2026-04-02');
    expect(measured([], byDay, times).denominator).toBe(28);
    expect(measured([], byDay, times, '2026-03').denominator).toBe(27);
    expect(measured([], byDay, times, '2026-05').denominator).toBe(31);
  });

  test('of the new year run over the end of the year', () => {
    expect(measured([], byDay, [], '2026-12').denominator).toBe(28);
    expect(measured([], byDay, [], '2027-01').denominator).toBe(28);
  });

  test('count once where two closures meet', () => {
    const times = [...shut('2026-04-06', '2026-04-10'), ...shut('2026-04-08', '2026-04-12')];
    expect(measured([], byDay, times).denominator).toBe(23);
  });

  test('of one room leave the others open, of one part the room', () => {
    expect(measured([], byDay, shut('2026-04-06', '2026-04-10', 'other')).denominator).toBe(30);
    const part = [closed('2026-04-06', '2026-04-10', 'hall.b')];
    expect(measured([], bySlot, part).denominator).toBe(90);
  });

  test('of one band take its slot and no day', () => {
    const morning = {
      from: instantAt(localDay('2026-04-06'), '09:00'),
      until: instantAt(localDay('2026-04-06'), '13:00'),
    };
    const times = shut('2026-04-06', '2026-04-06', 'hall', morning);
    expect(measured([], byDay, times).denominator).toBe(30);
    expect(measured([], bySlot, times).denominator).toBe(89);
  });

  test('lifted early are closed until the slot in which they were lifted', () => {
    const liftedAt = instantAt(localDay('2026-04-07'), '14:00');
    const times = shut('2026-04-06', '2026-04-10', 'hall', { liftedAt });
    expect(measured([], byDay, times).denominator).toBe(29);
    expect(measured([], bySlot, times).denominator).toBe(90 - 3 - 1);
  });

  test('on which a use took place count with it, so that no rate passes 100 %', () => {
    const times = shut('2026-04-10', '2026-04-10');
    const uses = [use('2026-04-10'), use('2026-04-11', ['evening'], { isEvent: false })];
    expect(measured(uses, byDay, times)).toEqual({ numerator: 2, denominator: 30 });
    expect(measured(uses, bySlot, times)).toEqual({ numerator: 2, denominator: 88 });
    const events = { definition: 'slot', countsSetup: false } as const;
    expect(measured(uses, events, times)).toEqual({ numerator: 1, denominator: 88 });
  });
});

describe('rooms measured together', () => {
  test('give the sum of used room-days over the sum of open room-days', () => {
    const uses = [
      use('2026-04-10'),
      use('2026-04-10', ['morning'], { roomId: 'small' }),
      use('2026-04-12', ['morning'], { roomId: 'small' }),
    ];
    const times = shut('2026-04-20', '2026-04-29', 'small');
    const [share] = measureRooms(
      [hall, room('small')],
      [month('2026-04')],
      { uses, closed: closedBy(times, []), years },
      byDay,
    );
    expect(countsOf(share!)).toEqual({ numerator: 3, denominator: 50 });
  });
});

describe('the rate', () => {
  test.each([
    [0, 30, 0, '0.0'],
    [30, 30, 10_000, '100.0'],
    [1, 3, 3_333, '33.3'],
    [2, 3, 6_667, '66.7'],
    [1, 8_000, 1, '0.0'],
    [1, 2_000, 5, '0.1'],
    [12_345, 100_000, 1_235, '12.3'],
  ])('of %i in %i is %i basis points and shown as %s %%', (numerator, denominator, bp, shown) => {
    expect(rateOf({ numerator, denominator, hasData: true })).toBe(bp);
    expect(shownRate({ numerator, denominator })).toBe(shown);
  });

  test('of a month without an open day is unknown, not zero', () => {
    expect(rateOf({ numerator: 0, denominator: 0, hasData: true })).toBeNull();
    expect(shownRate({ numerator: 0, denominator: 0 })).toBe('');
  });
});

describe('a fiscal year without any booking', () => {
  const known = { uses: [use('2026-04-10')], closed: closedBy([], []), years };
  const report = (from: string, to: string) => {
    const question = { ...byDay, by: 'room' as const, from: month(from), to: month(to) };
    const facts = { ...known, rooms: [hall], figures: [] };
    return reportOccupancy(question, monthsFrom(question.from, question.to), facts);
  };

  test('has no rate and says so, in the table too', () => {
    const told = report('2023-04', '2023-05');
    expect(told.rows[0]!.total).toEqual({
      numerator: 0,
      denominator: 61,
      hasData: false,
      rateBp: null,
    });
    expect(occupancyTable(told).at(-1)!.slice(-4)).toEqual(['', '', 'データなし', '']);
  });

  test('says nothing beside a year with bookings, whose months without use are 0 %', () => {
    const { months, total } = report('2027-03', '2027-04').rows[0]!;
    expect(months.map(({ rateBp, hasData }) => [rateBp, hasData])).toEqual([
      [0, true],
      [null, false],
    ]);
    expect(total).toMatchObject({ numerator: 0, denominator: 31, hasData: true, rateBp: 0 });
  });
});

describe('the uses behind a figure', () => {
  const uses = [
    use('2026-04-11', ['morning', 'afternoon'], { isEvent: false }),
    use('2026-04-10', ['morning']),
    use('2026-04-10', ['morning', 'afternoon']),
    use('2026-04-12', ['night']),
    use('2026-04-10', ['morning'], { roomId: 'other' }),
  ];

  test.each([
    [{ definition: 'day', countsSetup: true } as const, ['10 - 2', '11 - 1']],
    [{ definition: 'day', countsSetup: false } as const, ['10 - 2']],
    [{ definition: 'slot', countsSetup: true } as const, ['10 m 2', '10 a 1', '11 m 1', '11 a 1']],
    [{ definition: 'slot', countsSetup: false } as const, ['10 m 2', '10 a 1']],
  ])('are as many as it says: %j', (definition, units) => {
    const told = countedUnits([hall], uses, definition);
    expect(
      told.map((one) => `${one.usedOn.slice(8)} ${one.slot?.[0] ?? '-'} ${one.uses.length}`),
    ).toEqual(units);
    expect(measured(uses, definition).numerator).toBe(units.length);
  });
});

describe('the period', () => {
  test('holds every month from the first to the last', () => {
    expect(monthsFrom(month('2026-11'), month('2027-02'))).toEqual([
      '2026-11',
      '2026-12',
      '2027-01',
      '2027-02',
    ]);
  });

  test('may last 24 months and no longer', () => {
    expect(decidePeriod(month('2025-01'), month('2026-12')).ok).toBe(true);
    const longer = decidePeriod(month('2025-01'), month('2027-01'));
    expect(longer.ok ? '' : longer.error.code).toBe('reports.range_too_long');
  });

  test('may not end before it begins', () => {
    const backwards = decidePeriod(month('2026-05'), month('2026-04'));
    expect(backwards.ok ? '' : backwards.error.code).toBe('reports.range_backwards');
  });
});

describe('the plan', () => {
  const figure: Figure = {
    id: 'figure',
    venueId: 'big-palette',
    nameJa: '多目的展示ホール',
    nameEn: 'Exhibition Hall',
    roomIds: ['hall'],
    plans: [
      { fiscalYear: 2025, plannedRateBp: 3_000, source: '令和7年度' },
      { fiscalYear: 2026, plannedRateBp: 4_000, source: '令和8年度' },
    ],
    definitions: [
      {
        effectiveFrom: localDay('2026-04-01'),
        definition: 'slot',
        countsSetup: false,
        source: '新',
      },
      { effectiveFrom: localDay('2024-04-01'), definition: 'day', countsSetup: true, source: '旧' },
    ],
  };
  const facts: OccupancyFacts = {
    rooms: [hall],
    figures: [figure],
    uses: [use('2026-03-10'), use('2026-04-10', ['morning', 'afternoon'])],
    closed: closedBy([], []),
    years,
  };
  const planFrom = (from: string, to: string, changes: Partial<Figure> = {}) => {
    const question = { ...byDay, by: 'figure' as const, from: month(from), to: month(to) };
    const months = monthsFrom(question.from, question.to);
    const changed = { ...facts, figures: [{ ...figure, ...changes }] };
    return reportOccupancy(question, months, changed).rows[0]!.plan;
  };

  test('is held against the definition in force, whatever the report is counted by', () => {
    expect(planFrom('2026-04', '2026-04')).toMatchObject({
      rateBp: 4_000,
      fiscalYear: 2026,
      definition: 'slot',
      countsSetup: false,
      measured: { numerator: 2, denominator: 90, rateBp: 222 },
      differenceBp: -3_778,
    });
  });

  test('of a year that has ended keeps the definition of that year', () => {
    expect(planFrom('2026-03', '2026-03')).toMatchObject({
      rateBp: 3_000,
      fiscalYear: 2025,
      definition: 'day',
      measured: { numerator: 1, denominator: 31 },
    });
  });

  test('of a period over two fiscal years is that of the later, for its months only', () => {
    expect(planFrom('2026-03', '2026-04')).toMatchObject({
      fiscalYear: 2026,
      from: '2026-04',
      to: '2026-04',
      measured: { denominator: 90 },
    });
  });

  test('is left out where the year has none', () => {
    expect(planFrom('2027-04', '2027-04')).toBeUndefined();
  });

  test('is left out where no definition was in force', () => {
    expect(planFrom('2026-04', '2026-04', { definitions: [] })).toBeUndefined();
  });

  test('has no difference where nothing was open', () => {
    const question = {
      ...byDay,
      by: 'figure' as const,
      from: month('2026-04'),
      to: month('2026-04'),
    };
    const nothing = { ...facts, closed: closedBy(shut('2026-04-01', '2026-04-30'), []) };
    const [row] = reportOccupancy(question, [question.from], { ...nothing, uses: [] }).rows;
    expect(row).toMatchObject({ total: { rateBp: null }, plan: { differenceBp: null } });
  });

  test('stands in the table on the line of the whole period', () => {
    const question = {
      ...byDay,
      by: 'figure' as const,
      from: month('2026-04'),
      to: month('2026-04'),
    };
    const table = occupancyTable(reportOccupancy(question, [question.from], facts));
    expect(table[0]).toEqual(['施設稼働率', '2026-04〜2026-04']);
    expect(table[1]![1]).toContain('日数単位');
    expect(table.slice(-2)).toEqual([
      [
        'big-palette',
        'figure',
        '多目的展示ホール',
        'Exhibition Hall',
        '2026-04',
        '1',
        '30',
        '3.3',
        '',
      ],
      [
        'big-palette',
        'figure',
        '多目的展示ホール',
        'Exhibition Hall',
        '合計',
        '1',
        '30',
        '3.3',
        '40.0',
      ],
    ]);
  });
});

describe('the definition in words', () => {
  test('says whether set-up counts, in both languages', () => {
    const words = definitionInWords({ definition: 'slot', countsSetup: false });
    expect(words.ja).toContain('区分単位');
    expect(words.ja).toContain('保管だけの使用は数えません');
    expect(words.en).toContain('alone is not counted');
    expect(definitionInWords(byDay).en).toContain('alone is counted');
  });
});

describe('the board of a day', () => {
  const day = localDay('2026-11-24');
  const booking: BoardBooking = {
    cellId: 'hall.a',
    from: new Date('2026-11-24T00:00:00Z'),
    until: new Date('2026-11-24T04:00:00Z'),
    bookingId: 'bkg_1',
    number: 'R08-BP-000001',
    title: '総会',
    organizationName: '連合会',
    phase: 'event',
    state: 'approved',
    balanceYen: 108_900,
  };
  const slots = [
    { code: 'morning', nameJa: '午前', nameEn: 'Morning', startsTime: '09:00', endsTime: '13:00' },
    {
      code: 'afternoon',
      nameJa: '午後',
      nameEn: 'Afternoon',
      startsTime: '13:00',
      endsTime: '17:00',
    },
  ];
  const place = { id: 'hall', code: 'hall', nameJa: '室', nameEn: 'Room', venueId: 'big-palette' };
  const cells = ['a', 'b'].map((code) => ({
    cellId: `hall.${code}`,
    nameJa: code,
    nameEn: code,
    room: place,
  }));
  const facts: BoardFacts = { slots, cells, bookings: [booking], closed: closedBy([], []) };

  test('shows a booking in the part and slot it takes, and the rest free', () => {
    const [shown] = boardOf(day, facts).rooms;
    expect(shown!.cells[0]!.slots).toEqual([
      {
        slot: 'morning',
        state: 'approved',
        bookingId: 'bkg_1',
        number: 'R08-BP-000001',
        title: '総会',
        organizationName: '連合会',
        phase: 'event',
        balanceYen: 108_900,
      },
      { slot: 'afternoon', state: 'free' },
    ]);
    expect(shown!.cells[1]!.slots.map(({ state }) => state)).toEqual(['free', 'free']);
  });

  test('shows why a day is closed, and a booking that stands in the closure', () => {
    const works = closedBy(shut('2026-11-24', '2026-11-24'), []);
    const [shown] = boardOf(day, { ...facts, closed: works }).rooms;
    const place = { cellId: 'hall.a', venueId: 'big-palette' };
    expect(closureOf(works, place, addDays(day, 1), slots[0]!)).toBeUndefined();
    expect(shown!.cells[0]!.slots.map(({ state }) => state)).toEqual(['approved', 'closed']);
    expect(shown!.cells[1]!.slots[0]).toEqual({
      slot: 'morning',
      state: 'closed',
      closureReasonJa: '点検',
      closureReasonEn: 'Inspection',
    });
  });
});
