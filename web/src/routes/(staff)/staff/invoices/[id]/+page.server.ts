import { requireStaff } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import { voidInvoice } from '#web/invoices/invoice_acts.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const param = { id: event.params.id };
  const { invoice } = await readOrFail(event, api(event).api.invoices[':id'].$get({ param }));
  return { invoice, done: event.url.searchParams.get('done') };
};

export const actions: Actions = {
  void: (event) => voidInvoice(event, '/staff/invoices'),
};
