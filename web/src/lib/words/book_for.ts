import type { bookFor } from './ja/book_for.ts';
import { wordsIn } from './words.ts';

export const bookForWords = wordsIn<typeof bookFor>(
  import.meta.glob('./*/book_for.ts', { eager: true, import: 'bookFor' }),
);

/** What the fields of a caller are called where a summary of errors names them. */
export const callerLabels = () => {
  const { name, contactName, phone, email } = bookForWords().caller;
  return {
    'caller.name': name,
    'caller.contactName': contactName,
    'caller.phone': phone,
    'caller.email': email,
  };
};
