import { opensAt } from '#api/slots/rules/window.ts';
import type { LocalDay } from '#api/shared/time.ts';
import { catalogueFiles } from '../catalogue.ts';
import type { Band } from './programme.ts';

interface Place {
  readonly venue: string;
  readonly room: string;
  readonly configuration: string;
}

/** The parts of the building and what the plan has already put in them. */
export const openBuilding = () => {
  const files = new Map(catalogueFiles().map((file) => [file.venue.code, file]));
  const taken = new Set<string>();

  const fileOf = (venue: string) => files.get(venue)!;
  const configurationOf = ({ venue, room, configuration }: Place) =>
    fileOf(venue).rooms[room]!.configurations[configuration]!;

  const keysOf = (place: Place, day: LocalDay, band: Band) =>
    configurationOf(place).cells.flatMap((cell) =>
      fileOf(place.venue).bands[band]!.slots.map(
        (slot) => `${place.venue} ${place.room} ${cell} ${day} ${slot}`,
      ),
    );

  const isClosed = (venue: string, day: LocalDay) => {
    const monthDay = day.slice(5);
    return Object.values(fileOf(venue).closedDays).some(({ from, to }) =>
      from <= to ? from <= monthDay && monthDay <= to : monthDay >= from || monthDay <= to,
    );
  };

  return {
    /** The part that is booked when none is named. */
    wholeOf: (venue: string, room: string) =>
      'all' in fileOf(venue).rooms[room]!.configurations ? 'all' : undefined,
    isFree: (place: Place, day: LocalDay, band: Band) =>
      !isClosed(place.venue, day) && !keysOf(place, day, band).some((key) => taken.has(key)),
    take: (place: Place, day: LocalDay, band: Band) => {
      for (const key of keysOf(place, day, band)) taken.add(key);
    },
    opensAt: (place: Place, day: LocalDay) =>
      opensAt(
        day,
        configurationOf(place).opens.monthsBefore,
        fileOf(place.venue).venue.bookingRules.opensAtTime,
      ),
  };
};

export type Building = ReturnType<typeof openBuilding>;
