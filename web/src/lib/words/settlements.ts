import { settlementPages as en } from './en/settlements.ts';
import { settlementPages as ja } from './ja/settlements.ts';
import { locale } from './words.ts';

export const settlementWords = () => (locale() === 'en' ? en : ja);
