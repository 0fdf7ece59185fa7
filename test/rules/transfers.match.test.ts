import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyTexts, stateOfLine } from '#api/transfers/rules/line.ts';
import { proposeMatches, restOf, type OpenBooking } from '#api/transfers/rules/match.ts';
import { nameAgreement } from '#api/transfers/rules/names.ts';

describe('the name of a payer', () => {
  test.each([
    ['ｶ)ｺｵﾘﾔﾏｼﾖｳｼﾞ', 'カブシキガイシャコオリヤマショウジ'],
    ['ｺｵﾘﾔﾏｼﾖｳｼﾞ(ｶ', 'こおりやましょうじ 株式会社'],
    ['ﾕ)ﾌｼﾞﾃﾞﾝｷ', 'ユウゲンガイシャ フジデンキ'],
    ['ｻﾞｲ)ﾌｸｼﾏｹﾝｻﾝｷﾞﾖｳｼﾝｺｳｾﾝﾀｰ', '公益財団法人フクシマケンサンギョウシンコウセンター'],
    ['ﾄｸﾋ)ｱｲﾂﾞﾉﾓﾘ', '特定非営利活動法人アイヅノモリ'],
    ['ﾔﾏﾀﾞ ﾀﾛｳ', 'ヤマダ タロウ'],
    ['ﾊﾞﾝﾀﾞｲ-ｼﾖｳｶｲ', 'バンダイショウカイ'],
  ])('%s is %s', (payer, name) => {
    expect(nameAgreement(payer, [name])).toBe('whole');
  });

  test('that the bank cut agrees in part', () => {
    expect(nameAgreement('ｺｵﾘﾔﾏｹﾝﾎﾝｲﾁｼﾞﾂｺｳ', ['コオリヤマケンホンイチジッコウイインカイ'])).toBe(
      'part',
    );
    expect(nameAgreement('ｱｲ', ['アイヅショウジ'])).toBe('none');
    expect(nameAgreement('ﾌｸｼﾏｼﾖｳｼﾞ', ['コオリヤマショウジ'])).toBe('none');
    expect(nameAgreement('', [''])).toBe('none');
  });
});

const booking = (changes: Partial<OpenBooking> & { number: string }): OpenBooking => ({
  bookingId: `bkg_${changes.number}`,
  title: '催し',
  organizationId: 'org_1',
  organizationName: '郡山商事株式会社',
  organizationKana: 'カブシキガイシャコオリヤマショウジ',
  owedYen: 217_800,
  dueOn: '2026-12-10',
  dueYen: 217_800,
  ...changes,
});
const other = {
  organizationId: 'org_2',
  organizationName: '会津株式会社',
  organizationKana: 'アイヅ',
};

const entry = (changes: Partial<Parameters<typeof proposeMatches>[0]> = {}) => ({
  potYen: 217_800,
  payerName: 'ｶ)ｺｵﾘﾔﾏｼﾖｳｼﾞ',
  message: '',
  ...changes,
});

const numbersOf = (proposals: ReturnType<typeof proposeMatches>) =>
  proposals.map(({ parts }) => parts.map((part) => part.booking.number));

