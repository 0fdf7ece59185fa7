import { requireMe } from '#web/accounts/guard.ts';
import {
  applyForReduction,
  loadReductions,
  withdrawReduction,
} from '#web/reductions/reduction_page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  requireMe(event);
  return loadReductions(event);
};

export const actions: Actions = {
  apply: (event) => applyForReduction(event, '/bookings'),
  withdraw: (event) => withdrawReduction(event, '/bookings'),
};
