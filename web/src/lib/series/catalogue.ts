import { api, attempt, readOrFail, type Visit } from '#web/api.ts';

/** The venues, and of one of them what the forms of a series choose from. */
export const findCatalogue = async (event: Visit, id: string) => {
  const house = api(event).api;
  const [{ venues }, listed] = await Promise.all([
    readOrFail(event, house.venues.$get()),
    attempt(house.venues[':venue'].rooms.$get({ param: { venue: id } })),
  ]);
  const venue = venues.find((one) => one.id === id);
  return {
    venues,
    catalogue: venue && listed.ok ? { venue, rooms: listed.body.rooms } : undefined,
  };
};
