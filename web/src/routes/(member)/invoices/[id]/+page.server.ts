import { requireMe } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireMe(event);
  const param = { id: event.params.id };
  const { invoice } = await readOrFail(event, api(event).api.invoices[':id'].$get({ param }));
  return { invoice, done: event.url.searchParams.get('done') };
};
