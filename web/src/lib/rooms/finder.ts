import type { Configuration, Room } from '#api/rooms/schema.ts';
import { mostPeople } from './configurations.ts';

/** What people come for, and the seatings that serve it. */
export const purposes = {
  theatre: ['theatre'],
  school: ['school'],
  meeting: ['meeting', 'round_table'],
  banquet: ['banquet', 'round_table'],
  booths: ['booths'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Purpose = keyof typeof purposes;

export const isPurpose = (text: string): text is Purpose => Object.hasOwn(purposes, text);

export interface Wish {
  readonly purpose: Purpose | undefined;
  readonly people: number | undefined;
}

export type Seating = Configuration['layouts'][number];

/** The seating that answers the wish; nothing where the room does not serve it or is too small. */
export const seatingFor = (
  configuration: Configuration,
  { purpose, people }: Wish,
): Seating | undefined => {
  const wanted: readonly string[] = purpose ? purposes[purpose] : [];
  const seating = purpose
    ? configuration.layouts.find(({ layout }) => wanted.includes(layout))
    : (mostPeople(configuration) ?? configuration.layouts[0]);
  if (!seating) return undefined;
  const countsPeople = seating.layout !== 'booths';
  return people !== undefined && countsPeople && seating.capacity < people ? undefined : seating;
};

export interface Place {
  readonly room: Room;
  readonly configuration: Configuration;
  readonly seating: Seating;
}

/** Every configuration that answers the wish, the closest to the number of people first. */
export const placesFor = (rooms: readonly Room[], wish: Wish): Place[] =>
  rooms
    .flatMap((room) =>
      room.configurations.flatMap((configuration): Place[] => {
        const seating = seatingFor(configuration, wish);
        return seating ? [{ room, configuration, seating }] : [];
      }),
    )
    .toSorted((one, other) => one.seating.capacity - other.seating.capacity);
