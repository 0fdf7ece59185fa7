import { policies as en } from './en/policies.ts';
import { policies as ja } from './ja/policies.ts';
import { locale, type Locale } from './words.ts';

/** For the server, where no page is being drawn yet. */
export const policyWordsFor = (chosen: Locale) => (chosen === 'en' ? en : ja);

export const policyWords = () => policyWordsFor(locale());
