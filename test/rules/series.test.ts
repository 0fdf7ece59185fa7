import { describe, expect, it, test } from 'vitest';
import { datesOf, usesOn, type SeriesRule } from '#api/series/rules/dates.ts';
import { addMonths, dayOf, localDay, weekdayOf, type LocalDay } from '#api/shared/time.ts';
import { bandInstants } from '#api/slots/rules/band.ts';

const day = (text: string) => localDay(text);

const datesFrom = (rule: SeriesRule): LocalDay[] => {
  const dates = datesOf(rule);
  if (!dates.ok) throw dates.error;
  return dates.value;
};

const refusalOf = (rule: SeriesRule) => {
  const dates = datesOf(rule);
  if (dates.ok) throw new Error(`accepted: ${dates.value.join(' ')}`);
  return dates.error;
};

const weekly = (more: object): SeriesRule =>
  ({ kind: 'weekly', interval: 1, weekdays: [2], from: day('2027-03-01'), ...more }) as SeriesRule;

const monthly = (more: object): SeriesRule =>
  ({
    kind: 'monthly_by_weekday',
    interval: 1,
    nth: 2,
    weekday: 3,
    from: day('2027-01-01'),
    ...more,
  }) as SeriesRule;

describe('weekly', () => {
  it('is every Tuesday from the first day on', () => {
    expect(datesFrom(weekly({ count: 3 }))).toEqual(['2027-03-02', '2027-03-09', '2027-03-16']);
  });

  it('never walks on from days that cannot be compared', () => {
    expect(() => datesOf(weekly({ from: day('0000-01-01'), count: 3 }))).toThrow(RangeError);
  });

  it('ends with its last day, which may be one', () => {
    expect(datesFrom(weekly({ until: day('2027-03-16') })).at(-1)).toBe('2027-03-16');
  });

  it('counts every second week from the week of the first day, Monday to Sunday', () => {
    const rule = weekly({ interval: 2, weekdays: [7, 1], from: day('2027-03-03'), count: 4 });
    expect(datesFrom(rule)).toEqual(['2027-03-07', '2027-03-15', '2027-03-21', '2027-03-29']);
  });

  it('goes over the leap day', () => {
    const rule = weekly({ from: day('2028-02-22'), count: 3 });
    expect(datesFrom(rule)).toEqual(['2028-02-22', '2028-02-29', '2028-03-07']);
  });

  it('keeps the closed days of the year end: they clash, they do not vanish', () => {
    const rule = weekly({ weekdays: [3], from: day('2027-12-22'), count: 4 });
    expect(datesFrom(rule)).toEqual(['2027-12-22', '2027-12-29', '2028-01-05', '2028-01-12']);
  });

  it('skips no week and repeats none where the clocks change', () => {
    const rule = weekly({ weekdays: [7], from: day('2027-03-21'), count: 3 });
    expect(datesFrom(rule)).toEqual(['2027-03-21', '2027-03-28', '2027-04-04']);
  });
});

describe('monthly by weekday', () => {
  it('is the second Wednesday of every month', () => {
    expect(datesFrom(monthly({ count: 3 }))).toEqual(['2027-01-13', '2027-02-10', '2027-03-10']);
  });

  it('is the last Friday, at whichever end of the month it stands', () => {
    const rule = monthly({ nth: 'last', weekday: 5, count: 4 });
    expect(datesFrom(rule)).toEqual(['2027-01-29', '2027-02-26', '2027-03-26', '2027-04-30']);
  });

  it('is the leap day where that is the last Tuesday of February', () => {
    const rule = monthly({ nth: 'last', weekday: 2, from: day('2028-02-01'), count: 1 });
    expect(datesFrom(rule)).toEqual(['2028-02-29']);
  });

  it('begins in the next month where the first one is over', () => {
    expect(datesFrom(monthly({ from: day('2027-01-14'), count: 1 }))).toEqual(['2027-02-10']);
  });

  it('counts months over the year end', () => {
    const rule = monthly({ interval: 3, from: day('2027-11-01'), count: 3 });
    expect(datesFrom(rule)).toEqual(['2027-11-10', '2028-02-09', '2028-05-10']);
  });

  it('refuses the fifth, names the months that have none and offers the last', () => {
    const error = refusalOf(monthly({ nth: 5, count: 3 }));
    expect(error.code).toBe('series.fifth_weekday');
    expect(error.options.detail).toMatchObject({
      offer: 'last',
      months: expect.arrayContaining(['2027-01', '2027-02']),
    });
    expect((error.options.detail as { months: string[] }).months).not.toContain('2027-03');
    expect(error.options.fields).toEqual([expect.objectContaining({ path: 'rule.nth' })]);
  });
});

