import type { reductions } from './ja/reductions.ts';
import { wordsIn } from './words.ts';

export const reductionWords = wordsIn<typeof reductions>(
  import.meta.glob('./*/reductions.ts', { eager: true, import: 'reductions' }),
);
