import type { Availability, AvailabilityCell, AvailabilityDay } from './grid.ts';

export interface FreeDay {
  readonly day: AvailabilityDay;
  /** Rooms, whole or in part, that are free for all that is left of the day. */
  readonly freeCount: number;
  readonly isOver: boolean;
  /** Something is empty, but it is too late to apply for it. */
  readonly isTooLate: boolean;
}

const byConfiguration = (states: readonly AvailabilityCell[]) => {
  const groups = new Map<string, AvailabilityCell[]>();
  for (const cell of states) {
    const group = groups.get(cell.configurationId);
    if (group) group.push(cell);
    else groups.set(cell.configurationId, [cell]);
  }
  return [...groups];
};

export const freeRoomsByDay = ({ days, configurations, states }: Availability): FreeDay[] => {
  const roomOf = new Map(configurations.map(({ id, roomId }) => [id, roomId]));
  return days.map((day) => {
    const left = states.filter(({ date, isPast }) => date === day.date && !isPast);
    const free = byConfiguration(left)
      .filter(([, cells]) => cells.every(({ state }) => state === 'free'))
      .map(([id]) => roomOf.get(id));
    const isTooLate = left.some(({ reason }) => reason === 'deadline');
    return { day, freeCount: new Set(free).size, isOver: left.length === 0, isTooLate };
  });
};
