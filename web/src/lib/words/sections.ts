import { sections as en } from './en/sections.ts';
import { sections as ja } from './ja/sections.ts';
import { locale } from './words.ts';

export const sectionWords = () => (locale() === 'en' ? en : ja);
