import { describe, expect, test } from 'vitest';
import { orThrow, type Result } from '#api/shared/result.ts';
import { daysFrom, fiscalYearOf, localDay } from '#api/shared/time.ts';
import {
  computeAvailability,
  type AvailabilityInput,
  type OccupiedTime,
} from '#api/slots/rules/availability.ts';
import { bandInstants, findBand } from '#api/slots/rules/band.ts';
import { closureInstants, closuresOfYear, isClosedEveryYear } from '#api/slots/rules/closures.ts';
import { holidayOn } from '#api/shared/holidays.ts';
import { decideRange } from '#api/slots/rules/range.ts';
import {
  bookableUntil,
  decideAhead,
  decideWindow,
  findPeriod,
  opensAt,
} from '#api/slots/rules/window.ts';

const slots = [
  { code: 'morning', startsTime: '09:00', endsTime: '13:00' },
  { code: 'afternoon', startsTime: '13:00', endsTime: '17:00' },
  { code: 'evening', startsTime: '17:00', endsTime: '21:00' },
];
const bands = [
  { code: 'daytime', slotCodes: ['morning', 'afternoon'] },
  { code: 'evening', slotCodes: ['evening'] },
];
const yearEnd = {
  fromMonthDay: '12-29',
  toMonthDay: '01-03',
  reasonJa: '年末年始の休館',
  reasonEn: 'Closed over the New Year',
};
const at = (text: string) => new Date(`${text}+09:00`);
const refusalOf = (result: Result<unknown>) => {
  if (result.ok) throw new Error('a refusal was expected');
  return result.error;
};

describe('the opening of booking', () => {
  test('is the first day of the month so many months earlier, at nine', () => {
    expect(opensAt(localDay('2027-03-18'), 12, '09:00')).toEqual(at('2026-03-01T09:00:00'));
    expect(opensAt(localDay('2027-03-31'), 6, '09:00')).toEqual(at('2026-09-01T09:00:00'));
    expect(opensAt(localDay('2028-02-29'), 24, '09:00')).toEqual(at('2026-02-01T09:00:00'));
  });

  test('waits for the 4th where the first falls into January', () => {
    expect(opensAt(localDay('2027-07-15'), 6, '09:00')).toEqual(at('2027-01-04T09:00:00'));
    expect(opensAt(localDay('2028-01-20'), 12, '09:00')).toEqual(at('2027-01-04T09:00:00'));
  });

  test('refuses a use a second too early and says when it opens', () => {
    const use = {
      day: localDay('2027-07-15'),
      startsAt: at('2027-07-15T09:00:00'),
      opensMonthsBefore: 6,
      opensAtTime: '09:00',
    };
    const early = refusalOf(decideWindow(use, at('2027-01-04T08:59:59')));
    expect(early.code).toBe('slots.not_open_yet');
    expect(early.options.params).toMatchObject({ opensOn: '2027-01-04', opensAtTime: '09:00' });
    expect(early.options.detail).toEqual({
      day: '2027-07-15',
      opensOn: '2027-01-04',
      opensAt: '2027-01-04T00:00:00.000Z',
    });
    expect(orThrow(decideWindow(use, at('2027-01-04T09:00:00')))).toEqual({
      opensAt: at('2027-01-04T09:00:00'),
    });
  });

  test('refuses a use that has begun', () => {
    const use = {
      day: localDay('2026-11-24'),
      startsAt: at('2026-11-24T13:00:00'),
      opensMonthsBefore: 6,
      opensAtTime: '09:00',
    };
    expect(decideWindow(use, at('2026-11-24T12:59:59')).ok).toBe(true);
    expect(refusalOf(decideWindow(use, at('2026-11-24T13:00:00'))).code).toBe('slots.past_day');
  });
});

describe('the last day that can be booked', () => {
  const opened = (
    months: number[],
    periods: Parameters<typeof bookableUntil>[0]['periods'] = [],
  ) => ({
    configurations: months.map((opensMonthsBefore) => ({ opensMonthsBefore })),
    periods,
    opensAtTime: '09:00',
    zone: 'Asia/Tokyo',
  });

  test('ends the month that opened this month, or the month before where it opens later today', () => {
    expect(bookableUntil(opened([6, 12]), at('2026-11-24T10:00:00'))).toBe('2027-11-30');
    expect(bookableUntil(opened([6]), at('2026-11-01T08:59:00'))).toBe('2027-04-30');
    expect(bookableUntil(opened([6]), at('2027-01-03T10:00:00'))).toBe('2027-06-30');
  });

  test('is later where an opening of its own was announced, and today where nothing is let', () => {
    const own = {
      roomClass: 'hall',
      usesFrom: localDay('2029-01-01'),
      usesUntil: localDay('2029-03-31'),
      opensAt: at('2027-02-01T09:00:00'),
      lottery: null,
    };
    expect(bookableUntil(opened([6], [own]), at('2026-11-24T10:00:00'))).toBe('2029-03-31');
    expect(bookableUntil(opened([]), at('2026-11-24T10:00:00'))).toBe('2026-11-24');
  });
});

