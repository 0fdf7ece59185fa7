import { cancellationPages as en } from './en/cancellations.ts';
import { cancellationPages as ja } from './ja/cancellations.ts';
import { locale } from './words.ts';

export const cancellationWords = () => (locale() === 'en' ? en : ja);
