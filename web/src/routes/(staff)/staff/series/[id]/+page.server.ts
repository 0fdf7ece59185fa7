import { requireStaff } from '#web/accounts/guard.ts';
import { loadSeries } from '#web/series/series_acts.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  requireStaff(event);
  return loadSeries(event);
};
