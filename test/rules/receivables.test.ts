import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dueWithParts,
  instalmentsOf,
  type InstalmentTerm,
} from '#api/booking_charges/rules/instalment.ts';
import { partsPaidOff, type StandingCharge } from '#api/payments/rules/ledger.ts';
import { ageOf, openYenOf, overdueYenOf, sumAges } from '#api/receivables/rules/ageing.ts';
import {
  decideByHand,
  dueLevel,
  levelsWorthIt,
  type DunningLevel,
} from '#api/receivables/rules/dunning.ts';
import { dunningMail } from '#api/receivables/rules/mails.ts';
import type { ChargeId } from '#api/shared/ids.ts';
import { addDays, localDay } from '#api/shared/time.ts';

const common = { yenLeast: 500_000, publication: 'published', source: '規程' } as const;
const terms: InstalmentTerm[] = [
  { shareBp: 1_000, dueFrom: 'approval', dueCount: 30, dueUnit: 'day', ...common },
  { shareBp: 9_000, dueFrom: 'first_use', dueCount: 1, dueUnit: 'month', ...common },
];
const charge = (amountYen: number) => ({ id: 'chg_1' as ChargeId, amountYen });
const moments = (approved: string, firstUse: string) => ({
  approvedAt: new Date(`${approved}T03:00:00Z`),
  firstUseAt: new Date(`${firstUse}T00:00:00Z`),
  now: new Date(`${approved}T03:00:00Z`),
});
const split = (amountYen: number, approved: string, firstUse: string) =>
  instalmentsOf(charge(amountYen), terms, moments(approved, firstUse)).map(
    ({ dueOn, amountYen: part }) => [dueOn, part],
  );

describe('a charge paid in parts', () => {
  test('is a tenth within thirty days and the rest a month before use', () => {
    expect(split(721_600, '2026-11-24', '2027-06-15')).toEqual([
      ['2026-12-24', 72_160],
      ['2027-05-17', 649_440],
    ]);
  });

  test('drops fractions of a yen; the last part takes what remains', () => {
    expect(split(500_009, '2026-11-24', '2027-06-15')).toEqual([
      ['2026-12-24', 50_000],
      ['2027-05-17', 450_009],
    ]);
  });

  test('a smaller charge is paid at once, and so is one without terms', () => {
    expect(split(499_999, '2026-11-24', '2027-06-15')).toEqual([]);
    expect(instalmentsOf(charge(900_000), [], moments('2026-11-24', '2027-06-15'))).toEqual([]);
  });

  test('a month before the 31st of March is the last of February', () => {
    expect(split(600_000, '2026-11-24', '2028-03-31')[1]![0]).toBe('2028-02-29');
  });

  test('an approval so late that the parts fall together leaves none of them', () => {
    expect(split(600_000, '2026-11-24', '2027-01-10')).toEqual([]);
    expect(split(600_000, '2026-11-24', '2026-12-01')).toEqual([]);
  });

  test('three parts of which two fall together are two', () => {
    const three: InstalmentTerm[] = [
      { ...terms[0]!, shareBp: 1_000 },
      { ...terms[0]!, shareBp: 4_000, dueCount: 60 },
      { ...terms[1]!, shareBp: 5_000 },
    ];
    const parts = instalmentsOf(charge(600_000), three, moments('2026-11-24', '2027-02-10'));
    expect(parts.map(({ position, dueOn, amountYen }) => [position, dueOn, amountYen])).toEqual([
      [1, '2026-12-24', 60_000],
      [2, '2027-01-12', 540_000],
    ]);
  });

  test('the charge is due when its last part is', () => {
    const made = { ...charge(721_600), dueOn: localDay('2026-12-24') } as never;
    const parts = instalmentsOf(charge(721_600), terms, moments('2026-11-24', '2027-06-15'));
    expect(dueWithParts(made, parts).dueOn).toBe('2027-05-17');
    expect(dueWithParts(made, []).dueOn).toBe('2026-12-24');
  });

  test('parts always add up to the charge and come in order, never in the past, never on the day of use', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 90_000_000 }),
        fc.integer({ min: 1, max: 9_999 }),
        fc.integer({ min: 0, max: 400 }),
        (amountYen, shareBp, daysAhead) => {
          const shares = [
            { ...terms[0]!, shareBp, yenLeast: 1 },
            { ...terms[1]!, shareBp: 10_000 - shareBp, yenLeast: 1 },
          ];
          const firstUse = addDays(localDay('2026-11-24'), daysAhead);
          const parts = instalmentsOf(charge(amountYen), shares, moments('2026-11-24', firstUse));
          if (parts.length === 0) return;
          const sum = parts.reduce((total, part) => total + part.amountYen, 0);
          expect(sum).toBe(amountYen);
          expect(parts[0]!.dueOn >= '2026-11-24').toBe(true);
          expect(parts.at(-1)!.dueOn < firstUse).toBe(true);
          expect(parts[0]!.dueOn < parts[1]!.dueOn).toBe(true);
        },
      ),
    );
  });
});

const standing = (changes: Partial<StandingCharge> = {}): StandingCharge => ({
  id: 'chg_1' as ChargeId,
  dueOn: localDay('2027-05-17'),
  createdAt: new Date('2026-11-24T03:00:00Z'),
  standingYen: 721_600,
  instalments: [
    { chargeId: 'chg_1', position: 1, amountYen: 72_160, dueOn: localDay('2026-12-24') },
    { chargeId: 'chg_1', position: 2, amountYen: 649_440, dueOn: localDay('2027-05-17') },
  ],
  ...changes,
});
const openOf = (charges: StandingCharge[], owedYen: number) =>
  partsPaidOff(charges, owedYen).map(({ amountYen, openYen }) => [amountYen, openYen]);

