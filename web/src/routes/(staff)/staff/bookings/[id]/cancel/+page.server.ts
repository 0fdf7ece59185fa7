import { requireStaff } from '#web/accounts/guard.ts';
import { cancelFromPage, loadCancellation } from '#web/cancellations/cancel_page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  requireStaff(event);
  return loadCancellation(event);
};

export const actions: Actions = {
  cancel: (event) => cancelFromPage(event, '/staff/bookings'),
};
