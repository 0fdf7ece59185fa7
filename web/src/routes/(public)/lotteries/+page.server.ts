import { api, readOrFail } from '#web/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const house = api(event).api;
  const venue = event.url.searchParams.get('venue') ?? '';
  const [{ periods }, { venues }] = await Promise.all([
    readOrFail(event, house.openings.$get({ query: venue ? { venue } : {} })),
    readOrFail(event, house.venues.$get()),
  ]);
  return { periods, venues, venue };
};
