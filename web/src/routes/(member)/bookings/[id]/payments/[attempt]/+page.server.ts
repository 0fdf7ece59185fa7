import { error, redirect } from '@sveltejs/kit';
import { requireMe } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireMe(event);
  const house = api(event).api;
  const { id, attempt: attemptId } = event.params;
  const [{ booking }, found] = await Promise.all([
    readOrFail(event, house.bookings[':id'].$get({ param: { id } })),
    readOrFail(event, house.payments[':id'].$get({ param: { id: attemptId } })),
  ]);
  if (found.attempt.billingAccountId !== booking.id) error(404);
  return { booking, attempt: found.attempt };
};

export const actions: Actions = {
  stop: async (event) => {
    const param = { id: event.params.attempt };
    const stopped = await attempt(api(event).api.payments[':id'].cancel.$post({ param }));
    if (!stopped.ok) return refuse(stopped, {});
    redirect(303, `/bookings/${event.params.id}?done=stop#money`);
  },
};
