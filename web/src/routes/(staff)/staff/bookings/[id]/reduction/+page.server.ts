import { requireStaff } from '#web/accounts/guard.ts';
import {
  applyForReduction,
  decideReduction,
  loadReductions,
  withdrawReduction,
} from '#web/reductions/reduction_page.ts';
import type { Actions, PageServerLoad } from './$types';

const place = '/staff/bookings';

export const load: PageServerLoad = (event) => {
  requireStaff(event);
  return loadReductions(event);
};

export const actions: Actions = {
  apply: (event) => applyForReduction(event, place),
  withdraw: (event) => withdrawReduction(event, place),
  approve: (event) => decideReduction(event, 'approve', place),
  refuse: (event) => decideReduction(event, 'refuse', place),
};
