import { api, readOrFail } from '#web/api.ts';
import type { RequestEvent } from '@sveltejs/kit';

/** Everything the page of a plan shows, for either side. */
export const loadPlan = async (event: RequestEvent & { params: { id: string } }) => {
  const house = api(event).api;
  const param = { id: event.params.id };
  const [{ booking }, { plan }] = await Promise.all([
    readOrFail(event, house.bookings[':id'].$get({ param })),
    readOrFail(event, house.bookings[':id'].plan.$get({ param })),
  ]);
  return { booking, plan, done: event.url.searchParams.get('done') };
};
