import { error, type RequestEvent } from '@sveltejs/kit';
import type { Venue } from '#api/venues/schema.ts';
import { api, readOrFail, type Visit } from '#web/api.ts';
import { words } from '#web/words/words.ts';

type Event = Visit & Pick<RequestEvent, 'locals'>;

export const listVenues = async (event: Event): Promise<Venue[]> =>
  (await readOrFail(event, api(event).api.venues.$get())).venues;

export const findVenue = async (event: Event, code: string): Promise<Venue> => {
  const venue = (await listVenues(event)).find(({ id }) => id === code);
  if (!venue) error(404, words(event.locals.locale).venues.unknown);
  return venue;
};

export const listRooms = async (event: Event, venue: string) =>
  (await readOrFail(event, api(event).api.venues[':venue'].rooms.$get({ param: { venue } }))).rooms;

export const listPrices = (event: Event, venue: string, on?: string) =>
  readOrFail(
    event,
    api(event).api.venues[':venue'].prices.$get({ param: { venue }, query: on ? { on } : {} }),
  );

export const findAvailability = (
  event: Event,
  query: { venue: string; room?: string; from?: string; to?: string },
) => readOrFail(event, api(event).api.availability.$get({ query }));
