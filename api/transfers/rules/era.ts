import { addDays, daysBetween, localDay, type LocalDay } from '../../shared/time.ts';

const eras = [
  { before: 1988, from: '1989-01-08', until: '2019-04-30' },
  { before: 2018, from: '2019-05-01', until: '9999-12-31' },
] as const;

/** Files of the bank are read soon; a day far off is a year of another calendar. */
const daysBackMost = 731;
const daysAheadMost = 31;

export const earliestDay = (today: LocalDay): LocalDay => addDays(today, -daysBackMost);
export const latestDay = (today: LocalDay): LocalDay => addDays(today, daysAheadMost);

const dayIn = (text: string, before: number): LocalDay | undefined => {
  const year = before + Number(text.slice(0, 2));
  try {
    return localDay(`${year}-${text.slice(2, 4)}-${text.slice(4, 6)}`);
  } catch {
    return undefined;
  }
};

/**
 * A day written as year, month and day of a Japanese era whose name is left out: the era that puts it
 * nearest to today. Nothing where no such day exists or it lies too far off.
 */
export const dayOfEra = (text: string, today: LocalDay): LocalDay | undefined => {
  if (!/^\d{6}$/.test(text)) return undefined;
  const distance = (day: LocalDay) => Math.abs(daysBetween(today, day));
  const [nearest] = eras
    .flatMap(({ before, from, until }) => {
      const day = dayIn(text, before);
      return day && from <= day && day <= until ? [day] : [];
    })
    .sort((one, other) => distance(one) - distance(other));
  if (!nearest) return undefined;
  return earliestDay(today) <= nearest && nearest <= latestDay(today) ? nearest : undefined;
};
