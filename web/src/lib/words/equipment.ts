import { equipment as en } from './en/equipment.ts';
import { equipment as ja } from './ja/equipment.ts';
import { locale } from './words.ts';

export const equipmentWords = () => (locale() === 'en' ? en : ja);
