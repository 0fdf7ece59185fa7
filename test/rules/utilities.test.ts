import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localDay } from '#api/shared/time.ts';
import type { Actor } from '#api/shared/actor.ts';
import type { AccountId } from '#api/shared/ids.ts';
import { quoteUtility } from '#api/utilities/rules/price.ts';
import {
  decideCheck,
  decideCorrection,
  decideEnd,
  type Reading,
} from '#api/utilities/rules/reading.ts';
import { recalculate, type ChargedReading } from '#api/utilities/rules/recalculation.ts';
import { termOn, type UtilityTerm } from '#api/utilities/rules/terms.ts';
import { startReadingSchema } from '#api/utilities/schema.ts';

const day = localDay('2027-02-14');

const makeTerm = (changes: Partial<UtilityTerm> = {}): UtilityTerm => ({
  id: 'term',
  roomId: 'convention-hall',
  utility: 'electricity',
  effectiveFrom: localDay('2024-04-01'),
  feeIncludes: false,
  unitFeeCentiyen: 6_000,
  publication: 'provisional',
  source: '仮の値',
  createdAt: new Date('2024-04-01T00:00:00Z'),
  ...changes,
});

const read = (startValue: number, endValue: number) => ({ startValue, endValue, unit: 'kWh' });

describe('what a reading costs', () => {
  test('is its exact quantity times the price of a unit, rounded down once', () => {
    expect(quoteUtility(read(1_234.5, 1_290.2), makeTerm())).toMatchObject({
      quantity: 55.7,
      amountYen: 3_342,
      reasonJa: '1,234.5 → 1,290.2 = 55.7kWh × 60円(1円未満切捨て)',
    });
    expect(quoteUtility(read(0.1, 0.3), makeTerm({ unitFeeCentiyen: 2_345 })).amountYen).toBe(4);
    expect(quoteUtility(read(0, 0.001), makeTerm()).amountYen).toBe(0);
  });

  test('is never off by what decimals cannot say', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 90_000_000 }),
        fc.integer({ min: 0, max: 9_000_000 }),
        fc.integer({ min: 0, max: 100_000 }),
        (start, used, unitFeeCentiyen) => {
          const line = quoteUtility(
            read(start / 1_000, (start + used) / 1_000),
            makeTerm({ unitFeeCentiyen }),
          );
          const exact = (BigInt(used) * BigInt(unitFeeCentiyen)) / 100_000n;
          return BigInt(line.amountYen) === exact && line.quantity === used / 1_000;
        },
      ),
    );
  });

  test('is nothing where the fee includes it, and where nobody has said what it costs', () => {
    expect(quoteUtility(read(0, 100), makeTerm({ feeIncludes: true }))).toMatchObject({
      amountYen: 0,
      isIncluded: true,
      reasonJa: expect.stringContaining('使用料に含まれます'),
    });
    expect(quoteUtility(read(0, 100), undefined)).toMatchObject({
      amountYen: 0,
      isIncluded: false,
    });
  });
});

describe('the term of a day', () => {
  const place = { roomId: 'convention-hall', utility: 'electricity' } as const;

  test('is the last that began by then; said again later, the later word counts', () => {
    const first = makeTerm({ id: 'first' });
    const next = makeTerm({ id: 'next', effectiveFrom: localDay('2027-02-15') });
    const corrected = makeTerm({ id: 'corrected', createdAt: new Date('2026-11-24T00:00:00Z') });
    const water = makeTerm({ id: 'water', utility: 'water' });
    const terms = [corrected, next, water, first];
    expect(termOn(terms, place, day)?.id).toBe('corrected');
    expect(termOn(terms, place, localDay('2027-02-15'))?.id).toBe('next');
    expect(termOn(terms, place, localDay('2024-03-31'))).toBeUndefined();
  });
});

const staff = (name: string): Actor => ({ kind: 'staff', accountId: name as AccountId, roles: {} });
const now = new Date('2027-02-14T09:00:00Z');
const by = (name: string) => ({ actor: staff(name), now });

const makeReading = (changes: Partial<Reading> = {}): Reading => ({
  id: 'reading',
  meterId: 'meter',
  bookingId: 'booking',
  usedOn: day,
  startValue: 100,
  endValue: 150,
  startReadByAccountId: 'aoki',
  readByAccountId: 'baba',
  readAt: now,
  checkedByAccountId: null,
  checkedAt: null,
  note: '',
  ...changes,
});

