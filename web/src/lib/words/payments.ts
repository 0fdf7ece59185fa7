import type { paymentPages } from './ja/payment_pages.ts';
import { wordsIn } from './words.ts';

export const paymentWords = wordsIn<typeof paymentPages>(
  import.meta.glob('./*/payment_pages.ts', { eager: true, import: 'paymentPages' }),
);
