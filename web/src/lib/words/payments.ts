import { paymentPages as en } from './en/payment_pages.ts';
import { paymentPages as ja } from './ja/payment_pages.ts';
import { locale } from './words.ts';

export const paymentWords = () => (locale() === 'en' ? en : ja);
