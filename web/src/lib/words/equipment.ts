import type { equipment } from './ja/equipment.ts';
import { wordsIn } from './words.ts';

export const equipmentWords = wordsIn<typeof equipment>(
  import.meta.glob('./*/equipment.ts', { eager: true, import: 'equipment' }),
);
