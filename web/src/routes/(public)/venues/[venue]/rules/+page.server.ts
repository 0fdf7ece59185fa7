import { api, readOrFail } from '#web/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const param = { venue: event.params.venue };
  const venue = api(event).api.venues[':venue'];
  const [conditions, { terms }] = await Promise.all([
    readOrFail(event, venue.policies.$get({ param })),
    readOrFail(event, venue['cancellation-terms'].$get({ param })),
  ]);
  return { ...conditions, terms };
};
