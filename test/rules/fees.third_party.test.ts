import * as fs from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import type { PricedCatalogue, PricedConfiguration } from '#api/fees/rules/catalogue.ts';
import { quoteBooking } from '#api/fees/rules/quote.ts';
import { assembleTariff, type TariffRule } from '#api/fees/rules/tariff.ts';
import type { CustomerClass, HolidayRule } from '#api/fees/schema.ts';
import { orThrow } from '#api/shared/result.ts';
import { localDay } from '#api/shared/time.ts';
import { readCatalogueFile } from '#db/seeds/catalogue/read.ts';
import { catalogueRows } from '#db/seeds/catalogue/rows.ts';
import { makeQuoteInput } from '#test/fixtures/tariff.ts';

const fileName = 'test/fixtures/apio-iwate.yaml';
const text = fs.readFileSync(fileName, 'utf8');
const rows = catalogueRows(readCatalogueFile(fileName, text));
const venue = rows.venues[0]!;
const hall = rows.configurations[0]!;
const room = rows.rooms[0]!;

const configuration: PricedConfiguration = {
  id: hall.id,
  code: hall.code,
  venueId: venue.id,
  roomId: room.id,
  roomCode: room.code,
  opensMonthsBefore: hall.opensMonthsBefore,
  roomClass: room.roomClass,
  ownerBody: room.ownerBody,
  nameJa: hall.nameJa,
  nameEn: hall.nameEn,
  roomNameJa: room.nameJa,
  roomNameEn: room.nameEn,
  cellIds: rows.cells.map(({ id }) => id),
};

const catalogue: PricedCatalogue = {
  venueId: venue.id,
  zone: 'Asia/Tokyo',
  configurations: new Map([[hall.id, configuration]]),
  slots: rows.slots,
  bands: rows.bands,
};

const [head] = rows.tariffs;
const tariff = assembleTariff({
  ...head!,
  effectiveFrom: localDay(head!.effectiveFrom),
  effectiveUntil: null,
  holidayRule: head!.holidayRule as HolidayRule,
  overtime: null,
  prices: rows.tariffPrices.map((price) => ({
    ...price,
    dayType: price.dayType!,
    customerClass: price.customerClass as CustomerClass,
  })),
  rules: rows.tariffRules as TariffRule[],
  extras: [],
});

type Uses = Parameters<typeof makeQuoteInput>[0];
type Rest = Parameters<typeof makeQuoteInput>[1];

const quote = (uses: Uses, rest: Rest = {}) =>
  orThrow(
    quoteBooking(
      makeQuoteInput(
        uses.map((use) => ({ configurationId: hall.id, ...use })),
        rest,
      ),
      [tariff],
      catalogue,
    ),
  );

const wednesday = localDay('2027-02-17');
const published: [string, number, number][] = [
  ['morning', 47_100, 56_000],
  ['afternoon', 52_200, 62_600],
  ['evening', 65_100, 77_800],
  ['daytime', 86_600, 104_600],
  ['afternoon_evening', 117_300, 140_300],
  ['all_day', 151_700, 182_300],
];

const holidays = [
  ['a Saturday', '2027-02-20'],
  ['a Sunday', '2027-02-21'],
  ['a national holiday', '2027-02-11'],
  ['a substitute holiday', '2027-03-22'],
  ['the 29th of December', '2027-12-29'],
  ['the 30th of December', '2026-12-30'],
  ['the 3rd of January', '2028-01-03'],
] as const;

