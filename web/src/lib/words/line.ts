import { linePages as en } from './en/line.ts';
import { linePages as ja } from './ja/line.ts';
import { locale } from './words.ts';

export const lineWords = () => (locale() === 'en' ? en : ja);
