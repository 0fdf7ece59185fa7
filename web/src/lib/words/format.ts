import { localDay, venueZone } from '#api/shared/time.ts';
import { timeOfDay } from '#api/shared/wording.ts';
import type { Locale } from './words.ts';

export type DayStyle = 'long' | 'short' | 'era' | 'day';
export type InstantStyle = 'long' | 'short' | 'time';

const weekdays = {
  ja: ['日', '月', '火', '水', '木', '金', '土'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const;
const monthsEn = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
];

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const eraFormat = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', {
  timeZone: 'UTC',
  dateStyle: 'long',
});
const wallFormat = new Intl.DateTimeFormat('sv-SE', {
  timeZone: venueZone,
  dateStyle: 'short',
  timeStyle: 'short',
});

const utc = (day: string) => new Date(`${day}T00:00:00Z`);

/** 0 Sunday … 6 Saturday. */
const weekdayIndex = (day: string) => utc(day).getUTCDay();

export const formatNumber = (value: number): string =>
  // A sum that ends at nothing may be minus nothing, which nobody reads.
  value < 0 ? `▲${grouped.format(-value)}` : grouped.format(value === 0 ? 0 : value);

export const formatYen = (yen: number, locale: Locale): string => {
  if (locale === 'ja') return `${formatNumber(yen)}円`;
  return `${yen < 0 ? '−' : ''}¥${grouped.format(Math.abs(yen))}`;
};

export const formatArea = (sqm: number, locale: Locale): string =>
  locale === 'ja' ? `${formatNumber(sqm)}㎡` : `${formatNumber(sqm)} m²`;

/** Basis points as a percentage: 7000 → 70%. */
export const formatRate = (rateBp: number, digits = 1): string =>
  `${new Intl.NumberFormat('en-US', { maximumFractionDigits: digits }).format(rateBp / 100)}%`;

export const formatWeekday = (day: string, locale: Locale): string =>
  weekdays[locale][weekdayIndex(day)]!;

const eraDay = (day: string) => eraFormat.format(utc(day));

/** 2027年2月14日(日) · 2/14(日) · 令和9年2月14日 · 14 */
export const formatDay = (day: string, locale: Locale, style: DayStyle = 'long'): string => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const weekday = formatWeekday(day, locale);
  if (style === 'day') return String(date);
  if (style === 'era') return locale === 'ja' ? eraDay(day) : formatDay(day, locale);
  if (locale === 'en') {
    const short = `${weekday} ${date} ${monthsEn[month - 1]}`;
    return style === 'short' ? short : `${short} ${year}`;
  }
  return style === 'short'
    ? `${month}/${date}(${weekday})`
    : `${year}年${month}月${date}日(${weekday})`;
};

/** `2027-02` → 2027年2月 */
export const formatMonth = (month: string, locale: Locale): string => {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return locale === 'ja' ? `${year}年${number}月` : `${monthsEn[number - 1]} ${year}`;
};

/** The venue's clock, whatever the reader's: 2027年2月14日(日) 9:00 */
export const formatInstant = (
  instant: string,
  locale: Locale,
  style: InstantStyle = 'long',
): string => {
  const [day, time] = wallFormat.format(new Date(instant)).split(' ') as [string, string];
  const clock = time.replace(/^0/, '');
  if (style === 'time') return clock;
  return `${formatDay(day, locale, style)} ${clock}`;
};

/** A time as the clock of a day shows it: 17:00; after its midnight 翌日2:00 */
export const formatTime = (day: string, instant: string, locale: Locale): string =>
  timeOfDay(localDay(day), new Date(instant), locale);

/** The times of a use on its day: 9:00–17:00; past midnight 17:00–翌日2:00 */
export const formatSpan = (day: string, startsAt: string, endsAt: string, locale: Locale): string =>
  `${formatTime(day, startsAt, locale)}–${formatTime(day, endsAt, locale)}`;

/** `09:00`, `13:00` → 9:00–13:00 */
export const formatTimes = (starts: string, ends: string): string =>
  `${starts.replace(/^0/, '').slice(0, 5)}–${ends.replace(/^0/, '').slice(0, 5)}`;

/** The venue's day of an instant, `YYYY-MM-DD`. */
export const dayOfInstant = (instant: string): string =>
  wallFormat.format(new Date(instant)).slice(0, 10);
