import { consolePages as en } from './en/console_pages.ts';
import { consolePages as ja } from './ja/console_pages.ts';
import { locale } from './words.ts';

export const consoleWords = () => (locale() === 'en' ? en : ja);