describe('chosen dates', () => {
  it('come in order and each once', () => {
    const dates = [day('2027-05-02'), day('2027-03-01'), day('2027-05-02')];
    expect(datesFrom({ kind: 'dates', dates })).toEqual(['2027-03-01', '2027-05-02']);
  });

  it('must be at least one', () => {
    expect(refusalOf({ kind: 'dates', dates: [] }).code).toBe('series.no_dates');
  });
});

describe('a series', () => {
  it.each<[string, SeriesRule, string]>([
    ['without an end', weekly({}), 'series.no_end'],
    [
      'that ends before it begins',
      weekly({ until: day('2027-02-01'), count: 3 }),
      'series.until_reversed',
    ],
    ['that no day fits', weekly({ until: day('2027-03-01') }), 'series.no_dates'],
    ['of more than 60 dates', weekly({ count: 61 }), 'series.too_many_dates'],
    [
      'that grows past 60 dates',
      weekly({ weekdays: [1, 2, 3, 4, 5], until: day('2027-12-01') }),
      'series.too_many_dates',
    ],
    ['of more than 24 months', weekly({ until: day('2029-03-02') }), 'series.too_many_dates'],
    [
      'whose count reaches past 24 months',
      monthly({ interval: 6, count: 10 }),
      'series.too_many_dates',
    ],
    [
      'of chosen dates years apart',
      { kind: 'dates', dates: [day('2027-03-01'), day('2029-03-02')] },
      'series.too_many_dates',
    ],
  ])('%s is refused', (_, rule, code) => {
    expect(refusalOf(rule).code).toBe(code);
  });

  test('has its dates in order, each once, within its bounds and on its weekdays, whatever is asked', () => {
    let seed = 20_270_301;
    const dice = (sides: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % sides;
    };
    for (let round = 0; round < 500; round += 1) {
      const from = new Date(Date.UTC(2026 + dice(4), dice(12), 1 + dice(28)));
      const weekday = 1 + dice(7);
      const bounds = { from: dayOf(from, 'UTC'), count: 1 + dice(20) };
      const rule: SeriesRule =
        dice(2) === 0
          ? { kind: 'weekly', interval: 1 + dice(5), weekdays: [weekday], ...bounds }
          : {
              kind: 'monthly_by_weekday',
              interval: 1,
              nth: ([1, 2, 3, 4, 'last'] as const)[dice(5)]!,
              weekday,
              ...bounds,
            };
      const dates = datesFrom(rule);
      expect(dates).toHaveLength(bounds.count);
      expect(dates).toEqual([...new Set(dates)].sort());
      expect(dates[0]! >= bounds.from).toBe(true);
      expect(dates.at(-1)! <= addMonths(bounds.from, 24)).toBe(true);
      expect(dates.every((one) => weekdayOf(one) === weekday)).toBe(true);
    }
  });
});

describe('the uses of a date', () => {
  const band = { code: 'morning', slotCodes: ['morning'] };
  const slots = [{ code: 'morning', startsTime: '09:00', endsTime: '12:00' }];
  const template = [
    { dayOffset: 0, room: 'hall', band: 'morning' },
    { dayOffset: 1, room: 'hall', band: 'morning' },
  ];

  it('may span days, over the end of a month and the leap day', () => {
    expect(usesOn(template, day('2028-02-29')).map(({ date }) => date)).toEqual([
      '2028-02-29',
      '2028-03-01',
    ]);
  });

  it.each([
    ['Europe/Helsinki', '2027-03-21', ['07', '06', '06']],
    ['Europe/Helsinki', '2027-10-24', ['06', '07', '07']],
    ['America/New_York', '2027-03-07', ['14', '13', '13']],
    ['America/New_York', '2027-10-31', ['13', '14', '14']],
    ['Asia/Tokyo', '2027-03-21', ['00', '00', '00']],
  ])('begin at nine by the clock of %s, from %s on', (zone, from, hours) => {
    const dates = datesFrom(weekly({ weekdays: [7], from: day(from), count: 3 }));
    const starts = dates
      .flatMap((date) => usesOn(template.slice(0, 1), date))
      .map(({ date }) => bandInstants(band, slots, date, zone).startsAt.toISOString());
    expect(starts).toEqual(dates.map((date, at) => `${date}T${hours[at]}:00:00.000Z`));
  });
});
