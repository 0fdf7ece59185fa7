import { bookFor as en } from './en/book_for.ts';
import { bookFor as ja } from './ja/book_for.ts';
import { locale } from './words.ts';

export const bookForWords = () => (locale() === 'en' ? en : ja);

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
