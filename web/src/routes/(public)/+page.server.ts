import { addDays } from '#api/shared/time.ts';
import { api, readOrFail } from '#web/api.ts';
import { freeRoomsByDay } from '#web/slots/week.ts';
import { findAvailability, listRooms, listVenues } from '#web/venues/read.ts';
import { todayAtVenue } from '#web/venues/today.ts';
import type { PageServerLoad } from './$types';

const weekDays = 7;

export const load: PageServerLoad = async (event) => {
  const from = todayAtVenue();
  const to = addDays(from, weekDays - 1);
  const [venues, { events }] = await Promise.all([
    listVenues(event),
    readOrFail(
      event,
      api(event).api.calendars.events.$get({ query: { from, days: String(weekDays) } }),
    ),
  ]);
  return {
    events,
    venues: await Promise.all(
      venues.map(async (venue) => {
        const [rooms, availability] = await Promise.all([
          listRooms(event, venue.id),
          findAvailability(event, { venue: venue.id, from, to }),
        ]);
        return { venue, rooms, days: freeRoomsByDay(availability) };
      }),
    ),
  };
};
