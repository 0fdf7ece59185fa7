import { bookingPages as en } from './en/booking_pages.ts';
import { bookingPages as ja } from './ja/booking_pages.ts';
import { locale } from './words.ts';

export const bookingWords = () => (locale() === 'en' ? en : ja);
