import { staff as en } from './en/staff.ts';
import { staff as ja } from './ja/staff.ts';
import { locale } from './words.ts';

export const staffWords = () => (locale() === 'en' ? en : ja);
