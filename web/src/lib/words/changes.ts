import { changePages as en } from './en/changes.ts';
import { changePages as ja } from './ja/changes.ts';
import { locale } from './words.ts';

export const changeWords = () => (locale() === 'en' ? en : ja);
