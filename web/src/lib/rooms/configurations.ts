import type { Configuration, Room } from '#api/rooms/schema.ts';

/** The whole room, or what stands first where none is marked. */
export const wholeOf = (room: Room): Configuration =>
  room.configurations.find(({ isWhole }) => isWhole) ?? room.configurations[0]!;

/** The most people any seating takes; booths are not people. */
export const mostPeople = ({ layouts }: Configuration) =>
  layouts
    .filter(({ layout }) => layout !== 'booths')
    .toSorted((one, other) => other.capacity - one.capacity)[0];

/** The seatings a room has at all, in the order of its whole. */
export const layoutsOf = (room: Room): string[] => [
  ...new Set(room.configurations.flatMap(({ layouts }) => layouts.map(({ layout }) => layout))),
];
