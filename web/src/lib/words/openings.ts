import { openings as en } from './en/openings.ts';
import { openings as ja } from './ja/openings.ts';
import { locale } from './words.ts';

export const openingWords = () => (locale() === 'en' ? en : ja);
