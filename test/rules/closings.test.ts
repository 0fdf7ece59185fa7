import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideDayClosing, decideMonthClosing, totalsByDay } from '#api/closings/rules/closing.ts';
import {
  entryKinds,
  journalOf,
  journalTable,
  type JournalAccount,
  type JournalFact,
} from '#api/closings/rules/journal.ts';
import { partsOf, revenueOf, shareOut, type RevenueFact } from '#api/closings/rules/revenue.ts';
import { sumYen } from '#api/shared/money.ts';
import { localDay } from '#api/shared/time.ts';

const day = localDay('2026-11-20');

describe('a closing', () => {
  const open = { today: localDay('2026-11-24'), closedUntil: null };
  const noCash = { lastMovedOn: null, lastCountedOn: null };
  const codeOf = (decided: ReturnType<typeof decideDayClosing>) =>
    decided.ok ? 'ok' : decided.error.code;

  test('shuts days that are over, once, and only after the cash was counted', () => {
    expect(codeOf(decideDayClosing(day, open, noCash))).toBe('ok');
    expect(codeOf(decideDayClosing(open.today, open, noCash))).toBe('closings.not_over');
    const shut = { ...open, closedUntil: day };
    expect(codeOf(decideDayClosing(day, shut, noCash))).toBe('closings.already_closed');
    const moved = { lastMovedOn: '2026-11-19', lastCountedOn: '2026-11-18' };
    expect(codeOf(decideDayClosing(day, open, moved))).toBe('closings.drawer_not_counted');
    const counted = { ...moved, lastCountedOn: '2026-11-20' };
    expect(codeOf(decideDayClosing(day, open, counted))).toBe('ok');
  });

  test('shuts a month when all its days are', () => {
    const first = localDay('2026-10-01');
    const last = localDay('2026-10-31');
    const waiting = decideMonthClosing(first, open, false);
    expect(waiting.ok ? '' : waiting.error.code).toBe('closings.days_open');
    const shut = { ...open, closedUntil: last };
    expect(decideMonthClosing(first, shut, false)).toEqual({
      ok: true,
      value: { startsOn: first, endsOn: last },
    });
    expect(decideMonthClosing(first, shut, true).ok).toBe(false);
    expect(decideMonthClosing(localDay('2026-11-01'), shut, false).ok).toBe(false);
  });

  test('hands the balance of each day to the next', () => {
    const sum = { kind: 'received', method: 'cash', isPot: false, count: 1 } as const;
    const days = totalsByDay(
      { receivablesYen: 100, potYen: 5 },
      [
        { ...sum, bookedOn: localDay('2026-11-18'), amountYen: -40 },
        { ...sum, bookedOn: localDay('2026-11-19'), amountYen: -7, isPot: true },
      ],
      day,
    );
    expect(days.map(({ on, totals }) => [on, totals.closing])).toEqual([
      ['2026-11-18', { receivablesYen: 60, potYen: 5 }],
      ['2026-11-19', { receivablesYen: 60, potYen: 12 }],
      ['2026-11-20', { receivablesYen: 60, potYen: 12 }],
    ]);
  });
});

const accounts: JournalAccount[] = entryKinds.map((entry) => ({
  entry,
  debitCode: `D-${entry}`,
  debitName: `借方 ${entry}`,
  creditCode: `C-${entry}`,
  creditName: `貸方 ${entry}`,
  taxCode: entry === 'charged_taxable' ? '課税売上10%' : '不課税',
  publication: 'provisional',
  source: '試験',
}));

const fact = (changes: Partial<JournalFact>): JournalFact => ({
  kind: 'charged',
  amountYen: 1_000,
  bookedOn: day,
  isPot: false,
  method: null,
  route: null,
  taxRateBp: null,
  number: 'R08-BP-000001',
  title: '物産展',
  organizationName: '髙﨑商事㈱',
  note: null,
  ...changes,
});

const anyFact: fc.Arbitrary<JournalFact> = fc
  .record({
    kind: fc.constantFrom(
      ...(['charged', 'charge_reduced', 'charge_reversed', 'written_off', 'received'] as const),
      ...(['allocated', 'returned', 'return_bounced', 'float', 'banked', 'difference'] as const),
    ),
    amountYen: fc.integer({ min: -1_000_000, max: 1_000_000 }),
    isPot: fc.boolean(),
    method: fc.constantFrom('card', 'konbini', 'bank_transfer', 'cash', 'slip', null),
    route: fc.constantFrom('stripe', 'bank', 'cash', null),
    taxRateBp: fc.constantFrom(0, 1_000, null),
  })
  .map(fact);

const entriesOf = (facts: readonly JournalFact[]) => {
  const made = journalOf(facts, accounts);
  if (!made.ok) throw made.error;
  return made.value;
};

