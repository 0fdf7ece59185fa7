import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { correctedOf, keyTexts, stateOfLine } from '#api/transfers/rules/line.ts';
import type { Debt } from '#api/transfers/rules/mentions.ts';
import { proposeMatches, restOf } from '#api/transfers/rules/match.ts';
import { nameAgreement } from '#api/transfers/rules/names.ts';
import { writtenNumbers } from '#api/shared/written_numbers.ts';

describe('the name of a payer', () => {
  test.each([
    ['ｶ)ｺｵﾘﾔﾏｼﾖｳｼﾞ', 'カブシキガイシャコオリヤマショウジ'],
    ['ｺｵﾘﾔﾏｼﾖｳｼﾞ(ｶ', 'こおりやましょうじ 株式会社'],
    ['ﾕ)ﾌｼﾞﾃﾞﾝｷ', 'ユウゲンガイシャ フジデンキ'],
    ['ｻﾞｲ)ﾌｸｼﾏｹﾝｻﾝｷﾞﾖｳｼﾝｺｳｾﾝﾀｰ', '公益財団法人フクシマケンサンギョウシンコウセンター'],
    ['ﾄｸﾋ)ｱｲﾂﾞﾉﾓﾘ', '特定非営利活動法人アイヅノモリ'],
    ['ﾔﾏﾀﾞ ﾀﾛｳ', 'ヤマダ タロウ'],
    ['ﾊﾞﾝﾀﾞｲ-ｼﾖｳｶｲ', 'バンダイショウカイ'],
    ['ﾍﾞﾝ)ﾅｶﾄﾞｵﾘ', 'ベンゴシホウジンナカドオリ'],
    ['ﾅｶﾄﾞｵﾘ(ｾﾞｲ', 'ナカドオリ税理士法人'],
    ['ｹﾝ)ﾘﾝｻﾞｲｹﾝｷﾕｳｼﾞﾖ', 'コクリツケンキュウカイハツホウジン リンザイケンキュウジョ'],
    ['ﾀﾞｲ)ﾌｸｼﾏﾀﾞｲｶﾞｸ', '国立大学法人フクシマダイガク'],
    ['ﾁﾄﾞｸ)ｱｲﾂﾞﾋﾞﾖｳｲﾝ', 'チホウドクリツギョウセイホウジンアイヅビョウイン'],
    ['ﾛｳﾑ)ｻｸﾗ', '社会保険労務士法人サクラ'],
    ['ﾌｸ)ｺｵﾘﾔﾏｼﾔｷﾖｳ', 'シャカイフクシホウジン コオリヤマシャカイフクシキョウギカイ'],
    ['ﾌｸｼﾏｹﾝｼﾔｶｲﾌｸｼｷﾖｳｷﾞｶｲ', 'フクシマケンシャカイフクシキョウギカイ'],
    ['ｺｵﾘﾔﾏｵﾛｼｷﾖｳｸﾐ', 'コオリヤマオロシキョウドウクミアイ'],
    ['ｱｲﾂﾞﾃﾞﾝｼﾛｳｸﾐ', 'アイヅデンシロウドウクミアイ'],
    ['ﾌｸｼﾏﾐﾗｲﾉｳｷﾖｳ', 'フクシマミライノウギョウキョウドウクミアイ'],
    ['ﾐﾔｷﾞｾｲｷﾖｳ', 'みやぎせいかつきょうどうくみあい'],
    ['ﾌｸｼﾏｹﾝｺｸﾎﾚﾝ', 'フクシマケンコクミンケンコウホケンダンタイレンゴウカイ'],
    ['ﾄｸﾖｳｱｻﾋ', 'トクベツヨウゴロウジンホームアサヒ'],
    ['ｶ)ﾔﾏﾃﾞﾝ(ｴｲ', '株式会社ヤマデン エイギョウショ'],
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
    expect(nameAgreement('ｱｲﾂﾞﾛｳｸﾐ', ['アイヅキョウドウクミアイ'])).toBe('none');
  });
});

