import { redirect } from '@sveltejs/kit';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt, readOrFail, refuse } from '#web/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const me = requireStaff(event);
  const house = api(event).api.openings.lotteries[':id'];
  const param = { id: event.params.id };
  const [{ lottery }, { entries }] = await Promise.all([
    readOrFail(event, house.$get({ param })),
    readOrFail(event, house.entries.$get({ param })),
  ]);
  const canDraw = me.roles.some(
    ({ venueId, role }) =>
      venueId === lottery.venue.id && (role === 'manager' || role === 'administrator'),
  );
  const isDue = new Date(lottery.drawsAt).getTime() <= Date.now();
  return { lottery, entries, canDraw, isDue, done: event.url.searchParams.get('done') };
};

export const actions: Actions = {
  draw: async (event) => {
    const param = { id: event.params.id };
    const drawn = await attempt(api(event).api.openings.lotteries[':id'].draw.$post({ param }));
    // The house may have drawn in the same minute: the result is the same, and it is there.
    if (!drawn.ok && drawn.refusal.code !== 'openings.already_drawn') return refuse(drawn, {});
    redirect(303, `/staff/openings/${param.id}?done=draw`);
  },
};
