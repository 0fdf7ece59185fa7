import type { settlementPages } from './ja/settlements.ts';
import { wordsIn } from './words.ts';

export const settlementWords = wordsIn<typeof settlementPages>(
  import.meta.glob('./*/settlements.ts', { eager: true, import: 'settlementPages' }),
);
