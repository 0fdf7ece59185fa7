import { requireStaff } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const query = event.url.searchParams.get('query')?.normalize('NFKC').trim() ?? '';
  const { messages } = await readOrFail(event, api(event).api.outbox.mailbox.$get());
  const matches = (text: string) => text.toLowerCase().includes(query.toLowerCase());
  return {
    query,
    messages: messages.filter(({ toAddress, subject, body }) =>
      [toAddress, subject, body].some(matches),
    ),
  };
};