describe('the journal', () => {
  test('has debit equal to credit in every entry, positive, under its own number', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 40 }), (facts) => {
        const entries = entriesOf(facts);
        for (const { debit, credit } of entries) {
          expect(debit.amountYen).toBe(credit.amountYen);
          expect(debit.amountYen).toBeGreaterThan(0);
        }
        expect(new Set(entries.map(({ number }) => number)).size).toBe(entries.length);
        for (const row of journalTable(entries)) expect(row).toHaveLength(13);
      }),
    );
  });

  test('tells taxable from untaxed, and turns what is taken back the other way round', () => {
    const [taxed, untaxed, back] = entriesOf([
      fact({ taxRateBp: 1_000 }),
      fact({ taxRateBp: 0 }),
      fact({ kind: 'charge_reversed', taxRateBp: 1_000, amountYen: -1_000 }),
    ]);
    expect(taxed).toMatchObject({
      debit: { code: 'D-charged_taxable', taxCode: '対象外', party: '髙﨑商事㈱' },
      credit: { code: 'C-charged_taxable', taxCode: '課税売上10%', party: '' },
    });
    expect(untaxed!.credit).toMatchObject({ code: 'C-charged_untaxed', taxCode: '不課税' });
    expect(back).toMatchObject({
      debit: { code: 'C-charged_taxable', taxCode: '課税売上10%' },
      credit: { code: 'D-charged_taxable', party: '髙﨑商事㈱' },
    });
  });

  test('makes one entry of an allocation, whose other half is the pot’s', () => {
    const entries = entriesOf([
      fact({ kind: 'allocated', amountYen: 500, isPot: true }),
      fact({ kind: 'allocated', amountYen: -500 }),
    ]);
    expect(entries.map(({ entry }) => entry)).toEqual(['allocated']);
    expect(entries[0]!.debit).toMatchObject({ code: 'D-allocated', amountYen: 500 });
  });

  test('is refused where accounts are missing', () => {
    const made = journalOf([fact({})], []);
    expect(made.ok ? '' : made.error.code).toBe('closings.account_missing');
  });
});

describe('the revenue', () => {
  test('is shared out to the yen, whatever the weights', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -9_000_000, max: 9_000_000 }),
        fc.array(fc.integer({ min: 0, max: 5_000_000 }), { minLength: 1, maxLength: 12 }),
        (amountYen, weights) => {
          const shares = shareOut(amountYen, weights);
          expect(sumYen(shares)).toBe(amountYen);
          const whole = sumYen(weights);
          if (whole === 0) return;
          shares.forEach((share, at) => {
            expect(Math.abs(share - (amountYen * weights[at]!) / whole)).toBeLessThanOrEqual(1);
          });
        },
      ),
    );
  });

  const booked: RevenueFact = {
    kind: 'charged',
    month: '2026-11',
    amountYen: 100,
    chargeKind: 'booking',
    parts: [
      { category: 'hall', roomId: 'h', amountYen: 60 },
      { category: 'extra', roomId: 'h', amountYen: 7 },
      { category: 'meeting', roomId: 'm', amountYen: 33 },
    ],
  };

  test('goes by the lines of the charge, and a kept fee under its own name', () => {
    expect(partsOf(booked).map(({ amountYen }) => amountYen)).toEqual([60, 7, 33]);
    const kept = partsOf({ ...booked, chargeKind: 'cancellation', amountYen: 50 });
    expect(kept.map(({ category, amountYen }) => [category, amountYen])).toEqual([
      ['cancellation', 30],
      ['cancellation', 4],
      ['cancellation', 16],
    ]);
    expect(partsOf({ ...booked, parts: [] })).toEqual([
      { category: 'other', roomId: null, amountYen: 100 },
    ]);
  });

  test('adds up to the same by month, room and category', () => {
    const facts: RevenueFact[] = [
      booked,
      { ...booked, kind: 'charge_reduced', month: '2026-12', amountYen: -31 },
      { ...booked, chargeKind: 'settlement', amountYen: 9, parts: [] },
    ];
    const money = [
      { month: '2026-11', method: 'cash', isIn: true, amountYen: 100 },
      { month: '2026-12', method: 'cash', isIn: false, amountYen: -31 },
    ];
    const rooms = [
      { roomId: 'h', nameJa: 'ホール', nameEn: 'Hall' },
      { roomId: 'm', nameJa: '会議室', nameEn: 'Meeting room' },
    ];
    const report = revenueOf(facts, money, rooms);
    expect(report.totals).toEqual({
      chargedYen: 109,
      takenBackYen: -31,
      revenueYen: 78,
      receivedYen: 100,
      returnedYen: -31,
    });
    const sum = (rows: readonly { amountYen: number }[]) =>
      sumYen(rows.map(({ amountYen }) => amountYen));
    expect(sum(report.rooms)).toBe(78);
    expect(sum(report.categories)).toBe(78);
    expect(sumYen(report.months.map(({ revenueYen }) => revenueYen))).toBe(78);
    expect(report.methods).toEqual([{ method: 'cash', receivedYen: 100, returnedYen: -31 }]);
  });
});
