import type { utilities } from './ja/utilities.ts';
import { wordsIn } from './words.ts';

export const utilityWords = wordsIn<typeof utilities>(
  import.meta.glob('./*/utilities.ts', { eager: true, import: 'utilities' }),
);
