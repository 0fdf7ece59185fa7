import { conventionsOf, type Language } from './languages.ts';
import type { Yen } from './money.ts';
import {
  dayOf,
  instantAt,
  isDay,
  localDay,
  venueZone,
  wallClock,
  weekdayOf,
  type LocalDay,
} from './time.ts';

const minutesOfDay = 1_440;

/** `2027年2月14日(日)`: how a day is written in letters, and in errors that name one. */
export const dayWithWeekday = (day: LocalDay, language: Language = 'ja'): string => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const { weekdays, day: write } = conventionsOf(language);
  return write(year, month, date, weekdays[weekdayOf(day) % 7]!);
};

/** `217,800`. */
export const yenNumber = (amount: Yen): string => String(amount).replace(/\B(?=(\d{3})+$)/g, ',');

/** `217,800円`. */
export const yenText = (amount: Yen, language: Language = 'ja'): string =>
  conventionsOf(language).yen(yenNumber(amount), false);

const clock = (minutes: number, language: Language): string => {
  const { dayBefore, dayAfter } = conventionsOf(language);
  if (minutes < 0) return dayBefore(clock(minutes + minutesOfDay, language));
  if (minutes > minutesOfDay) return dayAfter(clock(minutes - minutesOfDay, language));
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
};

/** An instant as a clock of a day shows it: 24:00 at its end, 翌日2:00 after it, 前日22:00 before. */
export const timeOfDay = (
  day: LocalDay,
  instant: Date,
  language: Language = 'ja',
  zone: string = venueZone,
): string => {
  const minutes = Math.round(
    (instant.getTime() - instantAt(day, '00:00', zone).getTime()) / 60_000,
  );
  return clock(minutes, language);
};

/** `9:00〜17:00`; past midnight `17:00〜翌日2:00`. */
export const timeSpan = (
  day: LocalDay,
  startsAt: Date,
  endsAt: Date,
  { zone, language = 'ja' }: { readonly zone?: string; readonly language?: Language } = {},
): string =>
  [startsAt, endsAt]
    .map((instant) => timeOfDay(day, instant, language, zone))
    .join(conventionsOf(language).to);

/** `2027年2月14日(日) 9:00`. */
export const momentWithWeekday = (instant: Date, language: Language = 'ja'): string =>
  `${dayWithWeekday(dayOf(instant), language)} ${wallClock(instant).slice(11).replace(/^0/, '')}`;

/** `多目的展示ホール 全面`; a room sold only whole is called by its own name. */
export const placeName = (roomName: string, configurationName: string): string =>
  configurationName.includes(roomName) ? configurationName : `${roomName} ${configurationName}`;

/** `2027-02-14` and `2027-02-14 09:00` as a sentence says them; any other value as it is. */
export const valueInWords = (value: string, language: Language): string => {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}))?$/.exec(value) ?? [];
  if (!day || !isDay(day)) return value;
  const words = dayWithWeekday(localDay(day), language);
  return time ? `${words} ${time.replace(/^0/, '')}` : words;
};
