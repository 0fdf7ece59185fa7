import fc from 'fast-check';
import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';
import { linesByPage } from '#api/adapters/paper_pages.ts';
import { createPrinter } from '#api/adapters/pdf.ts';
import type { PaperContent } from '#api/documents/rules/content.ts';
import { localDay } from '#api/shared/time.ts';

const page = { top: 50, bottom: 730, carryHeight: 24 };
const measured = (heights: readonly number[], top = 420) => ({
  top,
  headHeight: 22,
  heights,
  tailHeight: 80,
});

describe('lines of a paper', () => {
  test('stand on one page with their total where both fit', () => {
    expect(linesByPage(measured([50, 50, 50]), page)).toEqual([
      { from: 0, to: 3, isOnNewPage: false },
    ]);
  });

  test('never leave the total of four lines alone on page two', () => {
    expect(linesByPage(measured([60, 60, 60, 60]), page)).toEqual([
      { from: 0, to: 3, isOnNewPage: false },
      { from: 3, to: 4, isOnNewPage: true },
    ]);
  });

  test('begin on a new page where the heading has left no room', () => {
    expect(linesByPage(measured([60, 60], 715), page)).toEqual([
      { from: 0, to: 2, isOnNewPage: true },
    ]);
  });

  test('are each printed once, and no page holds more than it can, however many there are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 30, max: 120 }), { minLength: 1, maxLength: 120 }),
        fc.integer({ min: 200, max: 900 }),
        (heights, top) => {
          const pages = linesByPage(measured(heights, top), page);
          expect(pages.flatMap(({ from, to }) => heights.slice(from, to))).toEqual(heights);
          for (const [at, { from, to, isOnNewPage }] of pages.entries()) {
            const isLast = to === heights.length;
            const begin = isOnNewPage ? page.top + 22 + (from > 0 ? page.carryHeight : 0) : top;
            const used = heights.slice(from, to).reduce((one, other) => one + other, 0);
            expect(begin + used + (isLast ? 80 : page.carryHeight)).toBeLessThanOrEqual(
              page.bottom,
            );
            expect(isOnNewPage || at === 0).toBe(true);
          }
        },
      ),
    );
  });
});

const receiptOver = (count: number): PaperContent => ({
  kind: 'receipt',
  title: '領収書',
  number: 'R08-BP-R-000001',
  bookingNumber: 'R08-BP-000001',
  issuedOn: localDay('2026-12-01'),
  venueName: 'ビッグパレットふくしま',
  plan: [],
  recipient: {
    name: '郡山見本市実行委員会',
    honorific: '御中',
    contact: 'ご担当 佐藤 花子 様',
    postalCode: '9630115',
    address: '福島県郡山市南二丁目52番地',
  },
  issuer: {
    name: '公益財団法人福島県産業振興センター',
    address: '福島県福島市三河南町1番20号',
    registrationNumber: 'T1234567890123',
    isProvisional: false,
    note: null,
  },
  opening: '「見本市」に係るビッグパレットふくしまの利用料金として、次の金額を領収しました。',
  amount: { label: '領収金額(税込)', amountYen: 100_000 * count },
  facts: ['領収日', '支払方法', '取引年月日'].map((label) => ({ label, value: '令和8年12月1日' })),
  uses: [],
  lines: Array.from({ length: count }, (_, at) => ({
    what: `展示ホール その${at + 1}番`,
    when: '令和9年2月13日(土) 9:00〜17:00 本番',
    reason: '平日の料金です。',
    quantity: '1区分',
    unitYen: 100_000,
    amountYen: 100_000,
    isProvisional: false,
  })),
  taxes: [{ taxRateBp: 1_000, totalYen: 100_000 * count, taxYen: 36_363 }],
  remarksTitle: '備考',
  remarks: ['電子発行のため収入印紙は不要です。'],
  verification: { code: 'ABCDE12345ABCDE12345', url: 'https://kaikan.example.jp/verify/ABCDE' },
});

const print = async (paper: PaperContent) =>
  getDocumentProxy(await createPrinter()(paper, new Date('2026-12-01T00:00:00Z')));

const textsOf = async (paper: PaperContent) => {
  const { text } = await extractText(await print(paper), { mergePages: false });
  return text.map((page) => page.normalize('NFKC'));
};

describe('a printed paper', () => {
  test('of four lines keeps the last of them with the total', async () => {
    const pages = await textsOf(receiptOver(4));
    const last = pages.find((page) => page.includes('合計(税込)'))!;
    expect(last).toContain('その4番');
  });

  test('of many lines carries its sum from page to page', async () => {
    const pages = await textsOf(receiptOver(30));
    expect(pages.length).toBeGreaterThan(2);
    const carried = pages.slice(0, -1).map((page) => /小計\(次頁へ\)\s*([\d,]+)/.exec(page)?.[1]);
    const received = pages.slice(1).map((page) => /前頁より\s*([\d,]+)/.exec(page)?.[1]);
    expect(carried).toEqual(received);
    const linesBefore = pages.map((page) => page.match(/その\d+番/g)?.length ?? 0);
    let count = 0;
    for (const [at, sum] of carried.entries()) {
      count += linesBefore[at]!;
      expect(sum).toBe((100_000 * count).toLocaleString('ja-JP'));
    }
  });

  test('says its language, is called by its title, and claims no marks it has not', async () => {
    const pdf = await print(receiptOver(1));
    const { info } = await pdf.getMetadata();
    expect(info).toMatchObject({ Language: 'ja-JP', Title: '領収書 R08-BP-R-000001' });
    expect(await pdf.getViewerPreferences()).toMatchObject({ DisplayDocTitle: true });
    // Nothing is tagged, so nothing says it were.
    expect(await pdf.getMarkInfo()).toBeNull();
  });
});
