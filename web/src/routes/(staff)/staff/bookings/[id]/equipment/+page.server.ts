import { requireStaff } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import { saveActuals, saveQuantities } from '#web/equipment/acts.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireStaff(event);
  const door = api(event).api.bookings[':id'];
  const param = { id: event.params.id };
  const [{ booking }, equipment] = await Promise.all([
    readOrFail(event, door.$get({ param })),
    readOrFail(event, door.equipment.$get({ param })),
  ]);
  return { booking, equipment, done: event.url.searchParams.get('done') };
};

export const actions: Actions = {
  save: (event) => saveQuantities(event, '/staff/bookings'),
  record: (event) => saveActuals(event),
};
