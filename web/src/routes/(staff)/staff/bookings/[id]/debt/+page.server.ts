import { redirect, type RequestEvent } from '@sveltejs/kit';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const door = api(event).api.bookings[':id'];
  const param = { id: event.params.id };
  const [{ booking }, debt] = await Promise.all([
    readOrFail(event, door.$get({ param })),
    readOrFail(event, door.debt.$get({ param })),
  ]);
  return { booking, debt, done: event.url.searchParams.get('done') };
};

type Acted = RequestEvent & { params: { id: string } };
type Door = ReturnType<typeof api>['api']['bookings'][':id']['debt'];

const ask = (door: Door, deed: 'dunnings' | 'pause' | 'resume', id: string, form: FormData) => {
  const param = { id };
  if (deed === 'pause') {
    return attempt<unknown>(door.pause.$post({ param, json: { reason: textOf(form, 'reason') } }));
  }
  return attempt<unknown>(door[deed].$post({ param }));
};

const step = async (event: Acted, deed: 'dunnings' | 'pause' | 'resume') => {
  const form = await event.request.formData();
  const { id } = event.params;
  const done = await ask(api(event).api.bookings[':id'].debt, deed, id, form);
  if (!done.ok) return refuse(done, typedValues(form));
  redirect(303, `/staff/bookings/${id}/debt?done=${deed}`);
};

export const actions: Actions = {
  dunnings: (event) => step(event, 'dunnings'),
  pause: (event) => step(event, 'pause'),
  resume: (event) => step(event, 'resume'),
};
