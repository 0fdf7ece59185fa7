import { describe, expect, it } from 'vitest';
import {
  decideShownKept,
  feesOfClasses,
  keptSteps,
  reckonKept,
  type Notice,
} from '#api/cancellations/rules/kept.ts';
import {
  startOfTerm,
  termsInForce,
  type CancellationTerm,
} from '#api/cancellations/rules/terms.ts';
import { backOf, isGivenUp, isLateMoney } from '#api/booking_charges/rules/cancellation.ts';
import { flagsOf } from '#api/payments/rules/flags.ts';
import type { QuoteLine } from '#api/fees/rules/line.ts';
import { localDay, type LocalDay } from '#api/shared/time.ts';

const term = (
  before: string,
  keptBp: number,
  changes: Partial<CancellationTerm> = {},
): CancellationTerm => ({
  roomClass: 'exhibition',
  deed: 'cancel',
  effectiveFrom: localDay('2024-04-01'),
  beforeCount: Number(before.slice(0, -1)),
  beforeUnit: before.endsWith('m') ? 'month' : 'day',
  keptBp,
  publication: 'published',
  source: '条例 別表',
  ...changes,
});

const table = [term('6m', 3_000), term('3m', 5_000), term('1m', 8_000), term('7d', 10_000)];
const neverClosed = () => false;

const noticeOn = (noticedOn: string, changes: Partial<Notice> = {}): Notice => ({
  fees: [{ roomClass: 'exhibition', feeYen: 100_001, isProvisional: false }],
  terms: table,
  deed: 'cancel',
  ground: 'organizer',
  noticedOn: localDay(noticedOn),
  firstUsedOn: localDay('2027-03-31'),
  isClosed: neverClosed,
  ...changes,
});

const keptOn = (noticedOn: string, changes: Partial<Notice> = {}) =>
  reckonKept(noticeOn(noticedOn, changes)).keptYen;

describe('a table of days and months', () => {
  it.each([
    ['2026-09-29', 0],
    ['2026-09-30', 30_000],
    ['2026-12-30', 30_000],
    ['2026-12-31', 50_000],
    ['2027-02-27', 50_000],
    ['2027-02-28', 80_000],
    ['2027-03-23', 80_000],
    ['2027-03-24', 100_001],
    ['2027-03-31', 100_001],
  ])('told on %s keeps %i', (day, keptYen) => {
    expect(keptOn(day)).toBe(keptYen);
  });

  const startOf = (before: string, firstUsedOn: string) =>
    startOfTerm(term(before, 1), { firstUsedOn: localDay(firstUsedOn), isClosed: neverClosed });

  it('counts calendar months, and takes the last day of a shorter one', () => {
    expect(startOf('1m', '2027-03-31')).toBe('2027-02-28');
    expect(startOf('1m', '2028-03-31')).toBe('2028-02-29');
    expect(startOf('1m', '2028-03-29')).toBe('2028-02-29');
    expect(startOf('6m', '2028-08-31')).toBe('2028-02-29');
    expect(startOf('12m', '2028-02-29')).toBe('2027-02-28');
    expect(startOf('1d', '2028-03-01')).toBe('2028-02-29');
  });

  it('drops a fraction of a yen once for each class of rooms', () => {
    const fees = [
      { roomClass: 'exhibition' as const, feeYen: 333, isProvisional: false },
      { roomClass: 'meeting' as const, feeYen: 333, isProvisional: false },
    ];
    const meeting = [term('1m', 5_000, { roomClass: 'meeting' })];
    const kept = reckonKept(noticeOn('2027-03-01', { fees, terms: [...table, ...meeting] }));
    expect(kept.reasons.map(({ roomClass, keptYen }) => [roomClass, keptYen])).toEqual([
      ['exhibition', 266],
      ['meeting', 166],
    ]);
    expect(kept).toMatchObject({ feeYen: 666, keptYen: 432, isProvisional: false });
  });

  it('says which term it applied, and that a figure is provisional', () => {
    const terms = [term('6m', 3_000, { publication: 'provisional' })];
    const { reasons, isProvisional } = reckonKept(noticeOn('2026-10-01', { terms }));
    expect(isProvisional).toBe(true);
    expect(reasons[0]).toMatchObject({
      keptBp: 3_000,
      startsOn: '2026-09-30',
      source: '条例 別表',
      reasonJa: '使用開始日の6か月前（2026年9月30日以降）のご連絡のため、利用料金100,001円の30％',
    });
    const fees = [{ roomClass: 'exhibition' as const, feeYen: 100, isProvisional: true }];
    expect(reckonKept(noticeOn('2026-10-01', { fees })).isProvisional).toBe(true);
  });

  it('is the newest that was in force', () => {
    const later = term('6m', 9_000, { effectiveFrom: localDay('2026-04-01') });
    const inForce = (day: string) =>
      termsInForce([...table, later], localDay(day)).map(({ keptBp }) => keptBp);
    expect(inForce('2026-03-31')).toEqual([3_000, 5_000, 8_000, 10_000]);
    expect(inForce('2026-04-01')).toEqual([9_000]);
    expect(inForce('2024-03-31')).toEqual([]);
  });
});