describe('what is paid of the parts', () => {
  test('money pays the earliest day first', () => {
    expect(openOf([standing()], 721_600)).toEqual([
      [72_160, 72_160],
      [649_440, 649_440],
    ]);
    expect(openOf([standing()], 621_600)).toEqual([
      [72_160, 0],
      [649_440, 621_600],
    ]);
  });

  test('a reduction shortens the last part first', () => {
    expect(openOf([standing({ standingYen: 600_000 })], 527_840)).toEqual([
      [72_160, 0],
      [527_840, 527_840],
    ]);
    expect(openOf([standing({ standingYen: 50_000 })], 50_000)).toEqual([[50_000, 50_000]]);
  });

  test('open parts are what is owed, also beside a charge reduced below nothing', () => {
    const extra = standing({ id: 'chg_2' as ChargeId, standingYen: 300_000, instalments: [] });
    const reduced = standing({ standingYen: -100_000 });
    expect(openOf([reduced, extra], 200_000)).toEqual([[300_000, 200_000]]);
  });
});

describe('the age of a debt', () => {
  const on = localDay('2026-11-24');
  const due = (daysLate: number, openYen: number) => ({ dueOn: addDays(on, -daysLate), openYen });

  test.each([
    [-10, 'notDueYen'],
    [0, 'notDueYen'],
    [1, 'to30Yen'],
    [30, 'to30Yen'],
    [31, 'to60Yen'],
    [60, 'to60Yen'],
    [61, 'to90Yen'],
    [90, 'to90Yen'],
    [91, 'over90Yen'],
  ] as const)('%i days after its day is %s', (days, name) => {
    expect(ageOf([due(days, 500)], on)[name]).toBe(500);
  });

  test('sums of ages are what is owed', () => {
    const sum = sumAges([ageOf([due(-5, 100), due(5, 10)], on), ageOf([due(95, 1)], on)]);
    expect(openYenOf(sum)).toBe(111);
    expect(overdueYenOf(sum)).toBe(11);
  });
});

const level = (at: number, daysAfterDue: number): DunningLevel => ({
  level: at,
  daysAfterDue,
  nameJa: `段階${at}`,
  nameEn: `Level ${at}`,
  sendsLetter: at >= 2,
  proposesBlock: at === 3,
  yenLeast: 500,
});
const levels = [level(0, -3), level(1, 7), level(2, 30), level(3, 60)];
const missed = { chargeId: 'chg_1', dueOn: localDay('2026-11-24'), openYen: 5_000 };
const sentAt = (one: number) => ({ chargeId: 'chg_1', dueOn: missed.dueOn, level: one });
const levelAt = (days: number, ...sent: number[]) =>
  dueLevel(missed, levels, sent.map(sentAt), addDays(missed.dueOn, days))?.level;

describe('dunning', () => {
  test.each([
    [-4, undefined],
    [-3, 0],
    [0, 0],
    [1, undefined],
    [6, undefined],
    [7, 1],
    [29, 1],
    [30, 2],
    [60, 3],
    [400, 3],
  ])('%i days after the day the level is %s', (days, expected) => {
    expect(levelAt(days)).toBe(expected);
  });

  test('what was sent is not sent again, and a skipped level is not made up for', () => {
    expect(levelAt(8, 1)).toBeUndefined();
    expect(levelAt(30, 1)).toBe(2);
    expect(levelAt(65, 3)).toBeUndefined();
  });

  test('another missed day of the same charge has levels of its own', () => {
    const other = { ...sentAt(3), dueOn: localDay('2026-10-01') };
    expect(dueLevel(missed, levels, [other], addDays(missed.dueOn, 8))?.level).toBe(1);
  });

  test('is not worth its letter where less than the floor is owed in all', () => {
    const owing = (...openYen: number[]) => openYen.map((one) => ({ ...missed, openYen: one }));
    expect(levelsWorthIt(levels, owing(499))).toEqual([]);
    expect(levelsWorthIt(levels, owing(250, 250))).toEqual(levels);
  });

  test('by hand the next level is sent, before its time too, until all are sent', () => {
    const today = addDays(missed.dueOn, 1);
    const byHand = (...sent: number[]) => decideByHand([missed], levels, sent.map(sentAt), today);
    expect(byHand()).toMatchObject({ ok: true, value: { level: { level: 1 } } });
    expect(byHand(0, 1)).toMatchObject({ ok: true, value: { level: { level: 2 } } });
    expect(byHand(3)).toMatchObject({ ok: false, error: { code: 'receivables.all_sent' } });
    expect(decideByHand([missed], levels, [], missed.dueOn)).toMatchObject({
      error: { code: 'receivables.nothing_overdue' },
    });
  });

  test('a letter says the debt, its day and where to pay, and threatens no use', () => {
    const debt = {
      number: 'R08-BP-000001',
      title: '秋の展示会',
      page: '/bookings/bkg_1',
      venue: {
        nameJa: 'ビッグパレットふくしま',
        nameEn: 'Big Palette Fukushima',
        phone: '024-947-8010',
      },
      dueOn: missed.dueOn,
      openYen: 1_234_567,
    };
    const to = { name: '佐藤', language: 'ja' as const, publicUrl: 'https://kaikan.test' };
    const { subject, body } = dunningMail(levels[2]!, debt, to);
    expect(subject).toBe('【会館】段階2（R08-BP-000001）');
    for (const part of ['1,234,567円', '2026年11月24日(火)', '/bookings/bkg_1#money', '文書']) {
      expect(body).toContain(part);
    }
    expect(body).not.toContain('取り消');
    expect(dunningMail(levels[0]!, debt, to).body).toContain('近づきました');
  });
});
