import { addDays, instantAt, type FiscalYear, type LocalDay } from '../../shared/time.ts';

/** Days closed every year, as month-days; `12-29` to `01-03` runs over the year end. */
export interface ClosedDayRule {
  readonly fromMonthDay: string;
  readonly toMonthDay: string;
  readonly reasonJa: string;
  readonly reasonEn: string;
}

export interface AnnualClosure {
  readonly startsOn: LocalDay;
  readonly endsOn: LocalDay;
  readonly reasonJa: string;
  readonly reasonEn: string;
}

const fiscalYearStart = '04-01';

/** The annual closures that begin within a fiscal year. */
export const closuresOfYear = (
  rules: readonly ClosedDayRule[],
  fiscalYear: FiscalYear,
): AnnualClosure[] =>
  rules.map(({ fromMonthDay, toMonthDay, reasonJa, reasonEn }) => {
    const startYear = fromMonthDay >= fiscalYearStart ? fiscalYear : fiscalYear + 1;
    const endYear = toMonthDay < fromMonthDay ? startYear + 1 : startYear;
    return {
      startsOn: `${startYear}-${fromMonthDay}` as LocalDay,
      endsOn: `${endYear}-${toMonthDay}` as LocalDay,
      reasonJa,
      reasonEn,
    };
  });

export const isClosedEveryYear = (rules: readonly ClosedDayRule[], day: LocalDay): boolean => {
  const monthDay = day.slice(5);
  return rules.some(({ fromMonthDay: from, toMonthDay: to }) =>
    from <= to ? monthDay >= from && monthDay <= to : monthDay >= from || monthDay <= to,
  );
};

/** Whole days: from midnight of the first to midnight after the last. */
export const closureInstants = (
  closure: { readonly startsOn: LocalDay; readonly endsOn: LocalDay },
  zone?: string,
): { from: Date; until: Date } => ({
  from: instantAt(closure.startsOn, '00:00', zone),
  until: instantAt(addDays(closure.endsOn, 1), '00:00', zone),
});
