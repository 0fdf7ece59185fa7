import { describe, expect, test } from 'vitest';
import {
  deadlineBefore,
  defaultPolicy,
  longestRun,
  policyOver,
  strictestPolicy,
} from '#api/policies/rules.ts';
import type { BookingPolicy } from '#api/policies/schema.ts';
import { localDay } from '#api/shared/time.ts';

const venue = { holdDays: 14 };
const base = defaultPolicy(venue);
const policy = (changes: Partial<BookingPolicy>): BookingPolicy => ({ ...base, ...changes });

describe('the strictest rule over several classes of rooms', () => {
  const hall = policy({
    holdDays: 14,
    remindDaysBefore: [7, 3],
    requestDeadlineDays: 14,
    amendDeadlineDays: 10,
    runDaysMost: 14,
    approvesAutomatically: false,
    amendmentsNeedApproval: true,
    approverRoles: ['manager'],
    publication: 'published',
    source: 'A',
  });
  const room = policy({
    holdDays: 5,
    remindDaysBefore: [3, 1],
    requestDeadlineDays: 3,
    amendDeadlineDays: 2,
    runDaysMost: 7,
    bufferMinutes: 30,
    allowsOvertime: false,
    approvesAutomatically: true,
    amendmentsNeedApproval: false,
    approverRoles: ['desk', 'manager'],
    publication: 'published',
    source: 'B',
  });

  test('one class alone has its own rule', () => {
    expect(strictestPolicy([room])).toBe(room);
  });

  test('the least days of hold, the earliest deadlines, and eased only where all ease', () => {
    expect(strictestPolicy([hall, room])).toMatchObject({
      holdDays: 5,
      remindDaysBefore: [3, 1],
      requestDeadlineDays: 14,
      amendDeadlineDays: 10,
      runDaysMost: 7,
      bufferMinutes: 30,
      allowsOvertime: false,
      approvesAutomatically: false,
      amendmentsNeedApproval: true,
      approverRoles: ['manager'],
      publication: 'published',
      source: 'A / B',
    });
  });

  test('it is provisional as soon as one of them is, and who may decide is never nobody', () => {
    const finance = policy({ approverRoles: ['finance'], publication: 'provisional' });
    expect(strictestPolicy([hall, finance])).toMatchObject({
      publication: 'provisional',
      approverRoles: ['manager'],
    });
  });

  test('each class counts once, however many rooms of it are booked', () => {
    const policies = new Map([
      ['exhibition', hall],
      ['meeting', room],
    ] as const);
    expect(policyOver(policies, ['meeting', 'meeting'])).toBe(room);
    expect(policyOver(policies, ['meeting', 'exhibition', 'meeting']).holdDays).toBe(5);
  });
});

test('a venue without rules keeps its days of hold, and says that the rest is a default', () => {
  expect(base).toMatchObject({ holdDays: 14, publication: 'provisional', runDaysMost: 400 });
  expect(base.source).toContain('暫定');
  expect(defaultPolicy({ holdDays: 2 }).remindDaysBefore).toEqual([1]);
});

describe('a deadline so many days before the use', () => {
  const firstUse = new Date('2027-02-14T00:00:00Z');

  test('ends with the day, in the time of the venue', () => {
    expect(deadlineBefore(firstUse, 14, 'Asia/Tokyo')).toEqual(new Date('2027-01-31T15:00:00Z'));
  });

  test('of no days is the beginning of the use', () => {
    expect(deadlineBefore(firstUse, 0, 'Asia/Tokyo')).toEqual(firstUse);
  });
});

test('the longest run counts days in a row, whatever their order and however often they come', () => {
  const days = ['2027-02-28', '2027-03-01', '2027-02-27', '2027-03-01', '2027-03-05'].map(localDay);
  expect(longestRun(days)).toBe(3);
  expect(longestRun([])).toBe(0);
});
