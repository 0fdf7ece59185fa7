import { utilities as en } from './en/utilities.ts';
import { utilities as ja } from './ja/utilities.ts';
import { locale } from './words.ts';

export const utilityWords = () => (locale() === 'en' ? en : ja);
