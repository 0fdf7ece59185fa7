import type { changePages } from './ja/changes.ts';
import { wordsIn } from './words.ts';

export const changeWords = wordsIn<typeof changePages>(
  import.meta.glob('./*/changes.ts', { eager: true, import: 'changePages' }),
);
