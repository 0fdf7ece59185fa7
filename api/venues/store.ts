import { asc, count, eq } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { rooms } from '#db/schema/rooms.ts';
import { bands, slots } from '#db/schema/slots.ts';
import { venues } from '#db/schema/venues.ts';
import { venueErrors } from './errors.ts';

type VenueRow = typeof venues.$inferSelect;

export const findVenue = async (db: Queryable, id: string): Promise<VenueRow> => {
  const [row] = await db.select().from(venues).where(eq(venues.id, id));
  if (!row) throw venueErrors.unknown({ params: { venue: id } });
  return row;
};

export const listVenueRows = (db: Queryable): Promise<VenueRow[]> =>
  db.select().from(venues).orderBy(asc(venues.sortOrder));

const slotColumns = {
  venueId: slots.venueId,
  code: slots.code,
  nameJa: slots.nameJa,
  nameEn: slots.nameEn,
  startsTime: slots.startsTime,
  endsTime: slots.endsTime,
};

const bandColumns = {
  venueId: bands.venueId,
  code: bands.code,
  nameJa: bands.nameJa,
  nameEn: bands.nameEn,
  slotCodes: bands.slotCodes,
};

export const listSlots = (db: Queryable) =>
  db.select(slotColumns).from(slots).orderBy(asc(slots.sortOrder));

export const listBands = (db: Queryable) =>
  db.select(bandColumns).from(bands).orderBy(asc(bands.sortOrder));

export const countRoomsByVenue = async (db: Queryable): Promise<Map<string, number>> => {
  const rows = await db
    .select({ venueId: rooms.venueId, count: count() })
    .from(rooms)
    .groupBy(rooms.venueId);
  return new Map(rows.map((row) => [row.venueId, row.count]));
};