describe('a period that opens in its own way', () => {
  const period = {
    roomClass: 'meeting',
    usesFrom: localDay('2027-07-01'),
    usesUntil: localDay('2027-07-31'),
    opensAt: at('2027-02-01T13:30:00'),
    lottery: null,
  };
  const lottery = {
    id: 'lot_1',
    collectsFrom: at('2027-01-04T09:00:00'),
    collectsUntil: at('2027-01-15T17:00:00'),
  };
  const use = {
    day: localDay('2027-07-15'),
    startsAt: at('2027-07-15T09:00:00'),
    opensMonthsBefore: 6,
    opensAtTime: '09:00',
    period,
  };

  test('is found by room class and day, its first and last day included', () => {
    const found = (roomClass: string, day: string) =>
      findPeriod([period], roomClass, localDay(day)) === period;
    expect(found('meeting', '2027-07-01')).toBe(true);
    expect(found('meeting', '2027-07-31')).toBe(true);
    expect(found('meeting', '2027-06-30')).toBe(false);
    expect(found('meeting', '2027-08-01')).toBe(false);
    expect(found('hall', '2027-07-15')).toBe(false);
  });

  test('opens then, whatever the months before say', () => {
    const early = refusalOf(decideWindow(use, at('2027-02-01T13:29:59')));
    expect(early.code).toBe('slots.not_open_yet');
    expect(early.options.params).toMatchObject({ opensOn: '2027-02-01', opensAtTime: '13:30' });
    expect(orThrow(decideWindow(use, period.opensAt))).toEqual({ opensAt: period.opensAt });
    const sooner = { ...use, period: { ...period, opensAt: at('2026-12-01T09:00:00') } };
    expect(decideWindow(sooner, at('2026-12-01T09:00:00')).ok).toBe(true);
  });

  test('tells that a lottery collects entries, and from when to when', () => {
    const drawn = { ...use, period: { ...period, lottery } };
    const refusal = refusalOf(decideWindow(drawn, at('2027-01-10T12:00:00')));
    expect(refusal.code).toBe('slots.lottery');
    expect(refusal.options.params).toMatchObject({
      collectsFrom: '2027-01-04 09:00',
      collectsUntil: '2027-01-15 17:00',
      opensOn: '2027-02-01',
    });
    expect(refusal.options.detail).toMatchObject({ lotteryId: 'lot_1' });
    expect(decideWindow(drawn, period.opensAt).ok).toBe(true);
  });

  test('still refuses what lies behind', () => {
    expect(refusalOf(decideAhead(use, use.startsAt)).code).toBe('slots.past_day');
    expect(decideAhead(use, at('2027-07-15T08:59:59')).ok).toBe(true);
  });
});

describe('a band', () => {
  test('runs from the start of its first slot to the end of its last', () => {
    expect(bandInstants(findBand(bands, 'daytime'), slots, localDay('2027-02-14'))).toEqual({
      startsAt: at('2027-02-14T09:00:00'),
      endsAt: at('2027-02-14T17:00:00'),
    });
  });

  test('must be one of the venue’s', () => {
    expect(() => findBand(bands, 'night')).toThrow('slots.unknown_band');
    const empty = { code: 'night', slotCodes: ['late'] };
    expect(() => bandInstants(empty, slots, localDay('2027-02-14'))).toThrow('slots.unknown_band');
  });
});

describe('the yearly closed days', () => {
  test('run over the year end within one fiscal year', () => {
    expect(closuresOfYear([yearEnd], 2026)).toMatchObject([
      { startsOn: '2026-12-29', endsOn: '2027-01-03' },
    ]);
  });

  test('before April belong to the fiscal year that began the spring before', () => {
    const february = { ...yearEnd, fromMonthDay: '02-10', toMonthDay: '02-12' };
    const [closure] = closuresOfYear([february], 2026);
    expect(closure).toMatchObject({ startsOn: '2027-02-10', endsOn: '2027-02-12' });
    expect(fiscalYearOf(closure!.startsOn)).toBe(2026);
  });

  test.each([
    ['2026-12-28', false],
    ['2026-12-29', true],
    ['2027-01-03', true],
    ['2027-01-04', false],
  ])('%s is closed: %s', (day, isClosed) => {
    expect(isClosedEveryYear([yearEnd], localDay(day))).toBe(isClosed);
  });

  test('take whole days', () => {
    const closure = { startsOn: localDay('2026-12-29'), endsOn: localDay('2027-01-03') };
    expect(closureInstants(closure)).toEqual({
      from: at('2026-12-29T00:00:00'),
      until: at('2027-01-04T00:00:00'),
    });
  });
});

