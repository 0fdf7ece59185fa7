import { describe, expect, it } from 'vitest';
import type { PricedCatalogue } from '#api/fees/rules/catalogue.ts';
import { quoteBooking } from '#api/fees/rules/quote.ts';
import { assembleTariff } from '#api/fees/rules/tariff.ts';
import { overtimeSchema } from '#api/fees/schema.ts';
import { orThrow } from '#api/shared/result.ts';
import { addDays, localDay } from '#api/shared/time.ts';
import {
  bigPalette,
  bigPaletteParts,
  hall,
  hallA,
  hallB,
  makeQuoteInput,
  meetingRoom,
  testOvertime,
} from '#test/fixtures/tariff.ts';

const tariffWith = (overtime: typeof testOvertime | null) =>
  assembleTariff({ ...bigPaletteParts, overtime });

type Uses = Parameters<typeof makeQuoteInput>[0];
type Rest = Parameters<typeof makeQuoteInput>[1];

const quote = (
  uses: Uses,
  rest: Rest = {},
  overtime = testOvertime,
  catalogue: PricedCatalogue = bigPalette,
) => orThrow(quoteBooking(makeQuoteInput(uses, rest), [tariffWith(overtime)], catalogue));

const overtimeOf = (...asked: Parameters<typeof quote>) =>
  quote(...asked).lines.filter(({ kind }) => kind === 'overtime');

// 119,790 yen for the four hours of the morning of part A; an hour is 29,947.5, rounded down to 29,940.
const hourYen = 29_940;

describe('time outside the hours of the house', () => {
  it('costs each started hour the share of the slot it adjoins, on a line of its own', () => {
    const quoted = quote([{ configurationId: hallA, earlyMinutes: 90 }]);
    expect(quoted.lines.map(({ kind }) => kind)).toEqual(['room', 'overtime']);
    expect(quoted.lines[0]).toMatchObject({ amountYen: 217_800 });
    expect(quoted.lines[1]).toMatchObject({
      side: 'early',
      bandCode: 'morning',
      quantity: 2,
      unit: 'hour',
      unitYen: hourYen,
      amountYen: 2 * hourYen,
      publication: 'provisional',
      reasonJa:
        '1時間の額は9時〜13時の料金 119,790円 ÷ 4時間（10円未満切捨て）。時間外（9時より前）1時間30分（1時間未満は切り上げて2時間）× 29,940円',
    });
    expect(quoted.warnings.map(({ code }) => code)).toContain('fees.provisional_rule');
  });

  it('after the evening adjoins the evening, overnight until the next opening too', () => {
    const [line] = overtimeOf([
      { configurationId: hallA, bandCode: 'all_day', lateMinutes: 12 * 60 },
    ]);
    expect(line).toMatchObject({ side: 'late', bandCode: 'evening', quantity: 12 });
  });

  it('may be a share of the whole band by its hours', () => {
    const per = { ...testOvertime, per: 'band_hour' as const, hourShareBp: 3_000 };
    const [line] = overtimeOf([{ configurationId: hallA, lateMinutes: 60 }], {}, per);
    // 217,800 ÷ 8 × 30 % = 8,167.5
    expect(line).toMatchObject({ unitYen: 8_160, bandCode: 'daytime', quantity: 1 });
    expect(line!.reasonJa).toContain('217,800円 ÷ 8時間 × 30%');
  });

  it('follows the rules of its phase, and is never reduced', () => {
    const reduction = {
      groundCode: 'prefecture',
      reducedBp: 10_000,
      nameJa: '県の主催',
      nameEn: 'held by the prefecture',
      publication: 'published' as const,
      source: '条例',
    };
    const lines = overtimeOf([{ configurationId: hallA, phase: 'setup', earlyMinutes: 60 }], {
      reduction,
    });
    expect(lines).toMatchObject([{ amountYen: Math.floor(hourYen * 0.7) }]);
  });

  it('adds minutes up before it rounds them, one line for each side', () => {
    const lines = overtimeOf([
      { configurationId: hallA, bandCode: 'morning', earlyMinutes: 45 },
      { configurationId: hallA, bandCode: 'all_day', earlyMinutes: 90, lateMinutes: 15 },
    ]);
    expect(lines.map(({ side, quantity }) => [side, quantity])).toEqual([
      ['early', 2],
      ['late', 1],
    ]);
  });
});

