import type { refunds } from './ja/refunds.ts';
import { wordsIn } from './words.ts';

export const refundWords = wordsIn<typeof refunds>(
  import.meta.glob('./*/refunds.ts', { eager: true, import: 'refunds' }),
);
