import { requireMe } from '#web/accounts/guard.ts';
import { api, readOrFail } from '#web/api.ts';
import { takeStep } from '#web/bookings/booking_acts.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireMe(event);
  const house = api(event).api;
  const param = { id: event.params.id };
  const { booking } = await readOrFail(event, house.bookings[':id'].$get({ param }));
  const venue = { venue: booking.venueId };
  const isHeld = booking.state === 'held';
  const [{ line }, history, papers, payments, money, listed, conditions, outlook] =
    await Promise.all([
      readOrFail(event, house.bookings[':id'].line.$get({ param })),
      readOrFail(event, house.bookings[':id'].history.$get({ param })),
      readOrFail(event, house.bookings[':id'].documents.$get({ param })),
      readOrFail(event, house.bookings[':id'].payments.$get({ param })),
      readOrFail(event, house.bookings[':id'].refunds.$get({ param })),
      readOrFail(event, house.venues[':venue'].rooms.$get({ param: venue })),
      isHeld
        ? readOrFail(event, house.venues[':venue'].policies.$get({ param: venue }))
        : undefined,
      isHeld ? readOrFail(event, house.bookings[':id'].outlook.$get({ param })) : undefined,
    ]);
  const { amendments } = await readOrFail(event, house.bookings[':id'].amendments.$get({ param }));
  const found = await readOrFail(
    event,
    house.series.of[':booking'].$get({ param: { booking: event.params.id } }),
  );
  return {
    booking,
    series: found.series,
    amendments,
    line,
    venue: listed.venue,
    rooms: listed.rooms,
    history: history.entries,
    papers: papers.documents,
    payments,
    refunds: money.refunds,
    conditions,
    outlook,
    done: event.url.searchParams.get('done'),
  };
};

export const actions: Actions = {
  request: (event) => takeStep(event, 'request', '/bookings'),
  challenge: (event) => takeStep(event, 'challenge', '/bookings'),
  withdraw: (event) => takeStep(event, 'withdraw', '/bookings'),
};