describe('what a transfer pays for', () => {
  test('is said by name and amount together', () => {
    const [best, ...rest] = proposeMatches(entry(), [
      booking({ number: 'R08-BP-000001' }),
      booking({ number: 'R08-BP-000002', ...other, owedYen: 1_000, dueYen: 1_000 }),
    ]);
    expect(best).toMatchObject({ reasons: ['balance', 'name'], isLikely: true });
    expect(rest).toEqual([]);
  });

  test.each(['R08-BP-000123', 'R08BP000123', 'ﾖﾔｸ BP000123', 'BP-000123'])(
    'is said by the number of the booking in %s',
    (message) => {
      const [best] = proposeMatches(entry({ message, payerName: 'ﾔﾏﾀﾞ', potYen: 100_000 }), [
        booking({ number: 'R08-BP-000123' }),
        booking({ number: 'R08-BP-001123' }),
      ]);
      expect(best).toMatchObject({
        reasons: ['number'],
        isLikely: true,
        parts: [{ booking: { number: 'R08-BP-000123' }, amountYen: 100_000 }],
      });
    },
  );

  test('may be said by the last digits before the name', () => {
    const [best] = proposeMatches(entry({ payerName: '000123 ｶ)ｺｵﾘﾔﾏｼﾖｳｼﾞ', potYen: 1_000 }), [
      booking({ number: 'R08-BP-000123' }),
    ]);
    expect(best).toMatchObject({ reasons: ['number_tail', 'name'], isLikely: true });
  });

  test('may be a part that is due', () => {
    const [best] = proposeMatches(entry({ potYen: 60_000 }), [
      booking({ number: 'R08-BP-000001', owedYen: 600_000, dueYen: 60_000 }),
    ]);
    expect(best).toMatchObject({ reasons: ['due', 'name'], isLikely: true });
    expect(best!.parts[0]!.amountYen).toBe(60_000);
  });

  test('may be several bookings of one organizer', () => {
    const bookings = [
      booking({ number: 'R08-BP-000001', owedYen: 10_000, dueYen: 10_000 }),
      booking({ number: 'R08-BP-000002', owedYen: 20_000, dueYen: 20_000 }),
      booking({ number: 'R08-BP-000003', owedYen: 40_000, dueYen: 40_000 }),
      booking({ number: 'R08-BP-000004', ...other, owedYen: 20_000 }),
    ];
    const [best] = proposeMatches(entry({ potYen: 70_000 }), bookings);
    expect(best).toMatchObject({ reasons: ['name', 'sum'], isLikely: true });
    expect(numbersOf([best!])).toEqual([['R08-BP-000001', 'R08-BP-000002', 'R08-BP-000003']]);
    const strangers = proposeMatches(entry({ potYen: 70_000, payerName: 'ﾀﾞﾚｶ' }), bookings);
    expect(strangers.every(({ parts }) => parts.length === 1)).toBe(true);
  });

  test('is never taken with one button from an amount alone, nor between equals', () => {
    const alone = proposeMatches(entry({ payerName: 'ﾀﾞﾚｶ' }), [booking({ number: 'R08-BP-1' })]);
    expect(alone.map(({ isLikely }) => isLikely)).toEqual([false]);
    const twins = proposeMatches(entry(), [
      booking({ number: 'R08-BP-000001', dueOn: '2026-12-20' }),
      booking({ number: 'R08-BP-000002', dueOn: '2026-12-01' }),
    ]);
    expect(twins.map(({ isLikely }) => isLikely)).toEqual([false, false]);
    expect(numbersOf(twins)).toEqual([['R08-BP-000002'], ['R08-BP-000001']]);
  });

  test('leaves what is too much in the pot', () => {
    const [best] = proposeMatches(entry({ potYen: 300_000 }), [booking({ number: 'R08-BP-1' })]);
    expect(best!.parts[0]!.amountYen).toBe(217_800);
    expect(restOf(300_000, best!)).toBe(82_200);
    expect(proposeMatches(entry({ potYen: 0 }), [booking({ number: 'R08-BP-1' })])).toEqual([]);
  });

  test('is never more than the money nor than is owed', () => {
    const owing = fc
      .array(fc.integer({ min: 1, max: 40 }), { maxLength: 12 })
      .map((balances) =>
        balances.map((owedYen, at) =>
          booking({ number: `R08-BP-${String(at).padStart(6, '0')}`, owedYen, dueYen: owedYen }),
        ),
      );
    fc.assert(
      fc.property(owing, fc.integer({ min: 1, max: 120 }), (bookings, potYen) => {
        for (const proposal of proposeMatches(entry({ potYen }), bookings)) {
          expect(restOf(potYen, proposal)).toBeGreaterThanOrEqual(0);
          const isOwed = proposal.parts.every(
            (part) => 0 < part.amountYen && part.amountYen <= part.booking.owedYen,
          );
          expect(isOwed).toBe(true);
        }
      }),
    );
  });
});

describe('an entry', () => {
  const money = {
    isIncoming: true,
    isCancelled: false,
    cancelsLineId: null,
    isTakenBack: false,
    ignoredReason: null,
    amountYen: 100,
    leftYen: 100,
    outYen: 0,
  };

  test.each([
    ['open', {}],
    ['open', { leftYen: 1 }],
    ['done', { leftYen: 0 }],
    ['ignored', { ignoredReason: '利息', leftYen: 0, outYen: 100 }],
    ['conflict', { isTakenBack: true, leftYen: 0 }],
    ['taken_back', { isTakenBack: true, leftYen: 0, outYen: 100 }],
    ['outgoing', { isIncoming: false }],
    ['unpaired', { isCancelled: true }],
    ['cancellation', { isCancelled: true, cancelsLineId: 'bln_1' }],
    ['cancellation', { isCancelled: true, ignoredReason: '前の年度' }],
  ] as const)('is %s', (state, changes) => {
    expect(stateOfLine({ ...money, ...changes })).toBe(state);
  });

  test('alike in everything but its place is another one', () => {
    const facts = {
      bankAccountId: 'a',
      bookedOn: '2026-11-20',
      isIncoming: true,
      isCancelled: false,
      amountYen: 1,
      reference: '',
      payerName: 'ｱ',
      message: '',
    };
    const keys = keyTexts([facts, facts, { ...facts, amountYen: 2 }]);
    expect(new Set(keys).size).toBe(3);
    expect(keyTexts([{ ...facts, amountYen: 2 }, facts])).toEqual([keys[2], keys[0]]);
  });
});
