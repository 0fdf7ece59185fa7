import type { documentPages } from './ja/documents.ts';
import { wordsIn } from './words.ts';

export const documentWords = wordsIn<typeof documentPages>(
  import.meta.glob('./*/documents.ts', { eager: true, import: 'documentPages' }),
);
