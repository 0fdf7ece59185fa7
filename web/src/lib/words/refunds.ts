import { refunds as en } from './en/refunds.ts';
import { refunds as ja } from './ja/refunds.ts';
import { locale } from './words.ts';

export const refundWords = () => (locale() === 'en' ? en : ja);
