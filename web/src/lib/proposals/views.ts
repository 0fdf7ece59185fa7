import type { z } from 'zod';
import type { proposalsSchema } from '#api/proposals/schema.ts';
import { askedQuery, emptyLine } from '#web/fees/asked.ts';

type Shown<Value> = Value extends (infer Item)[]
  ? readonly Shown<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Shown<Value[Key]> }
    : Value;

export type Proposals = Shown<z.infer<typeof proposalsSchema>>;
export type RankedPlan = Proposals['plans'][number];
export type Plan = Omit<RankedPlan, 'score' | 'reasons'>;
export type PlanRoom = Plan['rooms'][number];
export type PlanUse = PlanRoom['uses'][number];
export type NotChosen = Proposals['notChosen'][number];

/** One number of people for the whole booking can only be said where there is one room. */
const attendanceOf = ({ rooms }: Plan): string =>
  rooms.length === 1 && rooms[0]!.seat.layout !== 'booths' ? String(rooms[0]!.people ?? '') : '';

/** All uses of a plan as the quote and the hold form read them. */
export const planQuery = (plan: Plan): string =>
  askedQuery({
    venue: plan.venue.id,
    uses: plan.rooms.flatMap(({ uses }) =>
      uses.map(({ configuration, date, band, phase, layout }) => ({
        ...emptyLine,
        configuration,
        date,
        band,
        phase,
        layout,
      })),
    ),
    attendance: attendanceOf(plan),
    admissionMaxYen: '',
    isCommercial: false,
    customerClass: 'standard',
  });

/** Rooms used at the same times are told together. */
export const roomsByTimes = ({ rooms }: Plan) => {
  const groups = new Map<string, { uses: readonly PlanUse[]; rooms: PlanRoom[] }>();
  for (const room of rooms) {
    const key = room.uses.map(({ date, band, phase }) => `${date} ${band} ${phase}`).join();
    const known = groups.get(key);
    if (known) known.rooms.push(room);
    else groups.set(key, { uses: room.uses, rooms: [room] });
  }
  return [...groups.values()];
};

export const usesByDay = (uses: readonly PlanUse[]) => {
  const days = new Map<string, PlanUse[]>();
  for (const use of uses) days.set(use.date, [...(days.get(use.date) ?? []), use]);
  return [...days].toSorted(([one], [other]) => one.localeCompare(other));
};

const daysListedMost = 14;

/** Day by day where there are few days; otherwise they are told room by room. */
export const reasonsByDay = (reasons: readonly NotChosen[]) => {
  const days = new Map<string, NotChosen[]>();
  for (const reason of reasons)
    for (const day of reason.days) days.set(day, [...(days.get(day) ?? []), reason]);
  return days.size > daysListedMost
    ? undefined
    : [...days].toSorted(([one], [other]) => one.localeCompare(other));
};

export const reasonsByRoom = (reasons: readonly NotChosen[]) => {
  const rooms = new Map<string, NotChosen[]>();
  for (const reason of reasons)
    rooms.set(reason.roomId, [...(rooms.get(reason.roomId) ?? []), reason]);
  return [...rooms.values()];
};
