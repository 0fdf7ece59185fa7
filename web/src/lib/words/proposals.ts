import type { proposals } from './ja/proposals.ts';
import { wordsIn } from './words.ts';

export const proposalWords = wordsIn<typeof proposals>(
  import.meta.glob('./*/proposals.ts', { eager: true, import: 'proposals' }),
);
