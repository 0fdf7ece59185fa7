import { requireMe } from '#web/accounts/guard.ts';
import { loadSettlement } from '#web/settlements/settlement_page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  requireMe(event);
  return loadSettlement(event);
};
