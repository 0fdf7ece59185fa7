import { conventionsOf, type Language } from '#api/shared/languages.ts';
import { localDay, venueZone, weekdayOf } from '#api/shared/time.ts';
import { timeOfDay } from '#api/shared/wording.ts';

export type DayStyle = 'long' | 'short' | 'era' | 'day';
export type InstantStyle = 'long' | 'short' | 'time';

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const wallFormat = new Intl.DateTimeFormat('sv-SE', {
  timeZone: venueZone,
  dateStyle: 'short',
  timeStyle: 'short',
});

export const formatNumber = (value: number): string =>
  // A sum that ends at nothing may be minus nothing, which nobody reads.
  value < 0 ? `▲${grouped.format(-value)}` : grouped.format(value === 0 ? 0 : value);

export const formatYen = (yen: number, language: Language): string =>
  conventionsOf(language).yen(grouped.format(Math.abs(yen)), yen < 0);

export const formatArea = (sqm: number, language: Language): string =>
  conventionsOf(language).area(formatNumber(sqm));

/** Basis points as a percentage: 7000 → 70%. */
export const formatRate = (rateBp: number, digits = 1): string =>
  `${new Intl.NumberFormat('en-US', { maximumFractionDigits: digits }).format(rateBp / 100)}%`;

export const formatWeekday = (day: string, language: Language): string =>
  conventionsOf(language).weekdays[weekdayOf(localDay(day)) % 7]!;

/** 2027年2月14日(日) · 2/14(日) · 令和9年2月14日 · 14 */
export const formatDay = (day: string, language: Language, style: DayStyle = 'long'): string => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const weekday = formatWeekday(day, language);
  const { day: long, dayOfYear, officialDay } = conventionsOf(language);
  switch (style) {
    case 'day':
      return String(date);
    case 'short':
      return dayOfYear(month, date, weekday);
    case 'era':
      return officialDay(year, month, date, weekday);
    case 'long':
      return long(year, month, date, weekday);
  }
};

/** `2027-02` → 2027年2月 */
export const formatMonth = (month: string, language: Language): string => {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return conventionsOf(language).month(year, number);
};

/** The venue's clock, whatever the reader's: 2027年2月14日(日) 9:00 */
export const formatInstant = (
  instant: string,
  language: Language,
  style: InstantStyle = 'long',
): string => {
  const [day, time] = wallFormat.format(new Date(instant)).split(' ') as [string, string];
  const clock = time.replace(/^0/, '');
  if (style === 'time') return clock;
  return `${formatDay(day, language, style)} ${clock}`;
};

/** A time as the clock of a day shows it: 17:00; after its midnight 翌日2:00 */
export const formatTime = (day: string, instant: string, language: Language): string =>
  timeOfDay(localDay(day), new Date(instant), language);

/** The times of a use on its day: 9:00–17:00; past midnight 17:00–翌日2:00 */
export const formatSpan = (
  day: string,
  startsAt: string,
  endsAt: string,
  language: Language,
): string => `${formatTime(day, startsAt, language)}–${formatTime(day, endsAt, language)}`;

/** `09:00`, `13:00` → 9:00–13:00 */
export const formatTimes = (starts: string, ends: string): string =>
  `${starts.replace(/^0/, '').slice(0, 5)}–${ends.replace(/^0/, '').slice(0, 5)}`;

/** The venue's day of an instant, `YYYY-MM-DD`. */
export const dayOfInstant = (instant: string): string =>
  wallFormat.format(new Date(instant)).slice(0, 10);
