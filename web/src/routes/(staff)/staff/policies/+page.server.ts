import { requireStaff } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const me = requireStaff(event);
  const { venues } = await event.parent();
  const house = api(event).api;
  const conditions = await Promise.all(
    venues.map(({ id }) =>
      readOrFail(event, house.venues[':venue'].policies.$get({ param: { venue: id } })),
    ),
  );
  const administered = me.roles.filter(({ role }) => role === 'administrator');
  return {
    conditions,
    mayChange: administered.map(({ venueId }) => venueId),
    done: event.url.searchParams.get('done'),
  };
};
