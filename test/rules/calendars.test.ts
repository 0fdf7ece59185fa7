import { describe, expect, test } from 'vitest';
import {
  calendarSpan,
  mergedPeriods,
  ownEvents,
  publicEvents,
  type CalendarUse,
} from '#api/calendars/rules.ts';
import { instantAt, localDay } from '#api/shared/time.ts';

const now = new Date('2026-11-24T01:00:00Z');
const day = localDay('2027-02-14');

const makeUse = (
  useId: string,
  from: string,
  until: string,
  changes: Partial<CalendarUse> = {},
): CalendarUse => ({
  useId,
  bookingId: 'bkg_1',
  number: 'R08-BP-000123',
  version: 3,
  state: 'approved',
  title: 'ものづくり見本市',
  isPublic: true,
  holdExpiresAt: new Date('2026-12-08T15:00:00Z'),
  updatedAt: now,
  venueNameJa: 'ビッグパレットふくしま',
  zone: 'Asia/Tokyo',
  roomId: 'big-palette.exhibition-hall',
  roomNameJa: '多目的展示ホール',
  configurationNameJa: 'A',
  usedOn: day,
  startsAt: instantAt(day, from),
  endsAt: instantAt(day, until),
  phase: 'event',
  ...changes,
});

describe('the span of a calendar', () => {
  test('reaches two months back, and a year and a month ahead', () => {
    expect(calendarSpan(now, 'Asia/Tokyo')).toEqual({
      from: '2026-09-25',
      to: '2027-12-29',
      cancelledSince: instantAt(localDay('2026-08-26'), '00:00'),
    });
  });
});

describe('events of a venue', () => {
  test('are one a use, so that an event starts when it does and not with its set-up', () => {
    const events = publicEvents([
      makeUse('use_2', '09:00', '13:00', { phase: 'setup', configurationNameJa: 'B' }),
      makeUse('use_1', '13:00', '17:00'),
    ]);
    expect(events.map(({ uid, summary }) => [uid, summary])).toEqual([
      ['use_2@kaikan', 'ものづくり見本市（準備）'],
      ['use_1@kaikan', 'ものづくり見本市'],
    ]);
    expect(events[1]).toMatchObject({
      sequence: 3,
      status: 'CONFIRMED',
      location: 'ビッグパレットふくしま 多目的展示ホール A',
      startsAt: instantAt(day, '13:00'),
      endsAt: instantAt(day, '17:00'),
    });
  });

  test('keep their name whatever is put before them or dropped', () => {
    const uses = [makeUse('use_1', '09:00', '13:00'), makeUse('use_2', '13:00', '17:00')];
    const nameOf = (all: readonly CalendarUse[]) =>
      publicEvents(all).find(({ endsAt }) => endsAt.getTime() === uses[1]!.endsAt.getTime())!.uid;
    const early = makeUse('use_3', '08:00', '09:00', { phase: 'setup' });
    expect([uses, uses.slice(1), [early, ...uses]].map(nameOf)).toEqual(
      Array(3).fill('use_2@kaikan'),
    );
  });

  test('a title nobody agreed to show is hidden', () => {
    const [event] = publicEvents([makeUse('use_1', '09:00', '17:00', { isPublic: false })]);
    expect(event!.summary).toBe('使用あり');
  });

  test('set-up alone is told as such', () => {
    const [event] = publicEvents([makeUse('use_1', '09:00', '17:00', { phase: 'setup' })]);
    expect(event!.summary).toBe('ものづくり見本市（準備）');
  });

  test('what was cancelled stays for a while, as cancelled', () => {
    const [event] = publicEvents([makeUse('use_1', '09:00', '17:00', { state: 'cancelled' })]);
    expect(event!.status).toBe('CANCELLED');
  });
});

describe('events of an organizer', () => {
  const own = (changes: Partial<CalendarUse>) =>
    ownEvents(
      [makeUse('use_1', '09:00', '17:00', { isPublic: false, ...changes })],
      now,
      'https://k.jp',
    );

  test('a hold is tentative and tells its last day', () => {
    const [event] = own({ state: 'held' });
    expect(event).toMatchObject({
      status: 'TENTATIVE',
      summary: '【仮予約】ものづくり見本市',
      url: 'https://k.jp/bookings/bkg_1',
    });
    expect(event!.description).toContain('仮予約の期限は令和8年12月8日(火)です');
    expect(event!.description).toContain('2027年2月14日(日) 9:00〜17:00');
  });

  test('a request is tentative too, an approved booking is certain', () => {
    expect(own({ state: 'requested' })[0]).toMatchObject({
      status: 'TENTATIVE',
      summary: '【仮予約・申請中】ものづくり見本市',
    });
    expect(own({ state: 'approved' })[0]).toMatchObject({
      status: 'CONFIRMED',
      summary: 'ものづくり見本市',
    });
    expect(own({ state: 'cancelled' })[0]).toMatchObject({
      status: 'CANCELLED',
      summary: '【取消】ものづくり見本市',
    });
  });

  test('an end past midnight is one of the next day', () => {
    const [event] = own({ endsAt: instantAt(localDay('2027-02-15'), '02:00') });
    expect(event!.description).toContain('2027年2月14日(日) 9:00〜翌日2:00');
  });

  test('a hold that is over is not shown, even before the house has ended it', () => {
    expect(own({ state: 'held', holdExpiresAt: now })).toEqual([]);
  });
});

describe('busy times', () => {
  const at = (time: string) => instantAt(day, time);

  test('of one kind are merged where they touch or overlap', () => {
    const merged = mergedPeriods([
      { kind: 'BUSY', from: at('13:00'), until: at('17:00') },
      { kind: 'BUSY', from: at('09:00'), until: at('13:00') },
      { kind: 'BUSY', from: at('10:00'), until: at('12:00') },
      { kind: 'BUSY-TENTATIVE', from: at('09:00'), until: at('13:00') },
      { kind: 'BUSY', from: at('18:00'), until: at('21:00') },
    ]);
    expect(merged).toEqual([
      { kind: 'BUSY', from: at('09:00'), until: at('17:00') },
      { kind: 'BUSY-TENTATIVE', from: at('09:00'), until: at('13:00') },
      { kind: 'BUSY', from: at('18:00'), until: at('21:00') },
    ]);
  });
});
