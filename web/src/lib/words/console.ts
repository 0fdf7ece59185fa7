import type { consolePages } from './ja/console_pages.ts';
import { wordsIn } from './words.ts';

export const consoleWords = wordsIn<typeof consolePages>(
  import.meta.glob('./*/console_pages.ts', { eager: true, import: 'consolePages' }),
);
