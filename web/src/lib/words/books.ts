import type { books } from './ja/books.ts';
import { wordsIn } from './words.ts';

export const bookWords = wordsIn<typeof books>(
  import.meta.glob('./*/books.ts', { eager: true, import: 'books' }),
);