test('national holidays carry their names', () => {
  expect(holidayOn(localDay('2027-02-11'))).toEqual({
    nameJa: '建国記念の日',
    nameEn: 'National Foundation Day',
  });
  expect(holidayOn(localDay('2027-02-12'))).toBeUndefined();
});

describe('the period asked for', () => {
  const today = localDay('2026-11-24');
  test('is 31 days from today where nothing is said', () => {
    const days = orThrow(decideRange({}, today));
    expect([days[0], days.at(-1), days.length]).toEqual(['2026-11-24', '2026-12-24', 31]);
  });

  test('is at most 62 days', () => {
    const from = localDay('2027-02-01');
    expect(orThrow(decideRange({ from, to: localDay('2027-04-03') }, today))).toHaveLength(62);
    const tooLong = refusalOf(decideRange({ from, to: localDay('2027-04-04') }, today));
    expect(tooLong.code).toBe('slots.range_too_long');
  });

  test('does not run backwards', () => {
    const asked = { from: localDay('2027-02-02'), to: localDay('2027-02-01') };
    expect(refusalOf(decideRange(asked, today)).code).toBe('slots.range_reversed');
  });
});

describe('availability', () => {
  const hall = [
    { id: 'hall.all', cellIds: ['a', 'b', 'c'], opensMonthsBefore: 24, roomClass: 'exhibition' },
    { id: 'hall.a+b', cellIds: ['a', 'b'], opensMonthsBefore: 24, roomClass: 'exhibition' },
    { id: 'hall.a', cellIds: ['a'], opensMonthsBefore: 12, roomClass: 'exhibition' },
    { id: 'hall.c', cellIds: ['c'], opensMonthsBefore: 12, roomClass: 'exhibition' },
  ];
  const day = localDay('2027-02-14');
  const occupied = (change: Partial<OccupiedTime>): OccupiedTime => ({
    cellId: 'b',
    startsAt: at('2027-02-14T09:00:00'),
    endsAt: at('2027-02-14T13:00:00'),
    state: 'approved',
    expiresAt: null,
    closureKind: null,
    ...change,
  });
  const look = (change: Partial<AvailabilityInput> = {}) =>
    computeAvailability({
      zone: 'Asia/Tokyo',
      opensAtTime: '09:00',
      days: [day],
      slots,
      configurations: hall,
      occupancies: [],
      closedDayRules: [yearEnd],
      openingPeriods: [],
      now: at('2026-11-24T10:00:00'),
      ...change,
    });
  const statesOf = (rows: ReturnType<typeof look>, configurationId: string) =>
    rows.filter((row) => row.configurationId === configurationId).map((row) => row.state);

  test('a taken cell takes every configuration that contains it, and no other', () => {
    const rows = look({ occupancies: [occupied({})] });
    expect(statesOf(rows, 'hall.all')).toEqual(['taken', 'free', 'free']);
    expect(statesOf(rows, 'hall.a+b')).toEqual(['taken', 'free', 'free']);
    expect(statesOf(rows, 'hall.a')).toEqual(['free', 'free', 'free']);
    expect(statesOf(rows, 'hall.c')).toEqual(['free', 'free', 'free']);
  });

  test('days of a lottery are not open yet, and say which lottery collects', () => {
    const period = {
      roomClass: 'exhibition',
      usesFrom: day,
      usesUntil: day,
      opensAt: at('2027-01-20T09:00:00'),
      lottery: {
        id: 'lot_1',
        collectsFrom: at('2026-12-01T09:00:00'),
        collectsUntil: at('2026-12-10T17:00:00'),
      },
    };
    const [row] = look({ openingPeriods: [period] });
    expect(row).toMatchObject({
      state: 'not_open_yet',
      reason: 'lottery',
      lotteryId: 'lot_1',
      opensOn: '2027-01-20',
    });
    const [later] = look({ openingPeriods: [period], now: at('2027-01-20T09:00:00') });
    expect(later!.state).toBe('free');
    const [plain] = look({ openingPeriods: [{ ...period, lottery: null }] });
    expect(plain).toMatchObject({ state: 'not_open_yet', opensOn: '2027-01-20' });
    expect(plain).not.toHaveProperty('reason');
  });

  test('a use that ends at one o’clock leaves the afternoon free', () => {
    const rows = look({ occupancies: [occupied({ endsAt: at('2027-02-14T13:00:01') })] });
    expect(statesOf(rows, 'hall.all')).toEqual(['taken', 'taken', 'free']);
  });

  test('a hold and a request look alike from outside', () => {
    const expiresAt = at('2026-11-25T00:00:00');
    for (const state of ['held', 'requested'] as const) {
      const rows = look({ occupancies: [occupied({ state, expiresAt })] });
      expect(statesOf(rows, 'hall.all')).toEqual(['held', 'free', 'free']);
    }
  });

  test('a hold past its end keeps nothing, a request does not lapse', () => {
    const expiresAt = at('2026-11-24T10:00:00');
    const held = look({ occupancies: [occupied({ state: 'held', expiresAt })] });
    expect(statesOf(held, 'hall.all')).toEqual(['free', 'free', 'free']);
    const requested = look({ occupancies: [occupied({ state: 'requested', expiresAt })] });
    expect(statesOf(requested, 'hall.all')).toEqual(['held', 'free', 'free']);
  });

  test('the stronger state wins where cells differ: closed, taken, held', () => {
    const rows = look({
      occupancies: [
        occupied({ cellId: 'a', state: 'held', expiresAt: at('2026-12-01T00:00:00') }),
        occupied({ cellId: 'b' }),
        occupied({ cellId: 'c', state: 'closed', closureKind: 'maintenance' }),
      ],
    });
    expect(rows.find((row) => row.configurationId === 'hall.all')).toMatchObject({
      state: 'closed',
      reason: 'maintenance',
    });
    expect(statesOf(rows, 'hall.a+b')[0]).toBe('taken');
    expect(statesOf(rows, 'hall.a')[0]).toBe('held');
  });

  test('one occupancy may cover many days', () => {
    const rows = look({
      days: daysFrom(localDay('2027-02-13'), localDay('2027-02-16')),
      occupancies: [
        occupied({ startsAt: at('2027-02-13T17:00:00'), endsAt: at('2027-02-15T13:00:00') }),
      ],
    });
    expect(statesOf(rows, 'hall.all').map((state) => state === 'taken')).toEqual([
      ...[false, false, true],
      ...[true, true, true],
      ...[true, false, false],
      ...[false, false, false],
    ]);
  });

  test('the yearly closed days are closed even before they are entered', () => {
    const rows = look({ days: [localDay('2026-12-29')] });
    expect(rows.every((row) => row.state === 'closed' && row.reason === 'annual')).toBe(true);
  });

  test('each configuration opens by its own window', () => {
    const rows = look({ days: [localDay('2028-02-14')] });
    expect(statesOf(rows, 'hall.all')).toEqual(['free', 'free', 'free']);
    const part = rows.find((row) => row.configurationId === 'hall.a');
    expect(part).toMatchObject({ state: 'not_open_yet', opensOn: '2027-02-01' });
  });

  test('what can no longer be applied for is not free: the deadline of its class of rooms has passed', () => {
    const requestDeadlineDays = { exhibition: 3 };
    const days = daysFrom(day, localDay('2027-02-17'));
    const rows = look({ days, requestDeadlineDays, now: at('2027-02-13T10:00:00') });
    const ofHall = rows.filter((row) => row.configurationId === 'hall.all');
    expect(ofHall.map(({ state }) => state === 'free')).toEqual([
      ...[false, false, false],
      ...[false, false, false],
      ...[true, true, true],
      ...[true, true, true],
    ]);
    expect(ofHall[0]).toMatchObject({ state: 'closed', reason: 'deadline' });
    const otherClass = look({
      requestDeadlineDays: { meeting: 3 },
      now: at('2027-02-13T10:00:00'),
    });
    expect(statesOf(otherClass, 'hall.all')).toEqual(['free', 'free', 'free']);
    const lastMoment = look({ requestDeadlineDays, now: at('2027-02-11T23:59:59') });
    expect(statesOf(lastMoment, 'hall.all')).toEqual(['free', 'free', 'free']);
  });

  test('a slot that has begun is closed, unless it is known to be taken', () => {
    const rows = look({ now: at('2027-02-14T13:00:00'), occupancies: [occupied({})] });
    const states = rows.filter((row) => row.configurationId === 'hall.all');
    expect(states).toMatchObject([
      { slot: 'morning', state: 'taken', isPast: true },
      { slot: 'afternoon', state: 'closed', reason: 'past', isPast: true },
      { slot: 'evening', state: 'free' },
    ]);
    expect(states[2]).not.toHaveProperty('isPast');
  });
});
