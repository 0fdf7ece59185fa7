import { closurePages as en } from './en/closures.ts';
import { closurePages as ja } from './ja/closures.ts';
import { locale } from './words.ts';

export const closureWords = () => (locale() === 'en' ? en : ja);
