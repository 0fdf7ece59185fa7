import { bookingList } from '#api/bookings/schema/list.ts';
import { requireStaff } from '#web/accounts/guard.ts';
import { api, attempt } from '#web/api.ts';
import { loadList } from '#web/lists.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const look = event.url.searchParams.get('look');
  const [part, looked] = await Promise.all([
    loadList(event, bookingList, {
      fixed: { state: 'requested' },
      first: { sort: 'requestedAt' },
    }),
    look ? attempt(api(event).api.bookings[':id'].$get({ param: { id: look } })) : undefined,
  ]);
  return { part, looked: looked?.ok ? looked.body.booking : undefined };
};
