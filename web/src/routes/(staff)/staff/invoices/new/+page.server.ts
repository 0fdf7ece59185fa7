import { requireStaff } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import { loadNewInvoice, makeInvoice } from '#web/invoices/invoice_acts.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const { venues } = await readOrFail(event, api(event).api.venues.$get());
  return { ...(await loadNewInvoice(event)), venues };
};

export const actions: Actions = {
  default: (event) => makeInvoice(event, '/staff/invoices'),
};
