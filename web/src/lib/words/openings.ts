import type { openings } from './ja/openings.ts';
import { wordsIn } from './words.ts';

export const openingWords = wordsIn<typeof openings>(
  import.meta.glob('./*/openings.ts', { eager: true, import: 'openings' }),
);