describe('time outside a band that another use of the booking has', () => {
  it('costs nothing where it runs into the next use', () => {
    const uses = [
      { configurationId: hallA, bandCode: 'morning', lateMinutes: 240 },
      { configurationId: hallA, bandCode: 'afternoon' },
    ];
    expect(overtimeOf(uses)).toEqual([]);
    expect(quote(uses).totalYen).toBe(217_800);
  });

  it('costs nothing where the whole room is taken by another use', () => {
    const uses = [
      { configurationId: hallA, bandCode: 'morning', phase: 'setup' as const, lateMinutes: 60 },
      { configurationId: hall, bandCode: 'afternoon' },
    ];
    expect(overtimeOf(uses)).toEqual([]);
  });

  it('costs as ever where another part is taken', () => {
    const uses = [
      { configurationId: hallA, bandCode: 'morning', lateMinutes: 60 },
      { configurationId: hallB, bandCode: 'afternoon' },
    ];
    expect(overtimeOf(uses)).toMatchObject([{ quantity: 1 }]);
  });

  it('is paid once where the night before meets the morning after', () => {
    const night = { configurationId: hallA, bandCode: 'all_day' };
    const lines = overtimeOf([
      { ...night, date: localDay('2027-02-14'), lateMinutes: 11 * 60 },
      { ...night, date: localDay('2027-02-15'), earlyMinutes: 3 * 60 },
    ]);
    expect(lines.map(({ side, quantity }) => [side, quantity])).toEqual([
      ['late', 11],
      ['early', 1],
    ]);
  });

  it('does not charge the gap between two neighbouring slots of the booking', () => {
    const [morning, afternoon, evening] = bigPalette.slots;
    const gapped = {
      ...bigPalette,
      slots: [{ ...morning!, endsTime: '12:30' }, afternoon!, evening!],
    };
    const late = { configurationId: hallA, bandCode: 'morning', lateMinutes: 30 };
    const next = { configurationId: hallA, bandCode: 'afternoon' };
    expect(overtimeOf([late], {}, testOvertime, gapped)).toHaveLength(1);
    expect(overtimeOf([late, next], {}, testOvertime, gapped)).toEqual([]);
  });
});

describe('time outside the hours that has no price', () => {
  const refusal = (overtime: typeof testOvertime | null, configurationId: string) => {
    const uses = [{ configurationId, bandCode: 'daytime', lateMinutes: 60 }];
    const result = quoteBooking(makeQuoteInput(uses), [tariffWith(overtime)], bigPalette);
    if (result.ok) throw new Error('the quote was given');
    return { code: result.error.code, path: result.error.options.fields?.[0]?.path };
  };

  it('is refused where the tariff says nothing of it, naming the field', () => {
    const wanted = { code: 'fees.no_overtime_price', path: 'uses.0.lateHours' };
    expect(refusal(null, hallA)).toEqual(wanted);
  });

  it('is refused where the neighbouring slot has no price', () => {
    expect(refusal(testOvertime, meetingRoom).code).toBe('fees.no_overtime_price');
  });

  it('has a rule that says all it needs', () => {
    expect(overtimeSchema.safeParse({ ...testOvertime, hourShareBp: 0 }).success).toBe(false);
    expect(overtimeSchema.parse(testOvertime)).toEqual(testOvertime);
  });
});

describe('a night on which the clocks change', () => {
  const helsinki = { ...bigPalette, zone: 'Europe/Helsinki' };
  const nightBefore = (day: string, lateMinutes: number) => [
    { configurationId: hallA, bandCode: 'all_day', date: localDay(day), lateMinutes },
    {
      configurationId: hallA,
      bandCode: 'all_day',
      date: addDays(localDay(day), 1),
    },
  ];
  const hoursOf = (day: string) =>
    overtimeOf(nightBefore(day, 12 * 60), {}, testOvertime, helsinki).map(
      ({ quantity }) => quantity,
    );

  it('has eleven hours to the opening in spring, thirteen in autumn, of which twelve were asked', () => {
    expect(hoursOf('2027-03-27')).toEqual([11]);
    expect(hoursOf('2027-10-30')).toEqual([12]);
    expect(hoursOf('2027-06-05')).toEqual([12]);
  });

  it('is a night like any other over a leap day and the year end', () => {
    const night = (date: string) =>
      overtimeOf(
        [
          {
            configurationId: hallA,
            bandCode: 'all_day',
            date: localDay(date),
            lateMinutes: 12 * 60,
          },
        ],
        {},
        testOvertime,
        helsinki,
      ).map(({ quantity }) => quantity);
    expect(night('2028-02-28')).toEqual([12]);
    expect(night('2028-02-29')).toEqual([12]);
    expect(night('2027-12-31')).toEqual([12]);
  });
});
