import { searchText } from '#api/shared/search.ts';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const query = event.url.searchParams.get('query')?.trim() ?? '';
  const searched = searchText(query);
  const { messages } = await readOrFail(event, api(event).api.outbox.mailbox.$get());
  const matches = (text: string) => searchText(text).includes(searched);
  return {
    query,
    messages: messages.filter(({ toAddress, subject, body }) =>
      [toAddress, subject, body].some(matches),
    ),
  };
};
