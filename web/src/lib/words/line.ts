import type { linePages } from './ja/line.ts';
import { wordsIn } from './words.ts';

export const lineWords = wordsIn<typeof linePages>(
  import.meta.glob('./*/line.ts', { eager: true, import: 'linePages' }),
);