const booking = (changes: Partial<Debt> & { number: string }): Debt => ({
  billingAccountId: `bkg_${changes.number}`,
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
  proposals.map(({ parts }) => parts.map((part) => part.debt.number));

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
        parts: [{ debt: { number: 'R08-BP-000123' }, amountYen: 100_000 }],
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

  const five = ['1', '2', '3', '4', '5'].map((digit) =>
    booking({ number: `R08-BP-00000${digit}`, owedYen: 50_000, dueYen: 50_000 }),
  );

  test('is never likely where a booking that it names is left out', () => {
    const proposals = proposeMatches(
      entry({ potYen: 100_000, message: 'BP-000002 BP-000004' }),
      five,
    );
    expect(numbersOf(proposals)[0]).toEqual(['R08-BP-000002', 'R08-BP-000004']);
    expect(proposals.map(({ isLikely }) => isLikely)).toEqual([true, false, false, false, false]);
    const withUnknown = entry({ potYen: 50_000, message: 'BP-000002 BP-000099' });
    expect(proposeMatches(withUnknown, five).every(({ isLikely }) => !isLikely)).toBe(true);
  });

  test('are the two it names, whatever the sum, and with one button only where it is clear', () => {
    const of = (potYen: number) =>
      proposeMatches(entry({ potYen, message: 'R08-BP-000002,4' }), five)[0]!;
    expect(numbersOf([of(120_000)])).toEqual([['R08-BP-000002', 'R08-BP-000004']]);
    expect(of(120_000)).toMatchObject({ isLikely: true });
    expect(restOf(120_000, of(120_000))).toBe(20_000);
    expect(of(80_000).parts.map(({ amountYen }) => amountYen)).toEqual([50_000, 30_000]);
    expect(of(80_000).isLikely).toBe(false);
  });

  test('may be two bookings of two organizers that it names', () => {
    const both = [
      booking({ number: 'R08-BP-000001', owedYen: 30_000, dueYen: 30_000 }),
      booking({ number: 'R08-BP-000002', ...other, owedYen: 20_000, dueYen: 20_000 }),
      booking({ number: 'R08-BP-000003', owedYen: 50_000, dueYen: 50_000 }),
    ];
    const byNumbers = proposeMatches(entry({ potYen: 50_000, message: 'BP1 BP2' }), both);
    expect(numbersOf(byNumbers)[0]).toEqual(['R08-BP-000001', 'R08-BP-000002']);
    expect(byNumbers[0]).toMatchObject({ isLikely: true, reasons: ['number', 'name', 'sum'] });
    const aizu = { ...both[1]!, organizationKana: 'アイヅショウカイ' };
    const names = { potYen: 50_000, payerName: 'ｺｵﾘﾔﾏｼﾖｳｼﾞ ｱｲﾂﾞｼﾖｳｶｲ' };
    const byNames = proposeMatches(entry(names), [both[0]!, aizu]);
    expect(numbersOf(byNames)[0]).toEqual(['R08-BP-000001', 'R08-BP-000002']);
    expect(byNames[0]!.isLikely).toBe(false);
  });

  test('is what a paper asks for whose number it says', () => {
    const bookings = [
      booking({ number: 'R08-BP-000012', owedYen: 90_000, dueYen: 70_000 }),
      booking({ number: 'R08-BP-000045', owedYen: 40_000, dueYen: 40_000, ...other }),
    ];
    const papers = [
      {
        number: 'R08-BP-I-000045',
        asks: [{ billingAccountId: 'bkg_R08-BP-000012', amountYen: 40_000 }],
      },
      {
        number: 'R08-BP-N-000003',
        asks: [{ billingAccountId: 'bkg_R08-BP-000012', amountYen: null }],
      },
    ];
    const of = (message: string, potYen = 40_000) =>
      proposeMatches(entry({ potYen, payerName: 'ﾀﾞﾚｶ', message }), bookings, papers);
    const [best, ...rest] = of('R08-BP-I-000045');
    expect(best).toMatchObject({ reasons: ['paper', 'asked'], isLikely: true });
    expect(numbersOf([best!])).toEqual([['R08-BP-000012']]);
    expect(rest).toMatchObject([{ reasons: ['balance'], isLikely: false }]);
    expect(numbersOf(of('ｾｲｷﾕｳ R8 BP I 45').slice(0, 1))).toEqual([['R08-BP-000012']]);
    expect(of('BP-N-3', 90_000)[0]).toMatchObject({
      reasons: ['paper', 'balance'],
      isLikely: true,
    });
    expect(of('R08-BP-I-000046').every(({ isLikely }) => !isLikely)).toBe(true);
  });

  test('is what a combined invoice over two hundred charges asks for', () => {
    const bookings = Array.from({ length: 200 }, (_, at) =>
      booking({ number: `R08-BP-${String(at + 1).padStart(6, '0')}`, owedYen: 1_000 + at }),
    );
    const asks = bookings.map(({ billingAccountId }) => ({ billingAccountId, amountYen: 1_000 }));
    const papers = [{ number: 'R08-BP-I-000300', asks }];
    const [best] = proposeMatches(
      entry({ potYen: 200_000, message: 'R08-BP-I-000300' }),
      bookings,
      papers,
    );
    expect(best).toMatchObject({ reasons: ['paper', 'name', 'sum'], isLikely: true });
    expect(best!.parts).toHaveLength(200);
    expect(restOf(200_000, best!)).toBe(0);
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
            (part) => 0 < part.amountYen && part.amountYen <= part.debt.owedYen,
          );
          expect(isOwed).toBe(true);
        }
      }),
    );
  });
});

