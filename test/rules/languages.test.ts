import { describe, expect, test } from 'vitest';
import { inLanguage, readerLanguage, type Language } from '#api/shared/languages.ts';
import { defineErrors, sentenceOf } from '#api/shared/error.ts';
import { localDay } from '#api/shared/time.ts';
import { dayWithWeekday } from '#api/shared/wording.ts';
import { catalogueOf } from '#web/words/catalogue.ts';
import { formatDay, formatYen } from '#web/words/format.ts';

/** A language that is only begun: three words, no conventions. */
const begun = 'xx' as Language;

describe('a language that is only begun', () => {
  const words = catalogueOf<{
    title: string;
    states: { free: string; taken: string };
    marks: readonly string[];
    left: (count: number) => string;
  }>({
    './ja/calendar.ts': {
      title: '空き状況',
      states: { free: '空き', taken: '予約済み' },
      marks: ['○', '×'],
      left: (count: number) => `残り${count}`,
    },
    './xx/calendar.ts': { title: 'Kala', states: { free: 'Vapaa' }, marks: ['o', 'x'] },
  });

  test('shows the words it has and, for the others, the Japanese ones', () => {
    const { title, states, marks, left } = words(begun);
    expect([title, states, marks, left(2)]).toEqual([
      'Kala',
      { free: 'Vapaa', taken: '予約済み' },
      ['o', 'x'],
      '残り2',
    ]);
  });

  test('whose folder lacks a file altogether shows that page in Japanese', () => {
    const only = catalogueOf<{ title: string }>({ './ja/help.ts': { title: 'ご利用案内' } });
    expect(only(begun).title).toBe('ご利用案内');
  });

  test('writes days and money as Japanese does', () => {
    expect(dayWithWeekday(localDay('2027-02-14'), begun)).toBe('2027年2月14日(日)');
    expect(formatDay('2027-02-14', begun, 'era')).toBe('令和9年2月14日');
    expect(formatYen(-1_000, begun)).toBe('▲1,000円');
  });

  test('hears errors in Japanese', () => {
    const errors = defineErrors('halls', {
      closed: { kind: 'conflict', ja: '{day}は休館です。', en: 'Closed on {day}.' },
    });
    const error = errors.closed({ params: { day: '2027-02-14' } });
    expect(sentenceOf(error, begun)).toBe('2027年2月14日(日)は休館です。');
    expect(sentenceOf(error, 'en')).toBe('Closed on Sun 14 Feb 2027.');
  });
});

describe('a text of the data', () => {
  test('is shown in Japanese where nobody wrote the other language', () => {
    expect(inLanguage({ ja: '全面', en: 'Whole' }, 'en')).toBe('Whole');
    expect(inLanguage({ ja: '全面', en: '' }, 'en')).toBe('全面');
    expect(inLanguage({ ja: '全面' }, 'en')).toBe('全面');
  });
});

describe('the language of a reader', () => {
  test.each([
    ['what was chosen', 'ja', 'en-GB,en', 'ja'],
    ['what the browser prefers', undefined, 'en-GB,en;q=0.8', 'en'],
    ['Japanese where the house does not speak it', undefined, 'fr-FR,en;q=0.8', 'ja'],
    ['Japanese where nothing is known', undefined, null, 'ja'],
    ['no choice that is none', 'constructor', 'en', 'en'],
  ] as const)('is %s', (_, chosen, accepted, language) => {
    expect(readerLanguage(chosen, accepted)).toBe(language);
  });
});
