import { redirect, type RequestEvent } from '@sveltejs/kit';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse, textOf, typedValues } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const listed = await readOrFail(event, api(event).api.receivables.blocks.$get());
  return { listed, done: event.url.searchParams.get('done') };
};

const decide = async (event: RequestEvent, decision: 'block' | 'not_now') => {
  const form = await event.request.formData();
  const json = {
    venue: textOf(form, 'venue'),
    organizationId: textOf(form, 'organizationId'),
    decision,
    reason: textOf(form, 'reason'),
  };
  const decided = await attempt(api(event).api.receivables.blocks.$post({ json }));
  if (!decided.ok) return refuse(decided, typedValues(form));
  redirect(303, `/staff/receivables/blocks?done=${decision}`);
};

export const actions: Actions = {
  block: (event) => decide(event, 'block'),
  not_now: (event) => decide(event, 'not_now'),
  lift: async (event) => {
    const form = await event.request.formData();
    const param = { id: textOf(form, 'block') };
    const lifted = await attempt(api(event).api.receivables.blocks[':id'].lift.$post({ param }));
    if (!lifted.ok) return refuse(lifted, typedValues(form));
    redirect(303, '/staff/receivables/blocks?done=lift');
  },
};
