import { redirect, type RequestEvent } from '@sveltejs/kit';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const door = api(event).api['write-offs'];
  const { writeOffs } = await readOrFail(event, door.$get({ query: {} }));
  return { writeOffs, done: event.url.searchParams.get('done') };
};

const decide = async (event: RequestEvent, deed: 'approve' | 'reject') => {
  const form = await event.request.formData();
  const door = api(event).api['write-offs'][':id'][deed];
  const param = { id: textOf(form, 'id') };
  const name = `reason-${param.id}`;
  const json = { reason: textOf(form, name) };
  const done = await attempt<unknown>(door.$post({ param, json }));
  if (!done.ok) {
    const fields = done.refusal.fields.map((field) => ({ ...field, path: name }));
    return refuse({ ...done, refusal: { ...done.refusal, fields } }, typedValues(form));
  }
  redirect(303, `/staff/refunds/write-offs?done=write-off-${deed}`);
};

export const actions: Actions = {
  approve: (event) => decide(event, 'approve'),
  reject: (event) => decide(event, 'reject'),
};
