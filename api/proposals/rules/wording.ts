import { dayWords } from '../../fees/rules/wording.ts';
import type { Sentence } from '#api/shared/languages.ts';
import { addDays, daysBetween, type LocalDay } from '../../shared/time.ts';
import type { FinderPart, Named } from './catalogue.ts';

/** The room, and its part where there is more than one way to use it. */
export const placeName = (
  part: Pick<FinderPart, 'roomNameJa' | 'roomNameEn' | 'nameJa' | 'nameEn' | 'isDivisible'>,
): Sentence => ({
  ja: part.isDivisible ? `${part.roomNameJa} ${part.nameJa}` : part.roomNameJa,
  en: part.isDivisible ? `${part.roomNameEn} ${part.nameEn}` : part.roomNameEn,
});

const monthDayJa = (day: LocalDay) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;

interface Run {
  readonly first: LocalDay;
  readonly last: LocalDay;
}

const runsOf = (days: readonly LocalDay[]): Run[] => {
  const runs: Run[] = [];
  for (const day of days.toSorted()) {
    const open = runs.at(-1);
    if (open && addDays(open.last, 1) === day) runs[runs.length - 1] = { ...open, last: day };
    else runs.push({ first: day, last: day });
  }
  return runs;
};

const lengthOf = ({ first, last }: Run) => daysBetween(first, last) + 1;

const runsSaidMost = 8;

const runWords = ({ first, last }: Run): Sentence => {
  if (first === last) return { ja: monthDayJa(first), en: first };
  const isSameMonth = first.slice(0, 7) === last.slice(0, 7);
  const end = isSameMonth ? `${Number(last.slice(8))}日` : monthDayJa(last);
  return { ja: `${monthDayJa(first)}〜${end}`, en: `${first} to ${last}` };
};

/** `2月14日〜16日、20日`, said as one does over the phone; of very many days the first. */
export const daysWords = (days: readonly LocalDay[]): Sentence => {
  const runs = runsOf(days);
  const said = runs.slice(0, runsSaidMost).map(runWords);
  const rest = runs.slice(runsSaidMost).reduce((sum, run) => sum + lengthOf(run), 0);
  return {
    ja: said.map(({ ja }) => ja).join('、') + (rest > 0 ? `ほか${rest}日` : ''),
    en: said.map(({ en }) => en).join(', ') + (rest > 0 ? ` and ${rest} more days` : ''),
  };
};

export const joinNames = (names: readonly Named[]): Sentence => ({
  ja: names.map(({ nameJa }) => nameJa).join('・'),
  en: names.map(({ nameEn }) => nameEn).join(', '),
});

export { dayWords };
