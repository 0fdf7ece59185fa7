import { reductions as en } from './en/reductions.ts';
import { reductions as ja } from './ja/reductions.ts';
import { locale } from './words.ts';

export const reductionWords = () => (locale() === 'en' ? en : ja);