describe('a deadline on a closed day', () => {
  const newYear = (day: LocalDay) => day >= '2026-12-29' && day <= '2027-01-03';

  it('moves to the next open day', () => {
    const changes = { isClosed: newYear };
    expect(keptOn('2026-12-31', changes)).toBe(30_000);
    expect(keptOn('2027-01-04', changes)).toBe(30_000);
    expect(keptOn('2027-01-05', changes)).toBe(50_000);
  });

  it('never moves a day that is open, and ends where a house is closed for good', () => {
    expect(keptOn('2026-09-30', { isClosed: newYear })).toBe(30_000);
    expect(keptOn('2027-03-31', { isClosed: () => true })).toBe(50_000);
  });
});

describe('the ground', () => {
  it.each(['force_majeure', 'operator', 'unpaid'] as const)('%s keeps nothing', (ground) => {
    const kept = reckonKept(noticeOn('2027-03-31', { ground }));
    expect(kept).toMatchObject({ feeYen: 100_001, keptYen: 0, isProvisional: false });
    expect(kept.reasons[0]).toMatchObject({ keptBp: 0, source: null });
  });
});

describe('the steps', () => {
  it('say from which day on how much is kept', () => {
    expect(keptSteps(noticeOn('2026-01-01'))).toEqual([
      { startsOn: null, keptYen: 0 },
      { startsOn: '2026-09-30', keptYen: 30_000 },
      { startsOn: '2026-12-31', keptYen: 50_000 },
      { startsOn: '2027-02-28', keptYen: 80_000 },
      { startsOn: '2027-03-24', keptYen: 100_001 },
    ]);
  });
});

describe('the figure that was shown', () => {
  const kept = reckonKept(noticeOn('2027-01-10'));

  it('must still be the figure', () => {
    expect(decideShownKept(kept, 50_000).ok).toBe(true);
    expect(decideShownKept(kept, undefined).ok).toBe(true);
    const changed = decideShownKept(kept, 30_000);
    expect(changed.ok).toBe(false);
    if (!changed.ok) {
      expect(changed.error.code).toBe('cancellations.figure_changed');
      expect(changed.error.options.detail).toEqual({ keptYen: 50_000 });
    }
  });
});

describe('the fee of a class of rooms', () => {
  it('is the sum of the lines of its rooms', () => {
    const line = (roomId: string, amountYen: number, publication: string) =>
      ({ roomId, amountYen, publication }) as QuoteLine;
    const lines = [
      line('hall', 100, 'published'),
      line('room', 20, 'published'),
      line('hall', 50, 'provisional'),
    ];
    const classes = new Map([
      ['hall', 'exhibition' as const],
      ['room', 'meeting' as const],
    ]);
    expect(feesOfClasses(lines, classes)).toEqual([
      { roomClass: 'exhibition', feeYen: 150, isProvisional: true },
      { roomClass: 'meeting', feeYen: 20, isProvisional: false },
    ]);
  });
});

describe('the money of a booking that ended', () => {
  it('comes back as far as it is more than what is kept; less stays owed', () => {
    const back = (paidYen: number) => backOf({ keptYen: 300, changeFeesYen: 20, paidYen });
    expect(back(1_000)).toEqual({ comesBackYen: 680, stillOwedYen: 0 });
    expect(back(320)).toEqual({ comesBackYen: 0, stillOwedYen: 0 });
    expect(back(100)).toEqual({ comesBackYen: 0, stillOwedYen: 220 });
  });

  it('leaves a fee for a change only where the organizer gave up', () => {
    const charge = (kind: 'booking' | 'change' | 'cancellation') => ({ kind, reversedAt: null });
    expect(isGivenUp(charge('booking'), 'organizer')).toBe(true);
    expect(isGivenUp(charge('change'), 'organizer')).toBe(false);
    expect(isGivenUp(charge('change'), 'operator')).toBe(true);
    expect(isGivenUp(charge('cancellation'), 'operator')).toBe(false);
    expect(isGivenUp({ kind: 'booking', reversedAt: new Date(0) }, 'organizer')).toBe(false);
  });

  it('is late where it pays in full what was given up unpaid', () => {
    const unpaid = { state: 'cancelled', cancelGround: 'unpaid' } as const;
    expect(isLateMoney(unpaid, { owedYen: -100, feeYen: 100 })).toBe(true);
    expect(isLateMoney(unpaid, { owedYen: -99, feeYen: 100 })).toBe(false);
    expect(isLateMoney(unpaid, { owedYen: 0, feeYen: 0 })).toBe(false);
    expect(
      isLateMoney({ ...unpaid, cancelGround: 'organizer' }, { owedYen: -100, feeYen: 100 }),
    ).toBe(false);
  });

  it('is flagged where a person has to look', () => {
    const flags = (stage: 'agreed' | 'ended', owedYen: number, overdueYen = 0) =>
      flagsOf({ stage, owedYen, overdueYen });
    expect(flags('agreed', 0)).toEqual([]);
    expect(flags('agreed', 10)).toEqual([]);
    expect(flags('agreed', 10, 5)).toEqual(['overdue']);
    expect(flags('ended', 10, 5)).toEqual(['overdue']);
    expect(flags('agreed', -10)).toEqual(['overpaid']);
    expect(flags('ended', -10)).toEqual(['paid_after_release']);
  });
});
