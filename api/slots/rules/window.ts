import { refuse, ok, type Result } from '../../shared/result.ts';
import {
  addMonths,
  dayOf,
  firstOfMonth,
  instantAt,
  type LocalDay,
  type LocalTime,
} from '../../shared/time.ts';
import { slotErrors } from '../errors.ts';

/** The desk is closed over the New Year, so a January opening waits for the 4th. */
const openingDay = (day: LocalDay, monthsBefore: number): LocalDay => {
  const first = addMonths(firstOfMonth(day), -monthsBefore);
  return first.slice(5, 7) === '01' ? (`${first.slice(0, 8)}04` as LocalDay) : first;
};

/** When booking for a day opens: the first day of the month `monthsBefore` months earlier. */
export const opensAt = (
  day: LocalDay,
  monthsBefore: number,
  opensAtTime: LocalTime,
  zone?: string,
): Date => instantAt(openingDay(day, monthsBefore), opensAtTime, zone);

export interface Window {
  readonly day: LocalDay;
  readonly startsAt: Date;
  readonly opensMonthsBefore: number;
  readonly opensAtTime: LocalTime;
  readonly zone?: string;
}

/** Whether a use may be booked at this moment: its booking has opened and it has not begun. */
export const decideWindow = (window: Window, now: Date): Result<{ opensAt: Date }> => {
  const { day, startsAt, opensMonthsBefore, opensAtTime, zone } = window;
  if (startsAt <= now) return refuse(slotErrors.past_day({ params: { day }, detail: { day } }));
  const opening = opensAt(day, opensMonthsBefore, opensAtTime, zone);
  if (now >= opening) return ok({ opensAt: opening });
  const opensOn = dayOf(opening, zone);
  return refuse(
    slotErrors.not_open_yet({
      params: { day, opensOn, opensAtTime },
      detail: { day, opensOn, opensAt: opening.toISOString() },
    }),
  );
};
