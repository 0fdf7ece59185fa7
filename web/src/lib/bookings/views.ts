import type { z } from 'zod';
import type {
  bookingSchema,
  bookingSummarySchema,
  bookingUseSchema,
  historyEntrySchema,
} from '#api/bookings/schema/bookings.ts';
import type { Room } from '#api/rooms/schema.ts';
import type { Venue } from '#api/venues/schema.ts';
import type { Quote } from '#web/fees/quote.ts';
import { nameOf } from '#web/words/words.ts';

export type BookingView = Omit<z.infer<typeof bookingSchema>, 'quote'> & { readonly quote: Quote };
export type BookingUseView = z.infer<typeof bookingUseSchema>;
export type BookingSummary = z.infer<typeof bookingSummarySchema>;
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

interface PlaceNames {
  readonly roomNameJa: string;
  readonly roomNameEn: string;
  readonly configurationNameJa: string;
  readonly configurationNameEn: string;
}

const undivided = /^(全室|Whole room)$/;

/** `多目的展示ホール 全面`; a room that is not divided is called by its own name. */
export const placeName = (place: PlaceNames): string => {
  const room = nameOf({ nameJa: place.roomNameJa, nameEn: place.roomNameEn });
  const part = nameOf({
    nameJa: place.configurationNameJa,
    nameEn: place.configurationNameEn,
  });
  return undivided.test(part) || part === room ? room : `${room} ${part}`;
};

/** What a hold form needs to know of a venue. */
export interface VenueCatalogue {
  readonly venue: Venue;
  readonly rooms: readonly Room[];
}

export const findConfiguration = (rooms: readonly Room[], asked: string) => {
  for (const room of rooms) {
    const configuration =
      room.configurations.find(({ id }) => id === asked) ??
      (room.id === asked || room.code === asked
        ? room.configurations.find(({ isWhole }) => isWhole)
        : undefined);
    if (configuration) return { room, configuration };
  }
  return undefined;
};

/** The name of a configuration of the catalogue. */
export const configurationName = (rooms: readonly Room[], configurationId: string): string => {
  const found = findConfiguration(rooms, configurationId);
  return found
    ? placeName({
        roomNameJa: found.room.nameJa,
        roomNameEn: found.room.nameEn,
        configurationNameJa: found.configuration.nameJa,
        configurationNameEn: found.configuration.nameEn,
      })
    : configurationId;
};
