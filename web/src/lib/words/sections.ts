import type { sections } from './ja/sections.ts';
import { wordsIn } from './words.ts';

export const sectionWords = wordsIn<typeof sections>(
  import.meta.glob('./*/sections.ts', { eager: true, import: 'sections' }),
);
