import { redirect } from '@sveltejs/kit';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const view = event.url.searchParams.get('view') === 'all' ? 'all' : 'open';
  const page = event.url.searchParams.get('page') ?? '1';
  const door = api(event).api['stripe-movements'];
  const listed = await readOrFail(event, door.$get({ query: { view, page } }));
  return { ...listed, view, isDone: event.url.searchParams.has('done') };
};

export const actions: Actions = {
  look: async (event) => {
    const form = await event.request.formData();
    const param = { id: textOf(form, 'id') };
    const name = `note-${param.id}`;
    const door = api(event).api['stripe-movements'][':id'].look;
    const done = await attempt(door.$post({ param, json: { note: textOf(form, name) } }));
    if (done.ok) redirect(303, '/staff/payments/stripe?done');
    const fields = done.refusal.fields.map((field) => ({ ...field, path: name }));
    return refuse({ ...done, refusal: { ...done.refusal, fields } }, typedValues(form));
  },
};
