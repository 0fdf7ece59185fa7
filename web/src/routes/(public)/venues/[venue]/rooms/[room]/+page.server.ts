import { error } from '@sveltejs/kit';
import { addDays } from '#api/shared/time.ts';
import { wholeOf } from '#web/rooms/configurations.ts';
import { findAvailability, findVenue, listPrices, listRooms } from '#web/venues/read.ts';
import { todayAtVenue } from '#web/venues/today.ts';
import { words } from '#web/words/words.ts';
import type { PageServerLoad } from './$types';

const stripDays = 14;

export const load: PageServerLoad = async (event) => {
  const { params, url, locals } = event;
  const venue = await findVenue(event, params.venue);
  const room = (await listRooms(event, venue.id)).find(({ code }) => code === params.room);
  if (!room) error(404, words(locals.locale).venues.unknownRoom);
  const today = todayAtVenue();
  const [availability, prices] = await Promise.all([
    findAvailability(event, {
      venue: venue.id,
      room: room.code,
      from: today,
      to: addDays(today, stripDays - 1),
    }),
    listPrices(event, venue.id),
  ]);
  const asked = url.searchParams.get('configuration');
  const configuration = room.configurations.find(({ code }) => code === asked) ?? wholeOf(room);
  return { venue, room, configuration, availability, prices: prices.prices, today };
};
