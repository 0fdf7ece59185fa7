import { instantAt, venueZone, weekdayOf, type LocalDay } from './time.ts';

const weekdays = '月火水木金土日';
const minutesOfDay = 1_440;

/** `2027年2月14日(日)`: how a day is written in letters, and in errors that name one. */
export const dayWithWeekday = (day: LocalDay): string => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return `${year}年${month}月${date}日(${weekdays[weekdayOf(day) - 1]!})`;
};

const clock = (minutes: number, locale: 'ja' | 'en'): string => {
  if (minutes < 0) {
    const time = clock(minutes + minutesOfDay, locale);
    return locale === 'ja' ? `前日${time}` : `${time} the day before`;
  }
  if (minutes > minutesOfDay) {
    const time = clock(minutes - minutesOfDay, locale);
    return locale === 'ja' ? `翌日${time}` : `${time} the next day`;
  }
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
};

/** An instant as a clock of a day shows it: 24:00 at its end, 翌日2:00 after it, 前日22:00 before. */
export const timeOfDay = (
  day: LocalDay,
  instant: Date,
  locale: 'ja' | 'en' = 'ja',
  zone: string = venueZone,
): string => {
  const minutes = Math.round(
    (instant.getTime() - instantAt(day, '00:00', zone).getTime()) / 60_000,
  );
  return clock(minutes, locale);
};

/** `9:00〜17:00`; past midnight `17:00〜翌日2:00`. */
export const timeSpan = (day: LocalDay, startsAt: Date, endsAt: Date, zone?: string): string =>
  `${timeOfDay(day, startsAt, 'ja', zone)}〜${timeOfDay(day, endsAt, 'ja', zone)}`;
