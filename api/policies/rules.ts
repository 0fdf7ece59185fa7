import { sentenceOf } from '../shared/error.ts';
import { roomClasses, type RoomClass } from '../rooms/schema.ts';
import { ok, refuse, type Result } from '../shared/result.ts';
import { addDays, daysBetween, dayOf, instantAt, type LocalDay } from '../shared/time.ts';
import { policyErrors } from './errors.ts';
import { staffSource, type BookingPolicy, type ChangePolicy, type ClassPolicy } from './schema.ts';

interface VenueFacts {
  readonly holdDays: number;
}

/** Where a venue has no rules for a class of rooms: its days of hold, and else what hinders nobody. */
export const defaultPolicy = (venue: VenueFacts): BookingPolicy => ({
  holdDays: venue.holdDays,
  remindDaysBefore: [3, 1].filter((days) => days < venue.holdDays),
  requestDeadlineDays: 0,
  amendDeadlineDays: 0,
  runDaysMost: 400,
  optionsMost: 2,
  challengeHours: 72,
  offerHours: 48,
  bufferMinutes: 0,
  allowsOvertime: true,
  approvesAutomatically: false,
  amendmentsNeedApproval: true,
  approverRoles: ['manager'],
  publication: 'provisional',
  source: '暫定: この種別の利用条件が登録されていないため、仮予約の日数のほかは標準の条件です',
});

/** The rules of every class of rooms; a class without its own has the default of the venue. */
export const completePolicies = (
  venue: VenueFacts,
  own: readonly ClassPolicy[],
): ReadonlyMap<RoomClass, BookingPolicy> => {
  const fallback = defaultPolicy(venue);
  const known = new Map(own.map(({ roomClass, ...policy }) => [roomClass, policy]));
  return new Map(roomClasses.map((roomClass) => [roomClass, known.get(roomClass) ?? fallback]));
};

/** A policy as staff set it: from now on its origin is their word. */
export const decideChange = (wished: ChangePolicy): Result<BookingPolicy> => {
  const { holdDays } = wished;
  const remindDaysBefore = [...new Set(wished.remindDaysBefore)].sort((a, b) => b - a);
  if (remindDaysBefore.some((days) => days >= holdDays)) {
    const error = policyErrors.reminder_too_early({ params: { holdDays } });
    const [ja, en] = [sentenceOf(error, 'ja'), sentenceOf(error, 'en')];
    const fields = [{ path: 'remindDaysBefore', code: error.code, ja, en }];
    return refuse(policyErrors.reminder_too_early({ params: { holdDays }, fields }));
  }
  const approverRoles = [...new Set(wished.approverRoles)];
  return ok({ ...wished, remindDaysBefore, approverRoles, source: staffSource });
};

const least = (numbers: readonly number[]) => Math.min(...numbers);
const most = (numbers: readonly number[]) => Math.max(...numbers);

/**
 * One rule for a booking over several classes of rooms: the shortest times to decide, the earliest
 * deadlines, the longest distance; easings hold only where every class has them.
 */
export const strictestPolicy = (policies: Iterable<BookingPolicy>): BookingPolicy => {
  const all = [...policies];
  const [first, ...others] = all;
  if (!first) throw new RangeError('a booking has at least one room');
  if (others.length === 0) return first;
  const holdDays = least(all.map((policy) => policy.holdDays));
  const common = first.approverRoles.filter((role) =>
    others.every(({ approverRoles }) => approverRoles.includes(role)),
  );
  const reminders = new Set(all.flatMap(({ remindDaysBefore }) => remindDaysBefore));
  return {
    holdDays,
    remindDaysBefore: [...reminders].filter((days) => days < holdDays).sort((a, b) => b - a),
    requestDeadlineDays: most(all.map((policy) => policy.requestDeadlineDays)),
    amendDeadlineDays: most(all.map((policy) => policy.amendDeadlineDays)),
    runDaysMost: least(all.map((policy) => policy.runDaysMost)),
    optionsMost: least(all.map((policy) => policy.optionsMost)),
    challengeHours: least(all.map((policy) => policy.challengeHours)),
    offerHours: least(all.map((policy) => policy.offerHours)),
    bufferMinutes: most(all.map((policy) => policy.bufferMinutes)),
    allowsOvertime: all.every((policy) => policy.allowsOvertime),
    approvesAutomatically: all.every((policy) => policy.approvesAutomatically),
    amendmentsNeedApproval: all.some((policy) => policy.amendmentsNeedApproval),
    approverRoles: common.length > 0 ? common : ['manager'],
    publication: all.every(({ publication }) => publication === 'published')
      ? 'published'
      : 'provisional',
    source: [...new Set(all.map(({ source }) => source))].join(' / '),
  };
};

/** The strictest rule over the classes of rooms of a booking. */
export const policyOver = (
  policies: ReadonlyMap<RoomClass, BookingPolicy>,
  roomClasses: Iterable<RoomClass>,
): BookingPolicy =>
  strictestPolicy([...new Set(roomClasses)].map((roomClass) => policies.get(roomClass)!));

/**
 * The last moment of something that must come `daysBefore` days before the first use: the end of that
 * day, and never after the use itself.
 */
export const deadlineBefore = (firstUse: Date, daysBefore: number, zone: string): Date => {
  const lastDay = addDays(dayOf(firstUse, zone), -daysBefore);
  const end = instantAt(lastDay, '24:00', zone);
  return end < firstUse ? end : firstUse;
};

/** The first day of use that can still be asked for so many days before: from this one on it is in time. */
export const firstDayInTime = (now: Date, daysBefore: number, zone: string): LocalDay =>
  addDays(dayOf(now, zone), daysBefore);

/** The longest row of days without a gap. */
export const longestRun = (days: Iterable<LocalDay>): number => {
  let [longest, run] = [0, 0];
  let before: LocalDay | undefined;
  for (const day of [...new Set(days)].sort()) {
    run = before !== undefined && daysBetween(before, day) === 1 ? run + 1 : 1;
    longest = Math.max(longest, run);
    before = day;
  }
  return longest;
};
