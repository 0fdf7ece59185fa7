import { DateTime, Interval } from 'luxon';
import { z } from 'zod';

/** A calendar day of the venue, `YYYY-MM-DD`. */
export type LocalDay = string & { readonly __day: true };
/** A wall-clock time of the venue, `HH:MM`. */
export type LocalTime = string;
/** April to March, named by the year it begins in. */
export type FiscalYear = number;

export const venueZone = 'Asia/Tokyo';

const isDay = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: venueZone }).isValid;

/** Full-width digits and slashes are how people type days; `２０２７／２／１４` is `2027-02-14`. */
const normaliseDay = (text: string) => {
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.normalize('NFKC').trim());
  return parts
    ? `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`
    : text.trim();
};

export const localDaySchema = z
  .string()
  .transform(normaliseDay)
  .refine(isDay, { params: { code: 'http.not_a_day' } })
  .transform((text) => text as LocalDay);

export const localDay = (text: string): LocalDay => {
  if (!isDay(text)) throw new RangeError(`not a day: ${text}`);
  return text as LocalDay;
};

export const dayOf = (instant: Date, zone: string = venueZone): LocalDay =>
  DateTime.fromJSDate(instant, { zone }).toISODate() as LocalDay;

/** `2026-12-09 00:00`, in the venue's time. */
export const wallClock = (instant: Date, zone: string = venueZone): string =>
  DateTime.fromJSDate(instant, { zone }).toFormat('yyyy-MM-dd HH:mm');

export const instantAt = (day: LocalDay, time: LocalTime, zone: string = venueZone): Date =>
  time === '24:00'
    ? instantAt(addDays(day, 1), '00:00', zone)
    : DateTime.fromISO(`${day}T${time}`, { zone }).toJSDate();

export const addDays = (day: LocalDay, days: number): LocalDay =>
  DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toISODate() as LocalDay;

export const addMonths = (day: LocalDay, months: number): LocalDay =>
  DateTime.fromISO(day, { zone: 'utc' }).plus({ months }).toISODate() as LocalDay;

export const firstOfMonth = (day: LocalDay): LocalDay => `${day.slice(0, 7)}-01` as LocalDay;

export const lastOfMonth = (day: LocalDay): LocalDay =>
  addDays(addMonths(firstOfMonth(day), 1), -1);

/** Every day from `from` to `to`, both included; empty when `to` is earlier. */
export const daysFrom = (from: LocalDay, to: LocalDay): LocalDay[] => {
  if (to < from) return [];
  const span = Interval.fromDateTimes(
    DateTime.fromISO(from, { zone: 'utc' }),
    DateTime.fromISO(to, { zone: 'utc' }).plus({ days: 1 }),
  );
  return span.splitBy({ days: 1 }).map((part) => part.start!.toISODate() as LocalDay);
};

export const daysBetween = (from: LocalDay, to: LocalDay): number =>
  DateTime.fromISO(to, { zone: 'utc' }).diff(DateTime.fromISO(from, { zone: 'utc' }), 'days').days;

/** 1 Monday … 7 Sunday. */
export const weekdayOf = (day: LocalDay): number => DateTime.fromISO(day, { zone: 'utc' }).weekday;

export const fiscalYearOf = (day: LocalDay): FiscalYear => {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return month >= 4 ? year : year - 1;
};

/** Era label of a fiscal year on papers and numbers: 2026 → `R08`. Reiwa began in 2019. */
export const eraLabel = (fiscalYear: FiscalYear): string =>
  `R${String(fiscalYear - 2018).padStart(2, '0')}`;

export const addMinutes = (instant: Date, minutes: number): Date =>
  new Date(instant.getTime() + minutes * 60_000);
