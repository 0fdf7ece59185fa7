import { requireStaff } from '#web/accounts/guard.ts';
import { changeActs, loadChange } from '#web/bookings/change_page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  requireStaff(event);
  return loadChange(event);
};

export const actions: Actions = changeActs('/staff/bookings');
