import type { cancellationPages } from './ja/cancellations.ts';
import { wordsIn } from './words.ts';

export const cancellationWords = wordsIn<typeof cancellationPages>(
  import.meta.glob('./*/cancellations.ts', { eager: true, import: 'cancellationPages' }),
);
