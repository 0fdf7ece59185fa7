import type { Availability, AvailabilityDay } from './grid.ts';

export interface FreeDay {
  readonly day: AvailabilityDay;
  /** Rooms with at least one free slot on the day. */
  readonly freeCount: number;
}

export const freeRoomsByDay = ({ days, configurations, states }: Availability): FreeDay[] => {
  const roomOf = new Map(configurations.map(({ id, roomId }) => [id, roomId]));
  return days.map((day) => {
    const free = states.filter(({ date, state }) => date === day.date && state === 'free');
    return { day, freeCount: new Set(free.map((cell) => roomOf.get(cell.configurationId))).size };
  });
};
