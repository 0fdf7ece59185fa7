import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Booking, BookingUse } from '#api/bookings/rules/booking.ts';
import {
  decideAttendance,
  decideConditions,
  decideInTime,
  decideRequestInTime,
  holdEndBy,
  isApprovedAtOnce,
  requestDeadline,
  type BookingConditions,
} from '#api/bookings/rules/conditions.ts';
import { completePolicies, defaultPolicy } from '#api/policies/rules.ts';
import type { BookingPolicy } from '#api/policies/schema.ts';
import type { RoomClass } from '#api/rooms/schema.ts';
import { addDays, instantAt, localDay } from '#api/shared/time.ts';

const now = new Date('2026-11-24T01:00:00Z');
const zone = 'Asia/Tokyo';
const day = localDay('2027-02-14');
const policy = (changes: Partial<BookingPolicy> = {}): BookingPolicy => ({
  ...defaultPolicy({ holdDays: 14 }),
  ...changes,
});

const use = (changes: Partial<BookingUse> = {}): BookingUse =>
  ({
    position: 0,
    configurationId: 'hall.a',
    usedOn: day,
    startsAt: instantAt(day, '09:00'),
    phase: 'event',
    layout: null,
    earlyMinutes: 0,
    lateMinutes: 0,
    ...changes,
  }) as BookingUse;

const booking = (changes: Partial<Booking> = {}): Booking =>
  ({
    attendance: 10,
    admissionMaxYen: 0,
    isCommercial: false,
    reduction: null,
    promotedAt: null,
    createdAt: now,
    uses: [use()],
    ...changes,
  }) as Booking;

const codeOf = (result: { ok: true } | { ok: false; error: { code: string } }) =>
  result.ok ? undefined : result.error.code;

describe('what the conditions of use say to each class of rooms', () => {
  const policies = new Map([
    ...completePolicies({ holdDays: 14 }, []),
    ['meeting', policy({ allowsOvertime: false, runDaysMost: 2 })] as const,
  ]);
  const classed = (roomClass: RoomClass, ...uses: BookingUse[]) =>
    uses.map((one) => ({ use: one, roomClass }));

  test('time outside the hours is refused where it is not allowed, and only there', () => {
    const late = use({ position: 3, lateMinutes: 30 });
    expect(decideConditions(classed('meeting', late), policies)).toMatchObject({
      ok: false,
      error: {
        code: 'bookings.overtime_not_allowed',
        options: { fields: [{ path: 'uses.3.lateHours' }] },
      },
    });
    expect(decideConditions(classed('exhibition', late), policies).ok).toBe(true);
  });

  test('days in a row are counted for each class by itself', () => {
    const days = [0, 1, 2].map((ahead) => use({ usedOn: addDays(day, ahead) }));
    expect(codeOf(decideConditions(classed('meeting', ...days), policies))).toBe(
      'bookings.run_too_long',
    );
    const mixed = [...classed('exhibition', ...days), ...classed('meeting', days[0]!, days[1]!)];
    expect(decideConditions(mixed, policies).ok).toBe(true);
  });
});

