import { refuse, ok, type Result } from '../../shared/result.ts';
import {
  addDays,
  addMonths,
  dayOf,
  firstOfMonth,
  instantAt,
  lastOfMonth,
  type LocalDay,
  type LocalTime,
  wallClock,
} from '../../shared/time.ts';
import { slotErrors } from '../errors.ts';

/** The desk is closed over the New Year, so a January opening waits for the 4th. */
const openingDay = (day: LocalDay, monthsBefore: number): LocalDay => {
  const first = addMonths(firstOfMonth(day), -monthsBefore);
  return first.slice(5, 7) === '01' ? (`${first.slice(0, 8)}04` as LocalDay) : first;
};

const clockOf = (instant: Date, zone?: string): LocalTime => wallClock(instant, zone).slice(11);

/** When booking for a day opens: the first day of the month `monthsBefore` months earlier. */
export const opensAt = (
  day: LocalDay,
  monthsBefore: number,
  opensAtTime: LocalTime,
  zone?: string,
): Date => instantAt(openingDay(day, monthsBefore), opensAtTime, zone);

/** Days of one room class that open in their own way instead of by the months before. */
export interface OpeningPeriod {
  readonly roomClass: string;
  readonly usesFrom: LocalDay;
  readonly usesUntil: LocalDay;
  readonly opensAt: Date;
  /** Where entries are collected and drawn before the rest is first come, first served. */
  readonly lottery: {
    readonly id: string;
    readonly collectsFrom: Date;
    readonly collectsUntil: Date;
  } | null;
}

/** The period a day of a room class opens with; most days have none. */
export const findPeriod = (
  periods: readonly OpeningPeriod[],
  roomClass: string,
  day: LocalDay,
): OpeningPeriod | undefined =>
  periods.find(
    (period) => period.roomClass === roomClass && period.usesFrom <= day && day <= period.usesUntil,
  );

interface Opened {
  readonly configurations: readonly { readonly opensMonthsBefore: number }[];
  readonly periods: readonly OpeningPeriod[];
  readonly opensAtTime: LocalTime;
  readonly zone: string;
}

/** The last day anything can be booked or entered for; calendars lead no further. */
export const bookableUntil = (
  { configurations, periods, opensAtTime, zone }: Opened,
  now: Date,
): LocalDay => {
  const today = dayOf(now, zone);
  const ends = configurations.map(({ opensMonthsBefore: before }) => {
    const month = addMonths(firstOfMonth(today), before);
    return opensAt(month, before, opensAtTime, zone) <= now
      ? lastOfMonth(month)
      : addDays(month, -1);
  });
  return [today, ...ends, ...periods.map(({ usesUntil }) => usesUntil)].toSorted().at(-1)!;
};

export interface Window {
  readonly day: LocalDay;
  readonly startsAt: Date;
  readonly opensMonthsBefore: number;
  readonly opensAtTime: LocalTime;
  readonly zone?: string;
  readonly period?: OpeningPeriod | undefined;
}

/** Whether a use still lies ahead. */
export const decideAhead = (
  { day, startsAt }: Pick<Window, 'day' | 'startsAt'>,
  now: Date,
): Result<Date> =>
  startsAt > now ? ok(startsAt) : refuse(slotErrors.past_day({ params: { day }, detail: { day } }));

const notOpenYet = ({ day, period, opensAtTime, zone }: Window, opening: Date) => {
  const opensOn = dayOf(opening, zone);
  const detail = { day, opensOn, opensAt: opening.toISOString() };
  const at = { day, opensOn, opensAtTime: period ? clockOf(opening, zone) : opensAtTime };
  if (!period?.lottery) return slotErrors.not_open_yet({ params: at, detail });
  const { id, collectsFrom, collectsUntil } = period.lottery;
  const [from, until] = [wallClock(collectsFrom, zone), wallClock(collectsUntil, zone)];
  return slotErrors.lottery({
    params: { ...at, collectsFrom: from, collectsUntil: until },
    detail: {
      ...detail,
      lotteryId: id,
      collectsFrom: collectsFrom.toISOString(),
      collectsUntil: collectsUntil.toISOString(),
    },
  });
};

/** Whether a use may be booked at this moment: its booking has opened and it has not begun. */
export const decideWindow = (window: Window, now: Date): Result<{ opensAt: Date }> => {
  const { day, opensMonthsBefore, opensAtTime, zone, period } = window;
  const ahead = decideAhead(window, now);
  if (!ahead.ok) return ahead;
  const opening = period?.opensAt ?? opensAt(day, opensMonthsBefore, opensAtTime, zone);
  if (now >= opening) return ok({ opensAt: opening });
  return refuse(notOpenYet(window, opening));
};
