import type { closurePages } from './ja/closures.ts';
import { wordsIn } from './words.ts';

export const closureWords = wordsIn<typeof closurePages>(
  import.meta.glob('./*/closures.ts', { eager: true, import: 'closurePages' }),
);
