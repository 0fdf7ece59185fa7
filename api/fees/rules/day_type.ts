import { weekdayOf, type LocalDay } from '#api/shared/time.ts';
import { holidayOn } from '#api/shared/holidays.ts';
import type { DayType, HolidayRule } from '../schema.ts';
import type { Sentence } from '#api/shared/languages.ts';

const saturday = 6;

const isWithin = (day: LocalDay, { from, to }: { from: string; to: string }) => {
  const monthDay = day.slice(5);
  return from <= to ? from <= monthDay && monthDay <= to : from <= monthDay || monthDay <= to;
};

/** What kind of day the tariff sees; a tariff without a holiday rule knows no kinds. */
export const dayTypeOn = (rule: HolidayRule | null, day: LocalDay): DayType => {
  if (!rule) return 'all';
  const isHoliday =
    rule.weekdays.includes(weekdayOf(day)) ||
    (rule.nationalHolidays && holidayOn(day) !== undefined) ||
    rule.monthDays.some((span) => isWithin(day, span));
  return isHoliday ? 'holiday' : 'weekday';
};

/** How the price of such a day is called; nothing where every day costs the same. */
export const dayTypeWords = (rule: HolidayRule | null, dayType: DayType): Sentence | undefined => {
  if (dayType === 'all') return undefined;
  if (dayType === 'weekday') return { ja: '平日料金', en: 'weekday price' };
  return rule?.weekdays.includes(saturday)
    ? { ja: '土・休日料金', en: 'Saturday and holiday price' }
    : { ja: '休日料金', en: 'holiday price' };
};
