import { books as en } from './en/books.ts';
import { books as ja } from './ja/books.ts';
import { locale } from './words.ts';

export const bookWords = () => (locale() === 'en' ? en : ja);
