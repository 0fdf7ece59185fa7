import { reductionList } from '#api/reductions/schema.ts';
import { requireStaff } from '#web/accounts/guard.ts';
import { loadList } from '#web/lists.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  return { part: await loadList(event, reductionList, { fixed: { state: 'applied' } }) };
};
