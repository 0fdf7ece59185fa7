import { describe, expect, test } from 'vitest';
import { dueDayAfter, dueDayOf, isBankDay } from '#api/payments/rules/due_day.ts';
import { instalmentsOf } from '#api/booking_charges/rules/instalment.ts';
import { decideInvoice } from '#api/invoices/rules.ts';
import type { ChargeId } from '#api/shared/ids.ts';
import { daysFrom, localDay } from '#api/shared/time.ts';

const at = (day: string) => new Date(`${day}T01:00:00Z`);
const due = (approved: string, days: number, firstUse: string, today = approved) =>
  dueDayOf(at(approved), days, at(firstUse), at(today));

describe('a day on which banks are shut', () => {
  test('is a weekend, a national holiday, or one of the days around the new year', () => {
    const open = daysFrom(localDay('2026-12-28'), localDay('2027-01-13')).filter(isBankDay);
    expect(open).toEqual([
      '2026-12-28',
      '2026-12-29',
      '2026-12-30',
      '2027-01-04',
      '2027-01-05',
      '2027-01-06',
      '2027-01-07',
      '2027-01-08',
      '2027-01-12',
      '2027-01-13',
    ]);
  });

  test('is no due day: the next banking day is', () => {
    expect(due('2026-11-24', 30, '2027-06-15')).toBe('2026-12-24');
    expect(due('2026-11-26', 30, '2027-06-15')).toBe('2026-12-28');
    expect(due('2026-12-01', 30, '2027-06-15')).toBe('2027-01-04');
    expect(due('2027-03-30', 30, '2027-09-15')).toBe('2027-04-30');
    expect(due('2027-04-01', 30, '2027-09-15')).toBe('2027-05-06');
  });

  test('before the use is passed to the day before it, so that the money comes in time', () => {
    expect(due('2026-11-24', 30, '2026-12-07')).toBe('2026-12-04');
    expect(due('2026-11-24', 10, '2026-12-07')).toBe('2026-12-04');
  });

  test('is due all the same where nothing else is left before the use', () => {
    expect(due('2026-12-05', 30, '2026-12-06')).toBe('2026-12-05');
    expect(due('2026-12-05', 30, '2026-12-08')).toBe('2026-12-07');
  });

  test('is no due day of what is charged after the use either', () => {
    expect(due('2026-12-05', 30, '2026-12-01')).toBe('2026-12-07');
  });

  test('is no due day of a fee for a cancellation or a change', () => {
    expect(dueDayAfter(at('2026-12-01'), 30)).toBe('2027-01-04');
  });

  test('is no due day of a part', () => {
    const from = { publication: 'published', source: '規程' } as const;
    const terms = [
      { ...from, shareBp: 1_000, dueFrom: 'approval', dueCount: 30, dueUnit: 'day', yenLeast: 1 },
      { ...from, shareBp: 9_000, dueFrom: 'first_use', dueCount: 1, dueUnit: 'month', yenLeast: 1 },
    ] as const;
    const parts = instalmentsOf({ id: 'chg_1' as ChargeId, amountYen: 721_600 }, terms, {
      approvedAt: at('2026-12-01'),
      firstUseAt: at('2027-06-15'),
      now: at('2026-12-01'),
    });
    expect(parts.map(({ dueOn }) => dueOn)).toEqual(['2027-01-04', '2027-05-17']);
  });

  test('is no due day of charges that are asked for together late', () => {
    const line = {
      id: 'chg_1',
      openYen: 1_000,
      standingYen: 1_000,
      invoiceId: null,
      dueOn: localDay('2026-11-30'),
      taxRateBp: 1_000,
    };
    const drawn = decideInvoice([line as never], ['chg_1'], localDay('2026-12-05'));
    expect(drawn.ok && drawn.value.dueOn).toBe('2026-12-07');
  });
});
