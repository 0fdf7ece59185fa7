import type { staff } from './ja/staff.ts';
import { wordsIn } from './words.ts';

export const staffWords = wordsIn<typeof staff>(
  import.meta.glob('./*/staff.ts', { eager: true, import: 'staff' }),
);
