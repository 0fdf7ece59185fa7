import { proposals as en } from './en/proposals.ts';
import { proposals as ja } from './ja/proposals.ts';
import { locale } from './words.ts';

export const proposalWords = () => (locale() === 'en' ? en : ja);
