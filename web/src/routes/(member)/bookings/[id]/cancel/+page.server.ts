import { requireMe } from '#web/accounts/guard.ts';
import { cancelFromPage, loadCancellation } from '#web/cancellations/cancel_page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  requireMe(event);
  return loadCancellation(event);
};

export const actions: Actions = {
  cancel: (event) => cancelFromPage(event, '/bookings'),
};
