import { describe, expect, it } from 'vitest';
import type { PricedCatalogue } from '#api/fees/rules/catalogue.ts';
import type { QuoteInput } from '#api/fees/rules/line.ts';
import { quoteBooking } from '#api/fees/rules/quote.ts';
import { assembleTariff, type Tariff } from '#api/fees/rules/tariff.ts';
import { orThrow } from '#api/shared/result.ts';
import { localDay } from '#api/shared/time.ts';
import {
  bigPalette,
  bigPaletteParts,
  bigPaletteTariff,
  commercial,
  corasse,
  corasseCityRoom,
  corasseHall,
  corasseTariff,
  hall,
  hallA,
  hallB,
  hallC,
  makeQuoteInput,
  meetingRoom,
  preparation,
} from '#test/fixtures/tariff.ts';

const quoteIn = (input: QuoteInput, tariffs: readonly Tariff[], catalogue: PricedCatalogue) =>
  orThrow(quoteBooking(input, tariffs, catalogue));

type Uses = Parameters<typeof makeQuoteInput>[0];
type Rest = Parameters<typeof makeQuoteInput>[1];

const quote = (uses: Uses, rest: Rest = {}) =>
  quoteIn(makeQuoteInput(uses, rest), [bigPaletteTariff], bigPalette);

const quoteCorasse = (uses: Uses, rest: Rest = {}) =>
  quoteIn(makeQuoteInput(uses, rest), [corasseTariff], corasse);

const refusalOf = (uses: Uses, tariffs: readonly Tariff[] = [bigPaletteTariff]) => {
  const result = quoteBooking(makeQuoteInput(uses), tariffs, bigPalette);
  if (result.ok) throw new Error('the quote was given');
  return {
    code: result.error.code,
    path: result.error.options.fields?.[0]?.path,
    ja: result.error.options.fields?.[0]?.ja,
  };
};

describe('the price of a room', () => {
  it('is the published price of the exhibition hall for one daytime: 721,600 yen', () => {
    const { lines, totalYen, isProvisional, warnings } = quote([{}]);
    expect(totalYen).toBe(721_600);
    expect(isProvisional).toBe(false);
    expect(warnings).toEqual([]);
    expect(lines).toMatchObject([
      {
        kind: 'room',
        configurationId: hall,
        bandCode: 'daytime',
        phase: 'event',
        amountYen: 721_600,
        publication: 'published',
        reasonJa: '9時〜17時の料金 721,600円',
        reasonEn: '09:00–17:00 price ¥721,600',
      },
    ]);
  });

  it('is the same for A, B and C taken separately', () => {
    const uses = [hallA, hallB, hallC].map((configurationId) => ({ configurationId }));
    expect(quote(uses).totalYen).toBe(721_600);
    expect(quote(uses).lines).toHaveLength(3);
  });

  it('is 70 percent on a day of set-up only', () => {
    const { lines, totalYen } = quote([{ phase: 'setup' }]);
    expect(totalYen).toBe(505_120);
    expect(lines[0]).toMatchObject({
      baseYen: 721_600,
      reasonJa: '9時〜17時の料金 721,600円。準備・撤去のため70%',
      steps: [
        { code: 'base', amountAfterYen: 721_600 },
        { code: 'preparation', rateBp: 7_000, amountAfterYen: 505_120 },
      ],
    });
  });

  it('is not lowered for set-up where the rule speaks of other rooms', () => {
    expect(quote([{ configurationId: meetingRoom, phase: 'setup' }]).totalYen).toBe(10_001);
  });

  it('is provisional for the evening alone, and says so on the line and in a warning', () => {
    const { lines, isProvisional, warnings } = quote([{ bandCode: 'evening' }]);
    expect(isProvisional).toBe(true);
    expect(lines[0]!.publication).toBe('provisional');
    expect(warnings).toMatchObject([
      {
        code: 'fees.provisional_price',
        ja: '多目的展示ホール 全面（17時〜21時）の料金は公表されていないため、暫定の金額です（算出）。',
        lineIndexes: [0],
      },
      {
        code: 'fees.provisional_tariff',
        ja: '区分の料金は9時〜17時の料金から算出しました。',
        lineIndexes: [0],
      },
    ]);
  });

  it('warns once of one provisional price used on three days', () => {
    const days = ['2027-02-14', '2027-02-15', '2027-02-16'];
    const { warnings } = quote(days.map((day) => ({ date: localDay(day), bandCode: 'evening' })));
    expect(warnings).toMatchObject([
      { lineIndexes: [0, 1, 2] },
      { code: 'fees.provisional_tariff' },
    ]);
  });

  it('of daytime and evening together is the stored price of the whole day', () => {
    const { lines, totalYen } = quote([{ bandCode: 'daytime' }, { bandCode: 'evening' }]);
    expect(totalYen).toBe(1_082_400);
    expect(lines).toMatchObject([{ bandCode: 'all_day', useIndexes: [0, 1] }]);
  });

  it('of morning and evening stays two bands because nobody has the afternoon', () => {
    const { lines } = quote([{ bandCode: 'morning' }, { bandCode: 'evening' }]);
    expect(lines.map(({ bandCode }) => bandCode)).toEqual(['morning', 'evening']);
  });

  it('is taken once when two uses name the same slot', () => {
    expect(quote([{}, { bandCode: 'morning' }]).totalYen).toBe(721_600);
  });

  it('falls back to smaller bands where the venue does not sell the run as one', () => {
    const catalogue = {
      ...bigPalette,
      bands: bigPalette.bands.filter(({ code }) => code !== 'all_day'),
    };
    const { lines } = quoteIn(
      makeQuoteInput([{ bandCode: 'daytime' }, { bandCode: 'evening' }]),
      [bigPaletteTariff],
      catalogue,
    );
    expect(lines.map(({ bandCode }) => bandCode)).toEqual(['daytime', 'evening']);
  });
});

