import { requireStaff } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  return readOrFail(event, api(event).api.closures.$get({ query: {} }));
};
