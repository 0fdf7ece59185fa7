import { receivablePages as en } from './en/receivables.ts';
import { receivablePages as ja } from './ja/receivables.ts';
import { locale } from './words.ts';

export const receivableWords = () => (locale() === 'en' ? en : ja);
