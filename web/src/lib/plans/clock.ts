import { instantAt, localDaySchema } from '#api/shared/time.ts';

/** Minutes into the day of `14:00`, `１４時３０分` or, past midnight, `25:30`. */
const minutesOf = (typed: string): number | undefined => {
  const parts = /^(\d{1,2})[:時](\d{2})分?$/.exec(typed.normalize('NFKC').trim());
  const [hours, minutes] = [Number(parts?.[1]), Number(parts?.[2])];
  return parts && hours < 48 && minutes < 60 ? hours * 60 + minutes : undefined;
};

/** The instant of a typed day and time of the venue; nothing where either cannot be read. */
export const instantOf = (day: string, typed: string): string | undefined => {
  const parsed = localDaySchema.safeParse(day);
  const minutes = minutesOf(typed);
  if (!parsed.success || minutes === undefined) return undefined;
  const midnight = instantAt(parsed.data, '00:00').getTime();
  return new Date(midnight + minutes * 60_000).toISOString();
};

/** The time of an instant as it is typed again, counted on from the day of use. */
export const typedTime = (day: string, instant: string | null): string => {
  if (!instant) return '';
  const parsed = localDaySchema.parse(day);
  const sinceMidnight = new Date(instant).getTime() - instantAt(parsed, '00:00').getTime();
  const minutes = Math.floor(sinceMidnight / 60_000);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
};
