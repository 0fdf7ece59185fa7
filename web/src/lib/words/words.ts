import { page } from '$app/state';
import { en } from './en.ts';
import { ja, type Words } from './ja.ts';

export type Locale = 'ja' | 'en';

const byLocale: Readonly<Record<Locale, Words>> = { ja, en };

/** For the server, where no page is being drawn yet. */
export const wordsFor = (chosen: Locale): Words => byLocale[chosen];

/** The language of the page being drawn. */
export const locale = (): Locale => (page.data.locale as Locale | undefined) ?? 'ja';

export const words = (): Words => wordsFor(locale());

/** The one of two sentences the data carries. */
export const either = (japanese: string, english: string): string =>
  locale() === 'en' && english !== '' ? english : japanese;

export const nameOf = (named: { readonly nameJa: string; readonly nameEn: string }): string =>
  either(named.nameJa, named.nameEn);
