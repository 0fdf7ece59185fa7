import { redirect, type RequestEvent } from '@sveltejs/kit';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const param = { id: event.params.id };
  const view = await readOrFail(event, api(event).api.closures[':id'].$get({ param }));
  return { ...view, done: event.url.searchParams.get('done') };
};

const step = async (event: RequestEvent & { params: { id: string } }, act: 'undo' | 'lift') => {
  const door = api(event).api.closures[':id'][act];
  const done = await attempt<unknown>(door.$post({ param: { id: event.params.id }, json: {} }));
  if (!done.ok) return refuse(done, {});
  redirect(303, `/staff/closures/${event.params.id}?done=${act}`);
};

export const actions: Actions = {
  undo: (event) => step(event, 'undo'),
  lift: (event) => step(event, 'lift'),
};
