import { requireMe } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import { saveQuantities } from '#web/equipment/acts.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireMe(event);
  const door = api(event).api.bookings[':id'];
  const param = { id: event.params.id };
  const [{ booking }, equipment, readings] = await Promise.all([
    readOrFail(event, door.$get({ param })),
    readOrFail(event, door.equipment.$get({ param })),
    readOrFail(event, door.readings.$get({ param })),
  ]);
  return { booking, equipment, readings, done: event.url.searchParams.get('done') };
};

export const actions: Actions = { save: (event) => saveQuantities(event, '/bookings') };
