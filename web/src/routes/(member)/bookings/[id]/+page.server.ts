import { requireMe } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import { takeStep } from '#web/bookings/booking_acts.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireMe(event);
  const house = api(event).api;
  const param = { id: event.params.id };
  const { booking } = await readOrFail(event, house.bookings[':id'].$get({ param }));
  const [history, papers, payments, listed] = await Promise.all([
    readOrFail(event, house.bookings[':id'].history.$get({ param })),
    readOrFail(event, house.bookings[':id'].documents.$get({ param })),
    readOrFail(event, house.bookings[':id'].payments.$get({ param })),
    readOrFail(event, house.venues[':venue'].rooms.$get({ param: { venue: booking.venueId } })),
  ]);
  return {
    booking,
    venue: listed.venue,
    rooms: listed.rooms,
    history: history.entries,
    papers: papers.documents,
    payments,
    done: event.url.searchParams.get('done'),
  };
};

export const actions: Actions = {
  request: (event) => takeStep(event, 'request', '/bookings'),
  withdraw: (event) => takeStep(event, 'withdraw', '/bookings'),
  cancel: (event) => takeStep(event, 'cancel', '/bookings'),
};
