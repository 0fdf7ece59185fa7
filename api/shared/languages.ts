import { z } from 'zod';

/** How a language writes what is not a sentence. What an entry leaves out is written as in Japanese. */
interface Conventions {
  /** Sunday first. */
  readonly weekdays: readonly string[];
  readonly day: (year: number, month: number, date: number, weekday: string) => string;
  readonly dayOfYear: (month: number, date: number, weekday: string) => string;
  /** A day as the letters of an authority date it. */
  readonly officialDay: (year: number, month: number, date: number, weekday: string) => string;
  readonly month: (year: number, month: number) => string;
  readonly yen: (amount: string, isNegative: boolean) => string;
  readonly area: (sqm: string) => string;
  readonly dayBefore: (time: string) => string;
  readonly dayAfter: (time: string) => string;
  /** Between the parts of a list, and between things that belong together. */
  readonly comma: string;
  readonly dot: string;
  /** Between the ends of a span. */
  readonly to: string;
  /** The subject of a letter, with the number it is about. */
  readonly headed: (subject: string, about: string) => string;
  /** To somebody whose name is not written, where it is empty. */
  readonly salutation: (name: string) => string;
  readonly labelled: (label: string, value: string) => string;
}

type Entry = { readonly name: string } & Partial<Conventions>;

const era = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { timeZone: 'UTC', dateStyle: 'long' });

const japanese: Entry & Conventions = {
  name: '日本語',
  weekdays: ['日', '月', '火', '水', '木', '金', '土'],
  day: (year, month, date, weekday) => `${year}年${month}月${date}日(${weekday})`,
  dayOfYear: (month, date, weekday) => `${month}/${date}(${weekday})`,
  officialDay: (year, month, date) => era.format(Date.UTC(year, month - 1, date)),
  month: (year, month) => `${year}年${month}月`,
  yen: (amount, isNegative) => `${isNegative ? '▲' : ''}${amount}円`,
  area: (sqm) => `${sqm}㎡`,
  dayBefore: (time) => `前日${time}`,
  dayAfter: (time) => `翌日${time}`,
  comma: '、',
  dot: '・',
  to: '〜',
  headed: (subject, about) => `【会館】${subject}${about && `（${about}）`}`,
  salutation: (name) => (name === '' ? 'ご担当者様' : `${name} 様`),
  labelled: (label, value) => `${label}：${value}`,
};

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const dayInEnglish: Conventions['day'] = (year, month, date, weekday) =>
  `${weekday} ${date} ${months[month - 1]} ${year}`;

const english: Entry = {
  name: 'English',
  weekdays: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
  day: dayInEnglish,
  dayOfYear: (month, date, weekday) => `${weekday} ${date} ${months[month - 1]}`,
  officialDay: dayInEnglish,
  month: (year, month) => `${months[month - 1]} ${year}`,
  yen: (amount, isNegative) => `${isNegative ? '−' : ''}¥${amount}`,
  area: (sqm) => `${sqm} m²`,
  dayBefore: (time) => `${time} the day before`,
  dayAfter: (time) => `${time} the next day`,
  comma: ', ',
  dot: ', ',
  to: '–',
  headed: (subject, about) => `[Kaikan] ${subject}${about && ` (${about})`}`,
  salutation: (name) => (name === '' ? 'Dear customer,' : `Dear ${name},`),
  labelled: (label, value) => `${label}: ${value}`,
};

/** The languages of the house. Japanese comes first: whatever another one lacks is said in it. */
export const languages = { ja: japanese, en: english } satisfies Record<string, Entry>;

export type Language = keyof typeof languages;

const entries: Readonly<Record<string, Entry>> = languages;

export const languageCodes = Object.keys(languages) as [Language, ...Language[]];

export const languageSchema = z.enum(languageCodes);

const isLanguage = (code: string | null | undefined): code is Language =>
  typeof code === 'string' && Object.hasOwn(languages, code);

export const conventionsOf = (language: Language): Conventions => ({
  ...japanese,
  ...entries[language],
});

/** The language of a code that was kept or chosen; of one the house does not speak, Japanese. */
export const languageOf = (code: string | null | undefined): Language =>
  isLanguage(code) ? code : 'ja';

/** What was chosen on the page goes before what the browser prefers. */
export const readerLanguage = (chosen: string | undefined, accepted: string | null | undefined) =>
  isLanguage(chosen)
    ? chosen
    : languageOf(
        accepted
          ?.trim()
          .toLowerCase()
          .match(/^[a-z]+/)?.[0],
      );

/** A text people read: in Japanese always, in others where somebody wrote it. */
export type Localised = { readonly ja: string } & { readonly [Code in Language]?: string };

/** What the program itself says is said in Japanese and English. */
export type Sentence = Localised & { readonly en: string };

export const inLanguage = (text: Localised, language: Language): string =>
  text[language] || text.ja;
