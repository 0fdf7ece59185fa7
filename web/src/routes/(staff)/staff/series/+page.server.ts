import { requireStaff } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const page = event.url.searchParams.get('page') ?? '1';
  const query = event.url.searchParams.get('query')?.trim() ?? '';
  const listed = await readOrFail(
    event,
    api(event).api.series.$get({ query: { page, ...(query ? { query } : {}) } }),
  );
  return { ...listed, query };
};
