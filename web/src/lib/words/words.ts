import { page } from '$app/state';
import { conventionsOf, inLanguage, type Language, type Localised } from '#api/shared/languages.ts';
import { catalogueOf } from './catalogue.ts';
import type { Words } from './ja/words.ts';

/** The language of the page being drawn. */
export const locale = (): Language => (page.data.locale as Language | undefined) ?? 'ja';

/** The words of a file of the languages' folders; the server, which draws no page yet, names the language. */
export const wordsIn = <Of>(byPath: Readonly<Record<string, unknown>>) => {
  const catalogue = catalogueOf<Of>(byPath);
  return (chosen: Language = locale()): Of => catalogue(chosen);
};

export const words = wordsIn<Words>(
  import.meta.glob('./*/words.ts', { eager: true, import: 'words' }),
);

/** What the data lists in two languages, as one text. */
export const listed = (japanese: readonly string[], english: readonly string[]): string => {
  const { comma } = conventionsOf(locale());
  return either(japanese.join(comma), english.join(comma));
};

/** A text of the data in the reader's language. */
export const said = (text: Localised): string => inLanguage(text, locale());

export const either = (ja: string, en: string): string => said({ ja, en });

export const nameOf = (named: { readonly nameJa: string; readonly nameEn: string }): string =>
  either(named.nameJa, named.nameEn);
