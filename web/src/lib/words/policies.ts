import type { policies } from './ja/policies.ts';
import { wordsIn } from './words.ts';

export const policyWords = wordsIn<typeof policies>(
  import.meta.glob('./*/policies.ts', { eager: true, import: 'policies' }),
);
