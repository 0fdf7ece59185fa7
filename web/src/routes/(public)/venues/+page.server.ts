import { listRooms, listVenues } from '#web/venues/read.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const venues = await listVenues(event);
  const rooms = await Promise.all(venues.map(({ id }) => listRooms(event, id)));
  return { venues: venues.map((venue, at) => ({ venue, rooms: rooms[at]! })) };
};
