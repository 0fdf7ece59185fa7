import type { invitations } from './ja/invitations.ts';
import { wordsIn } from './words.ts';

export const invitationWords = wordsIn<typeof invitations>(
  import.meta.glob('./*/invitations.ts', { eager: true, import: 'invitations' }),
);
