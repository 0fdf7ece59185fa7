import { requireStaff } from '#web/accounts/guard.ts';
import { loadNewInvoice, makeInvoice } from '#web/invoices/invoice_acts.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  requireStaff(event);
  return loadNewInvoice(event);
};

export const actions: Actions = {
  default: (event) => makeInvoice(event, '/staff/invoices'),
};
