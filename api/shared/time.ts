import { DateTime } from 'luxon';
import { z } from 'zod';

/** A calendar day of the venue, `YYYY-MM-DD`. */
export type LocalDay = string & { readonly __day: true };
/** A wall-clock time of the venue, `HH:MM`. */
export type LocalTime = string;
/** April to March, named by the year it begins in. */
export type FiscalYear = number;

export const venueZone = 'Asia/Tokyo';

const minute = 60_000;
const dayLength = 1_440 * minute;

/** Days are counted in UTC, where every day is as long as the next. */
const midnightOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
/** Days are compared as text, which holds for years of four digits alone. */
const dayAt = (midnight: number): LocalDay => {
  const text = new Date(midnight).toISOString();
  if (!/^\d{4}-/.test(text)) throw new RangeError(`outside the years of four digits: ${text}`);
  return text.slice(0, 10) as LocalDay;
};

export const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const midnight = midnightOf(text);
  return !Number.isNaN(midnight) && dayAt(midnight) === text;
};

/** Full-width digits and slashes are how people type days; `２０２７／２／１４` is `2027-02-14`. */
const normaliseDay = (text: string) => {
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.normalize('NFKC').trim());
  return parts
    ? `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`
    : text.trim();
};

/** What people may ask about: from before the oldest of the halls to far beyond every booking. */
export const firstReadDay = '1990-01-01' as LocalDay;
export const lastReadDay = '2199-12-31' as LocalDay;

export const isReadDay = (day: string): boolean => firstReadDay <= day && day <= lastReadDay;

const outOfRange = {
  params: { code: 'http.day_out_of_range', first: firstReadDay, last: lastReadDay },
};

export const localDaySchema = z
  .string()
  .transform(normaliseDay)
  .refine(isDay, { params: { code: 'http.not_a_day' }, abort: true })
  .refine(isReadDay, outOfRange)
  .transform((text) => text as LocalDay)
  .meta({ format: 'date', example: '2027-02-14' });

/** An instant as machines write it, with its offset. */
export const instantSchema = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((instant) => isReadDay(instant.toISOString().slice(0, 10)), outOfRange)
  .meta({ format: 'date-time', example: '2027-02-14T09:00:00+09:00' });

export const localDay = (text: string): LocalDay => {
  if (!isDay(text)) throw new RangeError(`not a day: ${text}`);
  return text as LocalDay;
};

const exactOffset = (instant: number, zone: string): number =>
  DateTime.fromMillis(instant, { zone }).offset;

/** Looking an offset up is slow: what was found for a day of a zone is remembered, it does not change. */
const knownOffsets = new Map<string, Map<number, number | undefined>>();
const knownDaysMost = 20_000;

const knownDays = (zone: string): Map<number, number | undefined> => {
  const known = knownOffsets.get(zone);
  if (known && known.size < knownDaysMost) return known;
  const days = new Map<number, number | undefined>();
  knownOffsets.set(zone, days);
  return days;
};

/** The offset of a whole UTC day; nothing for a day on which the clocks change. */
const offsetOfDay = (index: number, zone: string): number | undefined => {
  const days = knownDays(zone);
  if (days.has(index)) return days.get(index);
  const [first, last] = [index, index + 1].map((at) => exactOffset(at * dayLength, zone));
  const offset = first === last ? first : undefined;
  days.set(index, offset);
  return offset;
};

/** Minutes the wall clock of the zone is ahead of UTC at an instant. */
const offsetAt = (instant: number, zone: string): number =>
  offsetOfDay(Math.floor(instant / dayLength), zone) ?? exactOffset(instant, zone);

const wallTime = (instant: Date, zone: string): string => {
  const local = instant.getTime() + offsetAt(instant.getTime(), zone) * minute;
  return new Date(local).toISOString();
};

export const dayOf = (instant: Date, zone: string = venueZone): LocalDay =>
  wallTime(instant, zone).slice(0, 10) as LocalDay;

