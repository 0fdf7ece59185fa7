import type { Context } from '../context.ts';
import { timedBand } from './rules.ts';
import type { Venue } from './schema.ts';
import { countRoomsByVenue, listBands, listSlots, listVenueRows } from './store.ts';

const withoutVenue = <Row extends { venueId: string }>({ venueId: _venueId, ...rest }: Row) => rest;

/** Every venue with its slots and bands, in the order of the catalogue. */
export const listVenues = async (context: Context): Promise<Venue[]> => {
  const db = context.reads;
  const [rows, slots, bands, roomCounts] = await Promise.all([
    listVenueRows(db),
    listSlots(db),
    listBands(db),
    countRoomsByVenue(db),
  ]);
  return rows.map(({ sortOrder: _sortOrder, numberPrefix: _numberPrefix, ...venue }) => {
    const own = slots.filter((slot) => slot.venueId === venue.id).map(withoutVenue);
    return {
      ...venue,
      slots: own,
      bands: bands
        .filter((band) => band.venueId === venue.id)
        .map((band) => timedBand(withoutVenue(band), own)),
      roomCount: roomCounts.get(venue.id) ?? 0,
    };
  });
};

export { findVenue, listVenueRows } from './store.ts';