describe('a slot shared by the event and other work', () => {
  it('is charged as the event, with the reason on the line', () => {
    const { lines } = quote([{ bandCode: 'daytime', phase: 'setup' }, { bandCode: 'afternoon' }]);
    expect(lines).toMatchObject([
      { bandCode: 'morning', phase: 'setup', amountYen: 277_816, useIndexes: [0] },
      { bandCode: 'afternoon', phase: 'event', amountYen: 396_880, useIndexes: [0, 1] },
    ]);
    expect(lines[1]!.reasonJa).toContain('本番と同じ区分のため、準備も本番の料金です');
    expect(lines[0]!.reasonJa).not.toContain('同じ区分');
  });

  it('has no such reason where both would cost the same', () => {
    const uses = [
      { configurationId: meetingRoom },
      { configurationId: meetingRoom, phase: 'setup' as const },
    ];
    expect(quote(uses).lines[0]!.steps).toHaveLength(1);
  });

  it('joins set-up and take-down of neighbouring slots into one band', () => {
    const { lines } = quote([
      { bandCode: 'morning', phase: 'setup' },
      { bandCode: 'afternoon', phase: 'teardown' },
    ]);
    expect(lines).toMatchObject([{ bandCode: 'daytime', phase: 'setup', amountYen: 505_120 }]);
  });
});

