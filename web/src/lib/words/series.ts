import { conventionsOf } from '#api/shared/languages.ts';
import type { seriesPages } from './ja/series.ts';
import { locale, wordsIn } from './words.ts';

export const seriesWords = wordsIn<typeof seriesPages>(
  import.meta.glob('./*/series.ts', { eager: true, import: 'seriesPages' }),
);

/** As the API answers it. */
type Told = Readonly<Record<string, unknown>>;

/** 「毎週 火曜・木曜」「毎月 第2水曜」: a rule as people say it. */
export const ruleInWords = (rule: Told): string => {
  const words = seriesWords().rule;
  const interval = Number(rule['interval'] ?? 1);
  switch (rule['kind']) {
    case 'weekly': {
      const days = (rule['weekdays'] as number[]).toSorted((one, other) => one - other);
      const names = days.map((day) => words.weekdayName(day)).join(conventionsOf(locale()).dot);
      return words.inWords.weekly(words.weeks(interval), names);
    }
    case 'monthly_by_weekday':
      return words.inWords.monthly(
        words.months(interval),
        words.nthName(String(rule['nth'])),
        words.weekdayName(Number(rule['weekday'])),
      );
    default:
      return words.inWords.dates((rule['dates'] as readonly string[]).length);
  }
};
