import { holidayOn } from '../../shared/holidays.ts';
import { addDays, dayOf, openDayFrom, weekdayOf, type LocalDay } from '../../shared/time.ts';

const saturday = 6;

// 銀行法施行令第5条: weekends, national holidays, and 31 December to 3 January.
const isYearEnd = (day: LocalDay): boolean => {
  const monthDay = day.slice(5);
  return monthDay === '12-31' || monthDay <= '01-03';
};

export const isBankDay = (day: LocalDay): boolean =>
  weekdayOf(day) < saturday && holidayOn(day) === undefined && !isYearEnd(day);

const isShut = (day: LocalDay) => !isBankDay(day);

/** The day itself, or the next one on which banks are open. */
export const bankDayFrom = (day: LocalDay): LocalDay => openDayFrom(day, isShut);

const bankDayUntil = (day: LocalDay): LocalDay => {
  let open = day;
  while (isShut(open)) open = addDays(open, -1);
  return open;
};

/** The last day to pay before use: the day before it, or the last banking day before that. */
const lastDayBefore = (firstUsedOn: LocalDay): LocalDay => bankDayUntil(addDays(firstUsedOn, -1));

/** A day wished for, as banks are open and money comes before the use; never a day that is over. */
export const dueDayBefore = (
  wished: LocalDay,
  { firstUsedOn, today }: { readonly firstUsedOn: LocalDay; readonly today: LocalDay },
): LocalDay => {
  const [moved, latest] = [bankDayFrom(wished), lastDayBefore(firstUsedOn)];
  const due = moved < latest ? moved : latest;
  if (due >= today) return due;
  const soonest = bankDayFrom(today);
  return today < firstUsedOn && firstUsedOn <= soonest ? today : soonest;
};

/** Some days after approval, at the latest before the first use, never a day that is over. */
export const dueDayOf = (
  approvedAt: Date,
  paymentDueDays: number,
  firstUseAt: Date,
  now: Date,
): LocalDay =>
  dueDayBefore(addDays(dayOf(approvedAt), paymentDueDays), {
    firstUsedOn: dayOf(firstUseAt),
    today: dayOf(now),
  });

/** Some days after now, whatever the use. */
export const dueDayAfter = (now: Date, paymentDueDays: number): LocalDay =>
  bankDayFrom(addDays(dayOf(now), paymentDueDays));
