import { findVenue, listRooms } from '#web/venues/read.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const venue = await findVenue(event, event.params.venue);
  return { venue, rooms: await listRooms(event, venue.id) };
};
