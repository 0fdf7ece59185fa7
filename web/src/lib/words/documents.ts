import { documentPages as en } from './en/documents.ts';
import { documentPages as ja } from './ja/documents.ts';
import { locale } from './words.ts';

export const documentWords = () => (locale() === 'en' ? en : ja);
