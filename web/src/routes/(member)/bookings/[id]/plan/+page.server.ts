import { requireMe } from '#web/accounts/guard.ts';
import { memberPlanActs } from '#web/plans/plan_acts.ts';
import { loadPlan } from '#web/plans/plan_page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  requireMe(event);
  return loadPlan(event);
};

export const actions: Actions = memberPlanActs;