describe('a number a payer wrote', () => {
  const of = (text: string) => {
    const { numbers, tails } = writtenNumbers(text, ['BP', 'CF']);
    const told = numbers.map(({ era, prefix, letter, position }) =>
      [era ?? '', prefix, letter ?? '', position].join('/'),
    );
    return [...told, ...tails];
  };
  test.each([
    ['R08-BP-000123', ['R08/BP//123']],
    ['R8-BP-60', ['R08/BP//60']],
    ['Ｒ８－ＢＰ－６０', ['R08/BP//60']],
    ['ﾚｲﾜ8 BP 60', ['R08/BP//60']],
    ['08BP000123', ['R08/BP//123']],
    ['ﾖﾔｸBP000123ｶ)ｺｵﾘﾔﾏ', ['/BP//123']],
    ['R08-BP-I-000045', ['R08/BP/I/45']],
    ['R08BPI000045', ['R08/BP/I/45']],
    ['BP-N-3', ['/BP/N/3']],
    ['R08-BP-000123,124 ｶ)ｱ', ['R08/BP//123', 'R08/BP//124']],
    ['BP123 CF-000007', ['/BP//123', '/CF//7']],
    ['000123 ｶ)ｺｵﾘﾔﾏ', ['000123']],
    ['XBP000123', ['000123']],
    ['BP-0001234', []],
    ['0001234', []],
    ['ﾔﾏﾀﾞ ﾀﾛｳ', []],
  ])('in %s is read', (text, expected) => {
    expect(of(text)).toEqual(expected);
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

  test('that a correction takes back is the nearest of its payer, or of the only one', () => {
    const [one, other] = [{ payerName: 'ｱ' }, { payerName: 'ｲ' }];
    expect(correctedOf({ payerName: 'ｱ' }, [one, one])).toBe(one);
    expect(correctedOf({ payerName: '' }, [one, one])).toBe(one);
    expect(correctedOf({ payerName: '' }, [one, other])).toBeUndefined();
    expect(correctedOf({ payerName: 'ｱ' }, [])).toBeUndefined();
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
