import { ok, refuse, type Result } from '../../shared/result.ts';
import {
  addDays,
  addMonths,
  firstOfMonth,
  lastOfMonth,
  weekdayOf,
  type LocalDay,
} from '../../shared/time.ts';
import { seriesErrors } from '../errors.ts';
import type { Sentence } from '../../shared/languages.ts';

/** Which days: kept as days of the venue, never as instants, so that no change of clocks moves them. */
export type SeriesRule = WeeklyRule | MonthlyRule | ChosenDates;

interface Bounded {
  readonly from: LocalDay;
  /** The last day that may be one; or how many there are. */
  readonly until?: LocalDay | undefined;
  readonly count?: number | undefined;
}

export interface WeeklyRule extends Bounded {
  readonly kind: 'weekly';
  /** Every so many weeks, counted from the week of the first day; weeks begin on Monday. */
  readonly interval: number;
  /** 1 Monday … 7 Sunday. */
  readonly weekdays: readonly number[];
}

export interface MonthlyRule extends Bounded {
  readonly kind: 'monthly_by_weekday';
  readonly interval: number;
  /** A fifth one is understood, and answered with the offer of the last. */
  readonly nth: number | 'last';
  readonly weekday: number;
}

export interface ChosenDates {
  readonly kind: 'dates';
  readonly dates: readonly LocalDay[];
}

export const datesMost = 60;
export const monthsMost = 24;

const mondayOf = (day: LocalDay): LocalDay => addDays(day, 1 - weekdayOf(day));

function* weeklyDays(rule: WeeklyRule): Generator<LocalDay> {
  const weekdays = [...new Set(rule.weekdays)].sort((one, other) => one - other);
  for (let week = mondayOf(rule.from); ; week = addDays(week, 7 * rule.interval)) {
    for (const weekday of weekdays) yield addDays(week, weekday - 1);
  }
}

/** The nth such weekday of the month of a day; nothing where the month has no fifth. */
const weekdayInMonth = (
  month: LocalDay,
  nth: MonthlyRule['nth'],
  weekday: number,
): LocalDay | undefined => {
  const last = lastOfMonth(month);
  if (nth === 'last') return addDays(last, -((weekdayOf(last) - weekday + 7) % 7));
  const first = firstOfMonth(month);
  const day = addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + 7 * (nth - 1));
  return day <= last ? day : undefined;
};

function* monthlyDays(rule: MonthlyRule): Generator<LocalDay> {
  for (let at = 0; ; at += rule.interval) {
    const day = weekdayInMonth(addMonths(firstOfMonth(rule.from), at), rule.nth, rule.weekday);
    if (day) yield day;
  }
}

const fieldOf = (path: string, error: Sentence, code: string) => ({
  path,
  code,
  ...error,
});

const refuseEnd = (path: 'rule.until' | 'rule.count', reason: 'no_end' | 'until_reversed') => {
  const { ja, en } = seriesErrors.catalogue.get(`series.${reason}`)!;
  return refuse(seriesErrors[reason]({ fields: [fieldOf(path, { ja, en }, `series.${reason}`)] }));
};

const refuseTooMany = () =>
  refuse(
    seriesErrors.too_many_dates({
      params: { most: datesMost, months: monthsMost },
      detail: { most: datesMost, months: monthsMost },
    }),
  );

/** Walks a rule that never ends by itself as far as it was asked to go. */
const walk = (days: Generator<LocalDay>, { from, until, count }: Bounded): Result<LocalDay[]> => {
  if (until === undefined && count === undefined) return refuseEnd('rule.until', 'no_end');
  if (until !== undefined && until < from) return refuseEnd('rule.until', 'until_reversed');
  const horizon = addMonths(from, monthsMost);
  if ((until ?? from) > horizon || (count ?? 1) > datesMost) return refuseTooMany();
  const dates: LocalDay[] = [];
  for (const day of days) {
    if (day < from) continue;
    if ((until !== undefined && day > until) || dates.length === count) break;
    if (day > horizon || dates.length === datesMost) return refuseTooMany();
    dates.push(day);
  }
  return dates.length > 0 ? ok(dates) : refuse(seriesErrors.no_dates());
};

/** The months of the first year that have no fifth such weekday: told, never left out in silence. */
export const monthsWithoutFifth = (rule: MonthlyRule): string[] =>
  Array.from({ length: 12 }, (_, at) => addMonths(firstOfMonth(rule.from), at))
    .filter((month) => weekdayInMonth(month, 5, rule.weekday) === undefined)
    .map((month) => month.slice(0, 7));

const refuseFifth = (rule: MonthlyRule) => {
  const months = monthsWithoutFifth(rule);
  const { ja, en } = seriesErrors.catalogue.get('series.fifth_weekday')!;
  return refuse(
    seriesErrors.fifth_weekday({
      fields: [fieldOf('rule.nth', { ja, en }, 'series.fifth_weekday')],
      detail: { months, offer: 'last' },
    }),
  );
};

const chosen = ({ dates }: ChosenDates): Result<LocalDay[]> => {
  const sorted = [...new Set(dates)].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) return refuse(seriesErrors.no_dates());
  const isTooLong = last > addMonths(first, monthsMost);
  return sorted.length > datesMost || isTooLong ? refuseTooMany() : ok(sorted);
};

/** The days of a rule, in order and each once. Closed days are among them: they clash, they do not vanish. */
export const datesOf = (rule: SeriesRule): Result<LocalDay[]> => {
  switch (rule.kind) {
    case 'weekly':
      return walk(weeklyDays(rule), rule);
    case 'monthly_by_weekday':
      return rule.nth === 5 ? refuseFifth(rule) : walk(monthlyDays(rule), rule);
    case 'dates':
      return chosen(rule);
  }
};

/** The uses of one occurrence: an event may begin days before and end days after its date's first use. */
export const usesOn = <Template extends { readonly dayOffset: number }>(
  template: readonly Template[],
  day: LocalDay,
): (Omit<Template, 'dayOffset'> & { date: LocalDay })[] =>
  template.map(({ dayOffset, ...use }) => ({ ...use, date: addDays(day, dayOffset) }));
