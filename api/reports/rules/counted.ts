import type { LocalDay } from '../../shared/time.ts';
import type { Definition } from './definition.ts';
import type { MeasuredRoom, MeasuredUse } from './measure.ts';

/** One that the numerator counts: a room on a day, or in a slot of it, with the uses it counts for. */
export interface CountedUnit<Use> {
  readonly room: MeasuredRoom;
  readonly usedOn: LocalDay;
  readonly slot: string | null;
  readonly uses: readonly Use[];
}

const unitsOfRoom = <Use extends MeasuredUse>(
  room: MeasuredRoom,
  uses: readonly Use[],
  definition: Definition['definition'],
): CountedUnit<Use>[] => {
  const days = [...new Set(uses.map(({ usedOn }) => usedOn))].sort();
  return days.flatMap((usedOn): CountedUnit<Use>[] => {
    const ofDay = uses.filter((use) => use.usedOn === usedOn);
    const bySlot = room.slots.map(({ code }) => ({
      room,
      usedOn,
      slot: code,
      uses: ofDay.filter(({ slotCodes }) => slotCodes.includes(code)),
    }));
    const used = bySlot.filter((unit) => unit.uses.length > 0);
    if (definition === 'slot' || used.length === 0) return used;
    const counted = ofDay.filter((use) => used.some((unit) => unit.uses.includes(use)));
    return [{ room, usedOn, slot: null, uses: counted }];
  });
};

/** What a numerator is the number of, in the order of days. */
export const countedUnits = <Use extends MeasuredUse>(
  rooms: readonly MeasuredRoom[],
  uses: readonly Use[],
  { definition, countsSetup }: Definition,
): CountedUnit<Use>[] =>
  rooms
    .flatMap((room) => {
      const counted = uses.filter((use) => use.roomId === room.id && (use.isEvent || countsSetup));
      return unitsOfRoom(room, counted, definition);
    })
    .sort((one, other) => (one.usedOn < other.usedOn ? -1 : Number(one.usedOn > other.usedOn)));
