import { requireMe } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireMe(event);
  const page = event.url.searchParams.get('page') ?? '1';
  return readOrFail(event, api(event).api.series.$get({ query: { page } }));
};
