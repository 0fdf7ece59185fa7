import { requireMe } from '#web/accounts/guard.ts';
import { giveUp, loadSeries, requestAll } from '#web/series/series_acts.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  requireMe(event);
  return loadSeries(event);
};

export const actions: Actions = { request: requestAll, withdraw: giveUp };