/** `2026-12-09 00:00`, in the venue's time. */
export const wallClock = (instant: Date, zone: string = venueZone): string =>
  wallTime(instant, zone).slice(0, 16).replace('T', ' ');

/** Of a time that comes twice the first; a time that is left out counts as if the clocks had stayed. */
const instantOfWall = (wall: number, zone: string): number => {
  const before = offsetAt(wall - dayLength, zone);
  const after = offsetAt(wall + dayLength, zone);
  const [early, late] = [wall - before * minute, wall - after * minute];
  if (before === after || offsetAt(early, zone) === before) return early;
  return offsetAt(late, zone) === after ? late : early;
};

/** `24:00` is midnight after the day. */
export const instantAt = (day: LocalDay, time: LocalTime, zone: string = venueZone): Date => {
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  return new Date(instantOfWall(midnightOf(day) + minutes * minute, zone));
};

export const addDays = (day: LocalDay, days: number): LocalDay =>
  dayAt(midnightOf(day) + days * dayLength);

export const firstOfMonth = (day: LocalDay): LocalDay => `${day.slice(0, 7)}-01` as LocalDay;

const firstOfMonthLater = (day: LocalDay, months: number): LocalDay => {
  const date = new Date(midnightOf(firstOfMonth(day)));
  date.setUTCMonth(date.getUTCMonth() + months);
  return dayAt(date.getTime());
};

export const lastOfMonth = (day: LocalDay): LocalDay => addDays(firstOfMonthLater(day, 1), -1);

/** The same day of another month, or its last day where the month is shorter. */
export const addMonths = (day: LocalDay, months: number): LocalDay => {
  const first = firstOfMonthLater(day, months);
  const same = `${first.slice(0, 8)}${day.slice(8)}` as LocalDay;
  const last = lastOfMonth(first);
  return same < last ? same : last;
};

export const daysBetween = (from: LocalDay, to: LocalDay): number =>
  (midnightOf(to) - midnightOf(from)) / dayLength;

/** Every day from `from` to `to`, both included; empty when `to` is earlier. */
export const daysFrom = (from: LocalDay, to: LocalDay): LocalDay[] =>
  Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, at) => addDays(from, at));

/** 1 Monday … 7 Sunday. */
export const weekdayOf = (day: LocalDay): number => new Date(midnightOf(day)).getUTCDay() || 7;

const closedDaysMost = 60;

/** The day itself, or the next one on which there is somebody: how deadlines and due days move. */
export const openDayFrom = (day: LocalDay, isClosed: (day: LocalDay) => boolean): LocalDay => {
  let open = day;
  for (let passed = 0; passed < closedDaysMost && isClosed(open); passed += 1) {
    open = addDays(open, 1);
  }
  return open;
};

export const fiscalYearOf = (day: LocalDay): FiscalYear => {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return month >= 4 ? year : year - 1;
};

/** Era label of a fiscal year on papers and numbers: 2026 → `R08`. Reiwa began in 2019. */
export const eraLabel = (fiscalYear: FiscalYear): string =>
  `R${String(fiscalYear - 2018).padStart(2, '0')}`;

export const addMinutes = (instant: Date, minutes: number): Date =>
  new Date(instant.getTime() + minutes * 60_000);

/** From an instant up to, but without, another. */
export interface Stretch {
  readonly from: Date;
  readonly until: Date;
}

/** What is left of a stretch beside those that are taken already. */
export const withoutTaken = (stretch: Stretch, taken: readonly Stretch[]): Stretch[] =>
  taken.reduce<Stretch[]>(
    (left, { from, until }) =>
      left.flatMap((piece) => {
        if (until <= piece.from || piece.until <= from) return [piece];
        return [
          ...(piece.from < from ? [{ from: piece.from, until: from }] : []),
          ...(until < piece.until ? [{ from: until, until: piece.until }] : []),
        ];
      }),
    stretch.from < stretch.until ? [stretch] : [],
  );
