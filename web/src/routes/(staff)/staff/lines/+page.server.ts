import { requireStaff } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const venue = event.url.searchParams.get('venue') ?? '';
  const query = venue ? { venue } : {};
  const { lines } = await readOrFail(event, api(event).api.lines.$get({ query }));
  return { lines, venue };
};
