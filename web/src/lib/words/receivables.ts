import type { receivablePages } from './ja/receivables.ts';
import { wordsIn } from './words.ts';

export const receivableWords = wordsIn<typeof receivablePages>(
  import.meta.glob('./*/receivables.ts', { eager: true, import: 'receivablePages' }),
);
