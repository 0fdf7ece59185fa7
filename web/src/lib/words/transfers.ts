import type { transfers } from './ja/transfers.ts';
import { wordsIn } from './words.ts';

export const transferWords = wordsIn<typeof transfers>(
  import.meta.glob('./*/transfers.ts', { eager: true, import: 'transfers' }),
);
