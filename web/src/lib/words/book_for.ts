import { bookFor as en } from './en/book_for.ts';
import { bookFor as ja } from './ja/book_for.ts';
import { locale } from './words.ts';

export const bookForWords = () => (locale() === 'en' ? en : ja);
