import { redirect } from '@sveltejs/kit';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, refuse, textOf, typedValues } from '#web/api.ts';
import { loadSettlement } from '#web/settlements/settlement_page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  requireStaff(event);
  return loadSettlement(event);
};

export const actions: Actions = {
  settle: async (event) => {
    const form = await event.request.formData();
    const param = { id: event.params.id };
    const json = { totalYen: textOf(form, 'totalYen') };
    const done = await attempt(api(event).api.bookings[':id'].settlement.$post({ param, json }));
    if (!done.ok) return refuse(done, typedValues(form));
    redirect(303, `${event.url.pathname}?done=settle`);
  },
};