describe('the deadline of the request', () => {
  const firstUse = instantAt(day, '09:00');
  const strict = policy({ requestDeadlineDays: 14 });
  const deadline = new Date('2027-01-31T15:00:00Z');

  test('ends a hold made before it, and no hold made after it', () => {
    const shortly = new Date('2027-01-25T00:00:00Z');
    expect(requestDeadline(strict, { firstUse, zone })).toEqual(deadline);
    expect(holdEndBy(strict, { now: shortly, firstUse, zone })).toEqual(deadline);
    expect(holdEndBy(strict, { now: deadline, firstUse, zone })).toEqual(firstUse);
  });

  test('a hold never lasts longer than its days, the deadline or the use', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 90 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 80 * 24 * 60 }),
        (requestDeadlineDays, holdDays, minutesBefore) => {
          const at = new Date(firstUse.getTime() - minutesBefore * 60_000);
          const given = policy({ requestDeadlineDays, holdDays });
          const end = holdEndBy(given, { now: at, firstUse, zone });
          const latest = requestDeadline(given, { firstUse, zone });
          expect(end <= firstUse && end > at).toBe(true);
          expect(end <= latest || at >= latest).toBe(true);
        },
      ),
    );
  });

  test('closes for organizers; the desk may be late', () => {
    const when = { firstUse, zone, now: deadline };
    expect(codeOf(decideInTime(strict, { ...when, isStaff: false }))).toBe(
      'bookings.request_too_late',
    );
    expect(decideInTime(strict, { ...when, isStaff: true }).ok).toBe(true);
  });

  test('does not bind what the house itself gave after it', () => {
    const conditions: BookingConditions = {
      zone,
      policy: strict,
      roomClasses: new Set(['exhibition']),
      hasReductionApplied: false,
      isStaff: false,
    };
    const at = new Date('2027-02-02T00:00:00Z');
    const decide = (changes: Partial<Booking>) =>
      codeOf(decideRequestInTime(booking(changes), conditions, at));
    expect(decide({})).toBe('bookings.request_too_late');
    expect(decide({ createdAt: deadline })).toBeUndefined();
    expect(decide({ promotedAt: deadline })).toBeUndefined();
  });
});

describe('those who are expected', () => {
  const capacities = [
    { configurationId: 'hall.a', layout: 'theatre', capacity: 100 },
    { configurationId: 'hall.a', layout: 'school', capacity: 60 },
    { configurationId: 'hall.b', layout: 'theatre', capacity: 50 },
  ];
  const decide = (attendance: number | null, ...uses: BookingUse[]) =>
    codeOf(decideAttendance(attendance, uses, capacities));

  test('find a place in the event rooms of one day, in the layout asked for', () => {
    expect(decide(100, use())).toBeUndefined();
    expect(decide(101, use())).toBe('rooms.capacity_exceeded');
    expect(decide(61, use({ layout: 'school' }))).toBe('rooms.capacity_exceeded');
    expect(decide(150, use(), use({ configurationId: 'hall.b' }))).toBeUndefined();
    expect(decide(101, use(), use({ usedOn: addDays(day, 1) }))).toBe('rooms.capacity_exceeded');
    expect(decide(101, use(), use({ configurationId: 'hall.b', phase: 'setup' }))).toBe(
      'rooms.capacity_exceeded',
    );
  });

  test('are refused nowhere when nobody knows how many fit, or how many come', () => {
    expect(decide(9_999, use({ configurationId: 'yard' }))).toBeUndefined();
    expect(decide(9_999, use(), use({ configurationId: 'yard' }))).toBeUndefined();
    expect(decide(9_999, use({ phase: 'setup' }))).toBeUndefined();
    expect(decide(null, use())).toBeUndefined();
  });
});

describe('plain use', () => {
  const conditions: BookingConditions = {
    zone,
    policy: policy({ approvesAutomatically: true }),
    roomClasses: new Set(['meeting']),
    hasReductionApplied: false,
    isStaff: false,
  };

  test('is approved at once where the policy says so', () => {
    expect(isApprovedAtOnce(booking(), conditions)).toBe(true);
  });

  test.each<[string, Partial<Booking>, Partial<BookingConditions>]>([
    ['the policy wants a person', {}, { policy: policy() }],
    ['another class of rooms is used', {}, { roomClasses: new Set(['meeting', 'hall']) }],
    ['a reduction is applied for', {}, { hasReductionApplied: true }],
    ['staff apply', {}, { isStaff: true }],
    ['admission is charged', { admissionMaxYen: 1 }, {}],
    ['it is commercial', { isCommercial: true }, {}],
    ['nobody said how many come', { attendance: null }, {}],
    ['it begins before the hours', { uses: [use({ earlyMinutes: 15 })] }, {}],
    ['it ends after the hours', { uses: [use({ lateMinutes: 15 })] }, {}],
  ])('waits for a person when %s', (_, changes, more) => {
    expect(isApprovedAtOnce(booking(changes), { ...conditions, ...more })).toBe(false);
  });
});
