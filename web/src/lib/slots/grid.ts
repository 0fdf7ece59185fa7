import type { z } from 'zod';
import type { availabilitySchema } from '#api/slots/schema.ts';
import { strongestState, type SlotState } from '#web/ui/marks.ts';

export type Availability = z.infer<typeof availabilitySchema>;
export type AvailabilityDay = Availability['days'][number];
export type AvailabilityCell = Availability['states'][number];

const keyOf = (configurationId: string, date: string, slot: string) =>
  `${configurationId} ${date} ${slot}`;

export interface Grid {
  cell(configurationId: string, date: string, slot: string): AvailabilityCell | undefined;
  state(configurationId: string, date: string, slots: readonly string[]): SlotState;
}

/** What is closed only because it is too late to apply is a mark of its own: the desk may still take it. */
const markOf = (cell: AvailabilityCell | undefined): SlotState => {
  if (cell?.state === 'closed' && cell.reason === 'deadline') return 'too_late';
  return cell?.state ?? 'closed';
};

/** The answer of the API, looked up by configuration, day and slot. */
export const gridOf = ({ states }: Pick<Availability, 'states'>): Grid => {
  const known = new Map(
    states.map((cell) => [keyOf(cell.configurationId, cell.date, cell.slot), cell]),
  );
  const cell = (configurationId: string, date: string, slot: string) =>
    known.get(keyOf(configurationId, date, slot));
  return {
    cell,
    state: (configurationId, date, slots) =>
      strongestState(slots.map((slot) => markOf(cell(configurationId, date, slot)))),
  };
};

/** Whether anything shown can no longer be applied for. */
export const hasTooLate = ({ states }: Pick<Availability, 'states'>): boolean =>
  states.some((cell) => markOf(cell) === 'too_late');

/** Saturdays, Sundays and holidays look different, and say so. */
export const dayKind = (day: Pick<AvailabilityDay, 'weekday' | 'isHoliday'>) => {
  if (day.isHoliday) return 'holiday';
  if (day.weekday === 7) return 'sunday';
  return day.weekday === 6 ? 'saturday' : 'weekday';
};
