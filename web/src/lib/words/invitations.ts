import { invitations as en } from './en/invitations.ts';
import { invitations as ja } from './ja/invitations.ts';
import { locale } from './words.ts';

export const invitationWords = () => (locale() === 'en' ? en : ja);