describe('rules of a tariff', () => {
  it('charge a rehearsal as the event', () => {
    expect(quote([{ phase: 'rehearsal' }]).totalYen).toBe(721_600);
  });

  it.each([
    [0, 721_600],
    [1, 793_760],
    [2_999, 793_760],
    [3_000, 1_082_400],
    [10_000, 1_443_200],
  ])('raise the fee by the tier of the highest admission: %i yen', (admissionMaxYen, totalYen) => {
    expect(quote([{}], { admissionMaxYen }).totalYen).toBe(totalYen);
  });

  it('name the admission and its share, and that the tiers are provisional', () => {
    const { lines, isProvisional, warnings } = quote([{}], { admissionMaxYen: 3_000 });
    expect(lines[0]!.steps[1]).toMatchObject({
      ja: '入場料を徴収するため（最高入場料 3,000円、50%加算）',
      en: 'admission is charged (highest admission ¥3,000, +50%)',
      rateBp: 15_000,
    });
    expect(isProvisional).toBe(true);
    expect(warnings).toMatchObject([
      { code: 'fees.provisional_rule' },
      { code: 'fees.provisional_tariff' },
    ]);
  });

  it('raise only the event for admission, not rehearsal and set-up', () => {
    const admissionMaxYen = 3_000;
    expect(quote([{ phase: 'rehearsal' }], { admissionMaxYen }).totalYen).toBe(721_600);
    expect(quote([{ phase: 'setup' }], { admissionMaxYen }).totalYen).toBe(505_120);
  });

  it('do not reach below the lowest tier', () => {
    const tiers = { kind: 'admission_tiers' as const, tiers: [{ fromYen: 1_000, addBp: 1_000 }] };
    const rule = { ...preparation, condition: {}, operation: tiers } as typeof preparation;
    const tariff = assembleTariff({ ...bigPaletteParts, rules: [rule] });
    const input = makeQuoteInput([{}], { admissionMaxYen: 999 });
    expect(quoteIn(input, [tariff], bigPalette).totalYen).toBe(721_600);
  });

  it('make commercial use of the Corasse hall 150 percent, and add the figure to the reason', () => {
    const { lines, totalYen } = quoteCorasse([{ configurationId: corasseHall }], {
      isCommercial: true,
    });
    expect(totalYen).toBe(75_000);
    expect(lines[0]!.reasonJa).toBe('9時〜17時の料金 50,000円。営利目的のため 150%');
  });

  it('do not repeat a figure the written reason already names', () => {
    const tariff = assembleTariff({
      ...bigPaletteParts,
      rules: [
        {
          ...preparation,
          reasonJa: '設営・撤去は基本料金の７０％です。',
          reasonEn: 'Set-up costs 70 % of the base fee.',
        },
      ],
    });
    const { lines } = quoteIn(makeQuoteInput([{ phase: 'setup' }]), [tariff], bigPalette);
    expect(lines[0]).toMatchObject({
      reasonJa: '9時〜17時の料金 721,600円。設営・撤去は基本料金の７０％です',
      reasonEn: '09:00–17:00 price ¥721,600. Set-up costs 70 % of the base fee',
    });
  });

  it('leave the city rooms of Corasse alone', () => {
    const uses = [{ configurationId: corasseCityRoom }];
    expect(quoteCorasse(uses, { isCommercial: true }).totalYen).toBe(20_000);
  });

  it('multiply one after the other in their order', () => {
    const { lines, totalYen } = quoteCorasse([{ configurationId: corasseHall, phase: 'setup' }], {
      isCommercial: true,
    });
    expect(totalYen).toBe(52_500);
    expect(lines[0]!.steps.map(({ code }) => code)).toEqual(['base', 'commercial', 'preparation']);
  });

  it('drop a fraction of a yen once per line, not once per rule', () => {
    const third = (code: string, rateBp: number) => ({
      ...commercial,
      code,
      condition: {},
      operation: { kind: 'multiply' as const, rateBp },
    });
    const tariff = assembleTariff({
      ...bigPaletteParts,
      rules: [third('first', 5_000), third('second', 20_000)],
    });
    const input = makeQuoteInput([{ configurationId: meetingRoom }]);
    const { lines, totalYen } = quoteIn(input, [tariff], bigPalette);
    expect(lines[0]!.steps.map(({ amountAfterYen }) => amountAfterYen)).toEqual([
      10_001, 5_000, 10_001,
    ]);
    expect(totalYen).toBe(10_001);
  });
});

describe('the price for small businesses', () => {
  it('is the stored one at Corasse', () => {
    const { lines, totalYen } = quoteCorasse([{ configurationId: corasseHall }], {
      customerClass: 'sme',
    });
    expect(totalYen).toBe(40_000);
    expect(lines[0]!.reasonJa).toBe('9時〜17時の中小企業料金 40,000円');
  });

  it('is the standard price where the venue has none, with a reason and a warning', () => {
    const { lines, totalYen, warnings } = quote([{}], { customerClass: 'sme' });
    expect(totalYen).toBe(721_600);
    expect(lines[0]!.reasonJa).toContain('中小企業料金の定めがない');
    expect(warnings).toMatchObject([{ code: 'fees.sme_price_missing' }]);
  });
});

describe('what is charged beside the room', () => {
  const extrasOf = (uses: Uses) => quote(uses).lines.filter(({ kind }) => kind !== 'room');

  it('rounds 2.5 hours of cooling up to 3: 90,090 yen', () => {
    expect(extrasOf([{ coolingMinutes: 150 }])).toMatchObject([
      {
        kind: 'cooling',
        quantity: 3,
        unit: 'hour',
        unitYen: 30_030,
        amountYen: 90_090,
        reasonJa: '冷房 2時間30分（1時間未満は切り上げて3時間）× 30,030円',
      },
    ]);
  });

  it('adds the minutes of a day up before rounding them', () => {
    const lines = extrasOf([
      { bandCode: 'morning', heatingMinutes: 90 },
      { bandCode: 'afternoon', heatingMinutes: 90 },
    ]);
    expect(lines).toMatchObject([
      { kind: 'heating', quantity: 3, amountYen: 45_573, useIndexes: [0, 1] },
    ]);
    expect(lines[0]!.reasonJa).toBe('暖房 3時間 × 15,191円');
  });

  it('keeps the hours of two days apart', () => {
    const lines = extrasOf([
      { heatingMinutes: 30 },
      { heatingMinutes: 30, date: localDay('2027-02-15') },
    ]);
    expect(lines.map(({ quantity }) => quantity)).toEqual([1, 1]);
    expect(lines[0]!.reasonEn).toBe('heating 30 min (charged as 1 h) × ¥15,191');
  });

  it('charges wired LAN once per room and day, whichever part of the room asked', () => {
    const lines = extrasOf([
      { bandCode: 'morning', configurationId: hallA, wiredLan: true },
      { bandCode: 'afternoon', configurationId: hallB, wiredLan: true },
      { date: localDay('2027-02-15'), wiredLan: true },
    ]);
    expect(lines).toMatchObject([
      { kind: 'wired_lan', quantity: 1, unit: 'room_day', amountYen: 9_000, useIndexes: [0, 1] },
      { kind: 'wired_lan', quantity: 1, amountYen: 9_000, useIndexes: [2] },
    ]);
  });

  it('warns of a provisional unit price', () => {
    const { warnings, isProvisional } = quote([{ configurationId: hallA, coolingMinutes: 60 }]);
    expect(isProvisional).toBe(true);
    expect(warnings[0]).toMatchObject({ code: 'fees.provisional_price', lineIndexes: [1] });
    expect(warnings[0]!.ja).toContain('多目的展示ホール Aの冷房');
  });
});