describe('アピオ岩手 附属展示場 from its one file', () => {
  test.each(published)(
    '%s costs %i yen on a weekday and %i on a holiday',
    (bandCode, low, high) => {
      expect(quote([{ bandCode, date: wednesday }]).totalYen).toBe(low);
      for (const [, date] of holidays) {
        expect(quote([{ bandCode, date: localDay(date) }]).totalYen).toBe(high);
      }
    },
  );

  test.each(holidays)('%s is a holiday, and the line says so', (_, date) => {
    const { lines, isProvisional } = quote([{ bandCode: 'all_day', date: localDay(date) }]);
    expect(lines[0]).toMatchObject({ dayType: 'holiday', amountYen: 182_300 });
    expect(lines[0]!.reasonJa).toBe('9時〜21時の土・休日料金 182,300円');
    expect(lines[0]!.reasonEn).toBe('09:00–21:00 Saturday and holiday price ¥182,300');
    expect(isProvisional).toBe(false);
  });

  test.each(['2026-12-28', '2027-01-04', '2028-02-29', '2027-02-12'])(
    '%s is no holiday',
    (date) => {
      const [line] = quote([{ bandCode: 'all_day', date: localDay(date) }]).lines;
      expect(line).toMatchObject({ dayType: 'weekday', amountYen: 151_700 });
      expect(line!.reasonJa).toBe('9時〜21時の平日料金 151,700円');
    },
  );

  it('sells morning and afternoon together for less than one by one', () => {
    const uses = ['morning', 'afternoon'].map((bandCode) => ({ bandCode, date: wednesday }));
    expect(quote(uses).totalYen).toBe(86_600);
  });

  test.each(['setup', 'teardown', 'rehearsal'] as const)('takes 70 %% for %s alone', (phase) => {
    for (const [bandCode, low, high] of published) {
      expect(quote([{ bandCode, phase, date: wednesday }]).totalYen).toBe((low * 7) / 10);
      const sunday = { bandCode, phase, date: localDay('2027-02-21') };
      expect(quote([sunday]).totalYen).toBe((high * 7) / 10);
    }
  });

  it('adds 50 times the highest admission, once a day, whatever bands are used', () => {
    const uses = [
      { bandCode: 'morning', phase: 'setup' as const, date: wednesday },
      { bandCode: 'afternoon', date: wednesday },
      { bandCode: 'evening', date: wednesday },
      { bandCode: 'all_day', date: localDay('2027-02-20') },
    ];
    const { lines, totalYen } = quote(uses, { admissionMaxYen: 1_200 });
    const surcharges = lines.filter(({ kind }) => kind === 'admission');
    expect(surcharges).toMatchObject([
      {
        date: wednesday,
        amountYen: 60_000,
        reasonJa:
          '入場料を徴収するため、その日の最高入場料の50倍を加えます（最高入場料 1,200円 × 50、1室1日）',
      },
      { date: '2027-02-20', amountYen: 60_000 },
    ]);
    expect(totalYen).toBe(32_970 + 117_300 + 182_300 + 120_000);
  });

  it('adds nothing on a day of set-up alone, nor where admission is free', () => {
    const setup = [{ bandCode: 'all_day', phase: 'setup' as const, date: wednesday }];
    expect(quote(setup, { admissionMaxYen: 1_200 }).lines.map(({ kind }) => kind)).toEqual([
      'room',
    ]);
    expect(quote([{ bandCode: 'morning', date: wednesday }]).totalYen).toBe(47_100);
  });

  it('has no price for time outside its hours: the page does not say one', () => {
    const uses = [{ configurationId: hall.id, bandCode: 'evening', lateMinutes: 60 }];
    expect(quoteBooking(makeQuoteInput(uses), [tariff], catalogue)).toMatchObject({
      ok: false,
      error: { code: 'fees.no_overtime_price' },
    });
  });
});

describe('a file of a venue that tells kinds of day apart', () => {
  const without = (part: RegExp) => () => readCatalogueFile('apio.yaml', text.replace(part, ''));

  it('must say which days are holidays', () => {
    expect(without(/ {4}holidayRule:[\s\S]*?(?= {4}rules:)/)).toThrow(
      /tariffs\.2024-04\.prices\.exhibition-hall\.all\.standard\.price-page\.morning: .*holidayRule がありません/,
    );
  });

  it('must have a price for both', () => {
    expect(without(/, holiday: 56000/)).toThrow(/apio\.yaml[\s\S]*price-page\.morning: /);
  });

  it('is refused in Japanese and English', () => {
    expect(without(/ {2}numberPrefix: AP\n/)).toThrow(
      /台帳ファイル apio\.yaml に誤りがあります[\s\S]*venue\.numberPrefix: [^\n]+ \/ Invalid input/,
    );
  });
});
