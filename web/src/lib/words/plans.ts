import type { planPages } from './ja/plans.ts';
import { wordsIn } from './words.ts';

export const planWords = wordsIn<typeof planPages>(
  import.meta.glob('./*/plans.ts', { eager: true, import: 'planPages' }),
);