describe('tax and tariffs', () => {
  it('takes the tax inside the total once, not line by line', () => {
    const { totalYen, taxYen, taxRateBp } = quote([
      { heatingMinutes: 60 },
      { heatingMinutes: 60, date: localDay('2027-02-15') },
    ]);
    expect(totalYen).toBe(1_473_582);
    expect(taxRateBp).toBe(1_000);
    expect(taxYen).toBe(133_962);
  });

  it('uses the tariff in force on each day of use, with its own tax rate', () => {
    const before = assembleTariff({
      ...bigPaletteParts,
      id: 'old',
      taxRateBp: 800,
      effectiveUntil: localDay('2027-02-14'),
    });
    const after = assembleTariff({
      ...bigPaletteParts,
      id: 'new',
      effectiveFrom: localDay('2027-02-15'),
      prices: bigPaletteParts.prices.map((price) => ({ ...price, feeYen: 1_100 })),
    });
    const input = makeQuoteInput([{ date: localDay('2027-02-15') }, {}]);
    expect(quoteIn(input, [after, before], bigPalette)).toMatchObject({
      tariffId: 'old',
      totalYen: 722_700,
      taxes: [
        { taxRateBp: 1_000, totalYen: 1_100, taxYen: 100 },
        { taxRateBp: 800, totalYen: 721_600, taxYen: 53_451 },
      ],
      taxYen: 53_551,
      lines: [{ tariffId: 'old' }, { tariffId: 'new' }],
    });
  });

  it('prefers the newer of two tariffs in force', () => {
    const newer = assembleTariff({
      ...bigPaletteParts,
      id: 'newer',
      effectiveFrom: localDay('2026-04-01'),
    });
    const input = makeQuoteInput([{}]);
    expect(quoteIn(input, [bigPaletteTariff, newer], bigPalette).tariffId).toBe('newer');
    expect(quoteIn(input, [newer, bigPaletteTariff], bigPalette).tariffId).toBe('newer');
  });
});

describe('a refused quote', () => {
  it('names the room and band without a price', () => {
    const refusal = refusalOf([{}, { configurationId: meetingRoom, bandCode: 'evening' }]);
    expect(refusal).toEqual({
      code: 'fees.no_price',
      path: 'uses.1.band',
      ja: '小会議室の17時〜21時は料金が定められていません。別の区分を選んでください。',
    });
  });

  it('names the room whose cooling has no price', () => {
    const refusal = refusalOf([{ configurationId: hallB, coolingMinutes: 60 }]);
    expect(refusal).toMatchObject({ code: 'fees.no_extra_price', path: 'uses.0.coolingHours' });
  });

  it('names the room without wired LAN', () => {
    const refusal = refusalOf([{ configurationId: meetingRoom, wiredLan: true }]);
    expect(refusal).toMatchObject({ code: 'fees.no_extra_price', path: 'uses.0.wiredLan' });
  });

  it('is given for a day before the first tariff', () => {
    const refusal = refusalOf([{}, { date: localDay('2025-03-31') }]);
    expect(refusal).toMatchObject({ code: 'fees.no_tariff', path: 'uses.1.date' });
  });

  it("does not price a venue with another venue's tariff", () => {
    expect(refusalOf([{}], [corasseTariff]).code).toBe('fees.no_tariff');
  });

  it('is given for rooms of several venues', () => {
    const refusal = refusalOf([{}, { configurationId: corasseHall }]);
    expect(refusal).toMatchObject({ code: 'fees.other_venue', path: 'uses.1.configuration' });
  });

  it('is given for a band the venue does not have', () => {
    const refusal = refusalOf([{ bandCode: 'night' }]);
    expect(refusal).toMatchObject({ code: 'slots.unknown_band', path: 'uses.0.band' });
  });
});
