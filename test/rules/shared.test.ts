import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { hasRole, isMemberOf, type Actor } from '#api/shared/actor.ts';
import { AppError, defineErrors, sentenceOf, statusOfKind } from '#api/shared/error.ts';
import {
  catalogueIdSchema,
  idPrefixes,
  idSchema,
  type AccountId,
  type IdKind,
  type OrganizationId,
  type VenueId,
} from '#api/shared/ids.ts';
import { newId } from '#api/adapters/clock.ts';
import { shareOf, sumYen, taxInside, wholeYen } from '#api/shared/money.ts';
import { ok, orThrow, refuse } from '#api/shared/result.ts';
import {
  addDays,
  addMinutes,
  addMonths,
  dayOf,
  daysBetween,
  daysFrom,
  eraLabel,
  firstOfMonth,
  fiscalYearOf,
  instantAt,
  lastOfMonth,
  localDay,
  localDaySchema,
  wallClock,
  weekdayOf,
  type LocalDay,
} from '#api/shared/time.ts';

const yen = fc.integer({ min: 0, max: 2_000_000_000 });
const someDay = fc
  .date({
    min: new Date('2000-01-01T00:00:00Z'),
    max: new Date('2099-12-31T00:00:00Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString().slice(0, 10) as LocalDay);

describe('money', () => {
  it('is whole yen, and says so of anything else', () => {
    expect(wholeYen(-5)).toBe(-5);
    for (const wrong of [0.5, Number.NaN, Infinity, 2 ** 53]) {
      expect(() => wholeYen(wrong)).toThrow(RangeError);
      expect(() => sumYen([1, wrong])).toThrow(RangeError);
    }
    expect(sumYen([])).toBe(0);
  });

  it('drops the fraction of a yen', () => {
    expect(shareOf(10_001, 7_000)).toBe(7_000);
    expect(shareOf(9_999, 5_000)).toBe(4_999);
    expect(shareOf(721_600, 10_000)).toBe(721_600);
    expect(shareOf(1, 1)).toBe(0);
  });

  it('keeps every yen of amounts no double could multiply', () => {
    expect(shareOf(9_007_199_254_740_991, 10_000)).toBe(9_007_199_254_740_991);
  });

  it('of a share never exceeds the amount, and loses less than a yen', () => {
    fc.assert(
      fc.property(yen, fc.integer({ min: 0, max: 10_000 }), (amount, rateBp) => {
        const share = shareOf(amount, rateBp);
        expect(share).toBeLessThanOrEqual(amount);
        expect(BigInt(share) * 10_000n).toBeLessThanOrEqual(BigInt(amount) * BigInt(rateBp));
        expect(BigInt(share + 1) * 10_000n).toBeGreaterThan(BigInt(amount) * BigInt(rateBp));
      }),
    );
  });

  it('includes its tax: 10 % is one eleventh, rounded down once', () => {
    expect(taxInside(1_100)).toBe(100);
    expect(taxInside(217_800)).toBe(19_800);
    expect(taxInside(109)).toBe(9);
    expect(taxInside(1_080, 800)).toBe(80);
    expect(taxInside(0)).toBe(0);
  });

  it('taxed line by line is never more than taxed once', () => {
    fc.assert(
      fc.property(fc.array(yen, { maxLength: 20 }), (amounts) => {
        const byLine = sumYen(amounts.map((amount) => taxInside(amount)));
        const once = taxInside(sumYen(amounts));
        expect(byLine).toBeLessThanOrEqual(once);
        expect(once - byLine).toBeLessThanOrEqual(Math.max(0, amounts.length - 1));
      }),
    );
  });

  it('without its tax and the tax together are the price again', () => {
    fc.assert(
      fc.property(yen, (net) => {
        const gross = net + Math.floor(net / 10);
        expect(Math.abs(gross - taxInside(gross) - net)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('days', () => {
  it.each([
    ['2027-02-14', '2027-02-14'],
    ['2027/2/14', '2027-02-14'],
    ['２０２７／２／１４', '2027-02-14'],
    ['２０２７－０２－１４', '2027-02-14'],
    ['2027.2.4', '2027-02-04'],
    ['2027年2月14日', '2027-02-14'],
    [' 2027-02-14 ', '2027-02-14'],
    ['2028-02-29', '2028-02-29'],
  ])('typed as %s is %s', (typed, day) => {
    expect(localDaySchema.parse(typed)).toBe(day);
  });

  it.each(['2027-02-29', '2027-13-01', '2027-00-10', '27-02-14', '2027-02-14T00:00', 'today', ''])(
    '%j is none',
    (typed) => {
      expect(localDaySchema.safeParse(typed).success).toBe(false);
      expect(() => localDay(typed)).toThrow(RangeError);
    },
  );

  it.each(['0000-01-01', '0001-01-01', '1989-12-31', '2200-01-01', '9999-12-31'])(
    '%s is outside every book',
    (typed) => {
      const { error } = localDaySchema.safeParse(typed);
      expect(error?.issues).toEqual([
        expect.objectContaining({
          params: expect.objectContaining({ code: 'http.day_out_of_range' }),
        }),
      ]);
    },
  );

  it('are never reckoned beyond years of four digits, where they could not be compared', () => {
    expect(() => addDays(localDay('9999-12-31'), 1)).toThrow(RangeError);
    expect(() => addMonths(localDay('0000-01-01'), -1)).toThrow(RangeError);
  });

  it('end a month on its own last day', () => {
    const lasts = ['2027-02-10', '2028-02-10', '2027-04-30', '2027-12-01'] as LocalDay[];
    expect(lasts.map(lastOfMonth)).toEqual([
      '2027-02-28',
      '2028-02-29',
      '2027-04-30',
      '2027-12-31',
    ]);
    expect(firstOfMonth('2027-02-28' as LocalDay)).toBe('2027-02-01');
  });

  it('a month later stay within the month', () => {
    expect(addMonths('2027-01-31' as LocalDay, 1)).toBe('2027-02-28');
    expect(addMonths('2028-02-29' as LocalDay, 12)).toBe('2029-02-28');
    expect(addMonths('2027-03-31' as LocalDay, -1)).toBe('2027-02-28');
    expect(addMonths('2027-01-15' as LocalDay, -13)).toBe('2025-12-15');
    expect(addMonths('2027-11-30' as LocalDay, 24)).toBe('2029-11-30');
  });

  it('are counted over leap days and year ends', () => {
    expect(addDays('2028-02-28' as LocalDay, 1)).toBe('2028-02-29');
    expect(addDays('2026-12-31' as LocalDay, 1)).toBe('2027-01-01');
    expect(addDays('2027-01-01' as LocalDay, -1)).toBe('2026-12-31');
    expect(daysBetween('2027-12-31' as LocalDay, '2028-03-01' as LocalDay)).toBe(61);
  });

  it('from one to another are all of them, in order, or none', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: 0, max: 400 }), (from, length) => {
        const days = daysFrom(from, addDays(from, length));
        expect(days).toHaveLength(length + 1);
        expect(days[0]).toBe(from);
        expect(days).toEqual([...new Set(days)].sort());
        expect(days.every((day, at) => addDays(from, at) === day)).toBe(true);
        expect(daysBetween(from, days.at(-1)!)).toBe(length);
      }),
      { numRuns: 30 },
    );
    expect(daysFrom('2027-02-14' as LocalDay, '2027-02-13' as LocalDay)).toEqual([]);
  });

  it('added and taken away again are the same day', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: -5_000, max: 5_000 }), (day, days) => {
        expect(addDays(addDays(day, days), -days)).toBe(day);
      }),
    );
  });

  it('know their weekday', () => {
    const monday = '2026-11-23' as LocalDay;
    const week = daysFrom(monday, addDays(monday, 6)).map(weekdayOf);
    expect(week).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

describe('instants', () => {
  it('are nine hours behind the clock of the venue', () => {
    const day = '2027-02-14' as LocalDay;
    expect(instantAt(day, '09:00').toISOString()).toBe('2027-02-14T00:00:00.000Z');
    expect(instantAt(day, '00:00').toISOString()).toBe('2027-02-13T15:00:00.000Z');
  });

  it('at 24:00 are midnight after the day', () => {
    expect(instantAt('2027-12-31' as LocalDay, '24:00')).toEqual(
      instantAt('2028-01-01' as LocalDay, '00:00'),
    );
  });

  it('belong to the day of the venue, not of the machine', () => {
    expect(dayOf(new Date('2027-02-13T14:59:59.999Z'))).toBe('2027-02-13');
    expect(dayOf(new Date('2027-02-13T15:00:00Z'))).toBe('2027-02-14');
    expect(dayOf(new Date('2027-02-13T15:00:00Z'), 'America/New_York')).toBe('2027-02-13');
  });

  it('at noon and back are the same day in every zone', () => {
    const zones = ['Asia/Tokyo', 'Europe/London', 'America/St_Johns', 'Pacific/Kiritimati', 'UTC'];
    fc.assert(
      fc.property(someDay, fc.constantFrom(...zones), (day, zone) => {
        expect(dayOf(instantAt(day, '12:00', zone), zone)).toBe(day);
      }),
    );
  });

  it('are those of the library in every zone, with one wall clock for each', () => {
    const zones = ['Asia/Tokyo', 'Europe/London', 'America/St_Johns', 'Australia/Lord_Howe'];
    const minutes = fc.integer({ min: 0, max: 1_439 });
    fc.assert(
      fc.property(someDay, minutes, fc.constantFrom(...zones), (day, at, zone) => {
        const two = (part: number) => String(part).padStart(2, '0');
        const time = `${two(Math.floor(at / 60))}:${two(at % 60)}`;
        const known = DateTime.fromISO(`${day}T${time}`, { zone });
        const instant = instantAt(day, time, zone);
        if (known.getPossibleOffsets().length === 1) expect(instant).toEqual(known.toJSDate());
        const clock = DateTime.fromJSDate(instant, { zone }).toFormat('yyyy-MM-dd HH:mm');
        expect(wallClock(instant, zone)).toBe(clock);
      }),
      { numRuns: 500 },
    );
  });

  it('follow a zone into summer time and out of it', () => {
    const at = (day: string, time: string) =>
      instantAt(day as LocalDay, time, 'America/New_York').toISOString();
    expect(at('2027-03-13', '09:00')).toBe('2027-03-13T14:00:00.000Z');
    expect(at('2027-03-14', '09:00')).toBe('2027-03-14T13:00:00.000Z');
    expect(at('2027-03-14', '00:00')).toBe('2027-03-14T05:00:00.000Z');
    expect(at('2027-03-14', '02:30')).toBe('2027-03-14T07:30:00.000Z');
    expect(at('2027-11-07', '00:30')).toBe('2027-11-07T04:30:00.000Z');
    expect(at('2027-11-07', '01:30')).toBe('2027-11-07T05:30:00.000Z');
    expect(at('2027-11-07', '03:00')).toBe('2027-11-07T08:00:00.000Z');
  });

  it('move by minutes', () => {
    expect(addMinutes(new Date('2027-02-13T23:50:00Z'), 15).toISOString()).toBe(
      '2027-02-14T00:05:00.000Z',
    );
  });
});

describe('fiscal years', () => {
  it('begin in April', () => {
    expect(fiscalYearOf('2027-03-31' as LocalDay)).toBe(2026);
    expect(fiscalYearOf('2027-04-01' as LocalDay)).toBe(2027);
    expect(fiscalYearOf('2027-01-01' as LocalDay)).toBe(2026);
  });

  it('have the era on papers', () => {
    expect([2019, 2026, 2027, 2034].map(eraLabel)).toEqual(['R01', 'R08', 'R09', 'R16']);
  });
});

describe('ids', () => {
  it('of every kind are read as that kind and no other', () => {
    const kinds = Object.keys(idPrefixes) as IdKind[];
    for (const kind of kinds) {
      const id = newId(kind);
      const readers = kinds.filter((other) => idSchema(other).safeParse(id).success);
      expect(readers).toEqual([kind]);
    }
  });

  it('made later sort later', () => {
    const ids = Array.from({ length: 50 }, () => newId('booking'));
    expect([...ids].sort()).toEqual(ids);
  });

  it('of the catalogue are readable paths', () => {
    const isId = (text: string) => catalogueIdSchema().safeParse(text).success;
    expect(['big-palette', 'big-palette.exhibition-hall.a+b'].every(isId)).toBe(true);
    expect(['', '-a', 'a-', 'a..b', 'A', 'a b', '../x', 'a'.repeat(121)].some(isId)).toBe(false);
  });
});

describe('errors', () => {
  const errors = defineErrors('halls', {
    full: { kind: 'conflict', ja: '{room}は満室です。', en: '{room} is full at {time}.' },
  });

  it('have a code of their feature, sentences with values filled in, and a status', () => {
    const error = errors.full({ params: { room: '101' } });
    expect(error).toBeInstanceOf(AppError);
    expect(error.code).toBe('halls.full');
    expect(statusOfKind[error.kind]).toBe(409);
    expect(sentenceOf(error, 'ja')).toBe('101は満室です。');
    expect(sentenceOf(error, 'en')).toBe('101 is full at {time}.');
  });

  it('name days and moments as people do, with the weekday', () => {
    const told = (room: string) => {
      const error = errors.full({ params: { room } });
      return [sentenceOf(error, 'ja'), sentenceOf(error, 'en').split(' is')[0]];
    };
    expect(told('2027-02-14')).toEqual(['2027年2月14日(日)は満室です。', 'Sun 14 Feb 2027']);
    expect(told('2026-11-24 09:00')).toEqual([
      '2026年11月24日(火) 9:00は満室です。',
      'Tue 24 Nov 2026 9:00',
    ]);
    expect(told('2027-02-30')[0]).toBe('2027-02-30は満室です。');
  });

  it('travel as results until somebody asks for the value', () => {
    expect(orThrow(ok(5))).toBe(5);
    expect(() => orThrow(refuse(errors.full()))).toThrow('halls.full');
  });
});

describe('who acts', () => {
  const venue = 'big-palette' as VenueId;
  const staff = (...roles: ('desk' | 'manager' | 'finance' | 'administrator')[]): Actor => ({
    kind: 'staff',
    accountId: 'acc_1' as AccountId,
    roles: { [venue]: roles },
  });

  it('holds a role at a venue only where it was given', () => {
    expect(hasRole(staff('desk'), venue, ['desk', 'manager'])).toBe(true);
    expect(hasRole(staff('desk'), venue, ['manager'])).toBe(false);
    expect(hasRole(staff('manager'), 'corasse' as VenueId, ['manager'])).toBe(false);
    expect(hasRole(staff('administrator'), venue, ['finance'])).toBe(true);
    expect(hasRole({ kind: 'anonymous' }, venue, ['desk'])).toBe(false);
  });

  it('acts for the house as a job, a webhook or an import', () => {
    const house: Actor[] = [
      { kind: 'job', name: 'x' },
      { kind: 'webhook', source: 'x' },
      { kind: 'import', name: 'x' },
    ];
    expect(house.every((actor) => hasRole(actor, venue, ['manager']))).toBe(true);
  });

  it('is a member of its own organizations only', () => {
    const own = 'org_1' as OrganizationId;
    const organizer: Actor = {
      kind: 'organizer',
      accountId: 'acc_1' as AccountId,
      organizationIds: [own],
    };
    expect(isMemberOf(organizer, own)).toBe(true);
    expect(isMemberOf(organizer, 'org_2' as OrganizationId)).toBe(false);
    expect(isMemberOf(staff('administrator'), own)).toBe(false);
  });
});