describe('a reading', () => {
  test.each(['aoki', 'baba'])('is not checked by %s, who read its start or its end', (name) => {
    const decided = decideCheck(makeReading(), by(name));
    expect(decided).toMatchObject({ error: { code: 'utilities.reader_may_not_check' } });
  });

  test('is checked by a third person, once, and then stands', () => {
    const checked = decideCheck(makeReading(), by('chiba'));
    expect(checked).toMatchObject({ ok: true, value: { checkedByAccountId: 'chiba' } });
    const standing = makeReading({ checkedAt: now, checkedByAccountId: 'chiba' });
    const codes = [
      decideCheck(standing, by('doi')),
      decideEnd(standing, { endValue: 1, note: '' }, by('doi')),
      decideCorrection(standing, { endValue: 1, reason: '誤り' }, by('doi')),
    ].map((decided) => !decided.ok && decided.error.code);
    expect(new Set(codes)).toEqual(new Set(['utilities.already_checked']));
  });

  test('corrected by somebody is read by them: they may no longer check it', () => {
    const corrected = decideCorrection(
      makeReading(),
      { endValue: 140, reason: '桁の誤り' },
      by('chiba'),
    );
    expect(corrected).toMatchObject({ ok: true, value: { endValue: 140, note: '桁の誤り' } });
    const value = (corrected as { value: Reading }).value;
    expect(decideCheck(value, by('chiba'))).toMatchObject({ ok: false });
    expect(decideCheck(value, by('baba'))).toMatchObject({ ok: true });
    const restarted = decideCorrection(
      makeReading(),
      { startValue: 90, reason: '桁' },
      by('chiba'),
    );
    expect(restarted).toMatchObject({
      value: { startReadByAccountId: 'chiba', readByAccountId: 'baba' },
    });
  });

  test('does not run backwards, and is not checked before it ended', () => {
    const backwards = decideEnd(makeReading(), { endValue: 99.9, note: '' }, by('baba'));
    expect(backwards).toMatchObject({ error: { code: 'utilities.backwards' } });
    const open = makeReading({ endValue: null });
    expect(decideCheck(open, by('chiba'))).toMatchObject({
      error: { code: 'utilities.not_ended' },
    });
    const corrected = decideCorrection(
      open,
      { startValue: 90, endValue: 95, reason: '桁' },
      by('chiba'),
    );
    expect(corrected).toMatchObject({ value: { startValue: 90, endValue: null } });
  });

  test('may be typed as people type', () => {
    const typed = { meterId: 'm', usedOn: '2027-02-14', startValue: '１２，３４５．６' };
    expect(startReadingSchema.parse(typed).startValue).toBe(12_345.6);
    expect(startReadingSchema.safeParse({ ...typed, startValue: '1.2345' }).success).toBe(false);
    expect(startReadingSchema.safeParse({ ...typed, startValue: '約100' }).success).toBe(false);
  });
});

const makeCharged = (changes: Partial<ChargedReading> = {}): ChargedReading => ({
  readingId: 'reading',
  bookingId: 'booking',
  bookingNumber: 'R08-BP-000001',
  title: '大会',
  organizationId: 'org',
  organizationName: '学会',
  roomId: 'convention-hall',
  roomNameJa: 'コンベンションホール',
  roomNameEn: 'Convention Hall',
  meterNameJa: '電力量計',
  meterNameEn: 'Electricity meter',
  utility: 'electricity',
  unit: 'kWh',
  usedOn: day,
  startValue: 0,
  endValue: 100,
  chargedYen: 6_000,
  ...changes,
});

describe('a recalculation', () => {
  test('finds what was charged too much and too little, by booking and organization', () => {
    const terms = [
      makeTerm({ feeIncludes: true, createdAt: now }),
      makeTerm({ roomId: 'exhibition-hall' }),
    ];
    const report = recalculate(
      [
        makeCharged(),
        makeCharged({ readingId: '2', bookingId: 'second', endValue: 50, chargedYen: 3_000 }),
        makeCharged({
          readingId: '3',
          organizationId: 'b',
          roomId: 'exhibition-hall',
          chargedYen: 0,
        }),
      ],
      terms,
    );
    expect(report.totals).toEqual({
      chargedYen: 9_000,
      dueYen: 6_000,
      differenceYen: 3_000,
      overYen: 9_000,
      underYen: -6_000,
      wrongCount: 3,
    });
    expect(report.organizations).toMatchObject([
      { organizationId: 'org', bookingCount: 2, differenceYen: 9_000 },
      { organizationId: 'b', differenceYen: -6_000 },
    ]);
  });
});
