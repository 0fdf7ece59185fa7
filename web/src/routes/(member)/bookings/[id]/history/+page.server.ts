import { requireMe } from '#web/accounts/guard.ts';
import { loadHistory } from '#web/bookings/change_page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  requireMe(event);
  return loadHistory(event);
};
