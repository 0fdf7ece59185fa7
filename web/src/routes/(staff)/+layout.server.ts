import { requireStaff } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  const me = requireStaff(event);
  const [{ venues }, waiting] = await Promise.all([
    readOrFail(event, api(event).api.venues.$get()),
    readOrFail(event, api(event).api.bookings.$get({ query: { state: 'requested', limit: '1' } })),
  ]);
  const own = new Set(me.roles.map(({ venueId }) => venueId));
  return { venues: venues.filter(({ id }) => own.has(id)), waiting: waiting.total };
};
