import { transfers as en } from './en/transfers.ts';
import { transfers as ja } from './ja/transfers.ts';
import { locale } from './words.ts';

export const transferWords = () => (locale() === 'en' ? en : ja);
