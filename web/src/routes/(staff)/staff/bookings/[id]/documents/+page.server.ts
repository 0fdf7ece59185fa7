import { requireStaff } from '#web/accounts/guard.ts';
import { askPaper, correctPaper, loadPapers, reissuePaper } from '#web/documents/paper_acts.ts';
import type { Actions, PageServerLoad } from './$types';

const base = '/staff/bookings';

export const load: PageServerLoad = (event) => {
  requireStaff(event);
  return loadPapers(event);
};

export const actions: Actions = {
  quotation: (event) => askPaper(event, 'quotation', base),
  payment_notice: (event) => askPaper(event, 'payment_notice', base),
  payment_slip: (event) => askPaper(event, 'payment_slip', base),
  reissue: (event) => reissuePaper(event, base),
  correct: (event) => correctPaper(event, base),
};
