import type { RequestEvent } from '@sveltejs/kit';
import { api, readOrFail } from '#web/api.ts';

/** Everything the page of a settlement shows, for either side. */
export const loadSettlement = async (event: RequestEvent & { params: { id: string } }) => {
  const house = api(event).api;
  const param = { id: event.params.id };
  const [{ booking }, { settlement }] = await Promise.all([
    readOrFail(event, house.bookings[':id'].$get({ param })),
    readOrFail(event, house.bookings[':id'].settlement.$get({ param })),
  ]);
  return { booking, settlement, done: event.url.searchParams.get('done') };
};
