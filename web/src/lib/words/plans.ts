import { planPages as en } from './en/plans.ts';
import { planPages as ja } from './ja/plans.ts';
import { locale } from './words.ts';

export const planWords = () => (locale() === 'en' ? en : ja);
