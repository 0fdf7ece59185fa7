import { describe, expect, test } from 'vitest';
import { decideUpload } from '#api/files/rules.ts';
import { decideMeeting, planItemsOf, type SavedItem } from '#api/plans/rules/checklist.ts';
import { decidePresence, minutesBeyond } from '#api/plans/rules/presence.ts';
import { markChanges, type SheetEntry } from '#api/plans/rules/sheet.ts';
import type { BookingUse } from '#api/bookings/rules/booking.ts';
import type { ChecklistItem } from '#api/policies/schema.ts';
import { instantAt, localDay } from '#api/shared/time.ts';

const day = localDay('2027-02-14');
const now = new Date('2027-01-10T01:00:00Z');
const use = {
  usedOn: day,
  startsAt: instantAt(day, '09:00'),
  endsAt: instantAt(day, '17:00'),
} as BookingUse;

const point = (changes: Partial<ChecklistItem>): ChecklistItem => ({
  roomClass: 'exhibition',
  code: 'floor_plan',
  nameJa: '会場図',
  nameEn: 'Floor plan',
  dueDaysBefore: 30,
  needsFile: true,
  publication: 'provisional',
  source: '暫定',
  ...changes,
});

describe('the checklist of a booking', () => {
  const items = (points: ChecklistItem[], saved: SavedItem[] = []) =>
    planItemsOf(points, { uses: [use] }, saved, now);

  test('names a point once, as strictly as the strictest room asks for it', () => {
    const [item, ...rest] = items([
      point({ needsFile: false }),
      point({ roomClass: 'convention', dueDaysBefore: 45 }),
    ]);
    expect(rest).toEqual([]);
    expect(item).toMatchObject({ dueOn: '2026-12-31', needsFile: true, isOverdue: true });
  });

  test('is not overdue on its last day, and never once it is settled', () => {
    expect(items([point({ dueDaysBefore: 35 })])[0]).toMatchObject({
      dueOn: '2027-01-10',
      isOverdue: false,
    });
    const saved = {
      code: 'floor_plan',
      state: 'settled',
      note: '',
      fileId: null,
      settledByName: null,
      settledAt: now,
    } as const;
    expect(items([point({ dueDaysBefore: 60 })], [saved])[0]?.isOverdue).toBe(false);
  });

  test('has its meeting before anybody arrives', () => {
    expect(decideMeeting({ uses: [use] }, instantAt(day, '08:00'), now).ok).toBe(true);
    expect(decideMeeting({ uses: [use] }, instantAt(day, '09:00'), now).ok).toBe(false);
    expect(decideMeeting({ uses: [use] }, now, now).ok).toBe(false);
  });
});

describe('who came and went', () => {
  const late = new Date('2027-02-15T01:00:00Z');
  const at = (time: string) => instantAt(day, time);

  test('is recorded in the order in which it happens', () => {
    const nobody = { arrivedAt: null, leftAt: null };
    expect(decidePresence(use, nobody, { leftAt: at('17:00') }, late)).toMatchObject({
      error: { code: 'plans.left_before_arrival' },
    });
    expect(decidePresence(use, nobody, { arrivedAt: at('08:50') }, late)).toEqual({
      ok: true,
      value: { arrivedAt: at('08:50'), leftAt: null },
    });
  });

  test('can be taken back, and is never in the future', () => {
    const known = { arrivedAt: at('09:00'), leftAt: null };
    expect(decidePresence(use, known, { arrivedAt: null }, late)).toMatchObject({ ok: true });
    expect(decidePresence(use, known, { leftAt: at('17:00') }, at('16:59'))).toMatchObject({
      error: { code: 'plans.not_on_the_day' },
    });
  });

  test('counts whole minutes beyond the booked time', () => {
    const there = { arrivedAt: at('08:44'), leftAt: new Date(at('17:00').getTime() + 1) };
    expect(minutesBeyond(use, there)).toEqual({ earlyMinutes: 16, lateMinutes: 1 });
    expect(minutesBeyond(use, { arrivedAt: at('10:00'), leftAt: at('12:00') })).toEqual({
      earlyMinutes: 0,
      lateMinutes: 0,
    });
  });
});

describe('the run sheet', () => {
  const entry = (changes: Partial<SheetEntry> = {}) =>
    ({ useId: 'use_1', title: '見本市', attendance: 100, equipment: [], ...changes }) as SheetEntry;

  test('printed for the first time marks nothing', () => {
    expect(markChanges(undefined, [entry()])).toEqual([
      { entry: entry(), mark: null, changedFields: [] },
    ]);
  });

  test('marks what was added, changed and removed since it was printed', () => {
    const printed = [entry(), entry({ useId: 'use_2' }), entry({ useId: 'use_3' })];
    const current = [
      entry({
        attendance: 140,
        equipment: [{ nameJa: '椅子', nameEn: 'Chair', quantity: 5, isShort: false }],
      }),
      entry({ useId: 'use_2' }),
      entry({ useId: 'use_4' }),
    ];
    const marks = markChanges(printed, current).map(({ entry: { useId }, mark, changedFields }) => [
      useId,
      mark,
      changedFields,
    ]);
    expect(marks).toEqual([
      ['use_1', 'changed', ['attendance', 'equipment']],
      ['use_2', null, []],
      ['use_4', 'added', []],
      ['use_3', 'removed', []],
    ]);
  });
});

describe('a file', () => {
  const pdf = new TextEncoder().encode('%PDF-1.7 …');

  test('is what its first bytes say, not what its name says', () => {
    expect(decideUpload(pdf, 0)).toEqual({ ok: true, value: 'application/pdf' });
    const page = new TextEncoder().encode('<!doctype html><script>');
    expect(decideUpload(page, 0)).toMatchObject({ error: { code: 'files.wrong_type' } });
  });

  test('is neither empty nor too large, nor one too many', () => {
    expect(decideUpload(new Uint8Array(), 0)).toMatchObject({ error: { code: 'files.empty' } });
    expect(decideUpload(new Uint8Array(10_485_761), 0)).toMatchObject({
      error: { code: 'files.too_large' },
    });
    expect(decideUpload(pdf, 30)).toMatchObject({ error: { code: 'files.too_many' } });
  });
});
