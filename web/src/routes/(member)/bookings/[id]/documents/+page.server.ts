import { requireMe } from '#web/accounts/guard.ts';
import { askPaper, loadPapers } from '#web/documents/paper_acts.ts';
import type { Actions, PageServerLoad } from './$types';

const base = '/bookings';

export const load: PageServerLoad = (event) => {
  requireMe(event);
  return loadPapers(event);
};

export const actions: Actions = {
  quotation: (event) => askPaper(event, 'quotation', base),
  payment_notice: (event) => askPaper(event, 'payment_notice', base),
};
