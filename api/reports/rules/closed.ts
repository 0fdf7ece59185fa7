import { groupedBy } from '../../equipment/rules/stock.ts';
import { addDays, dayOf, daysFrom, instantAt, type LocalDay } from '../../shared/time.ts';
import { isClosedEveryYear, type ClosedDayRule } from '../../slots/rules/closures.ts';

/** A cell kept shut for a time; one that was opened again early says when. */
export interface ClosedTime {
  readonly cellId: string;
  readonly from: Date;
  readonly until: Date;
  readonly liftedAt: Date | null;
  readonly reasonJa: string;
  readonly reasonEn: string;
}

/** What is really closed: cells for a time, and the days on which a venue is closed every year. */
export interface Closed {
  readonly byCell: ReadonlyMap<string, readonly ClosedTime[]>;
  readonly everyYear: ReadonlyMap<string, readonly ClosedDayRule[]>;
}

export interface SlotTimes {
  readonly code: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly startsTime: string;
  readonly endsTime: string;
}

export const closedBy = (
  times: readonly ClosedTime[],
  rules: readonly (ClosedDayRule & { readonly venueId: string })[],
): Closed => ({
  byCell: groupedBy(times, ({ cellId }) => cellId),
  everyYear: groupedBy(rules, ({ venueId }) => venueId),
});

interface ClosedPlace {
  readonly venueId: string;
  readonly cellIds: readonly string[];
}

const ruleOn = (closed: Closed, venueId: string, day: LocalDay) =>
  closed.everyYear.get(venueId)?.find((rule) => isClosedEveryYear([rule], day));

/** A slot in which the cell was opened again could be let. */
const shutsSlot = (time: ClosedTime, day: LocalDay, slot: SlotTimes): boolean => {
  const [from, until] = [instantAt(day, slot.startsTime), instantAt(day, slot.endsTime)];
  const isLiftedBefore = time.liftedAt !== null && time.liftedAt < until;
  return time.from < until && from < time.until && !isLiftedBefore;
};

/** Why a cell cannot be let in a slot. */
export const closureOf = (
  closed: Closed,
  cell: { readonly cellId: string; readonly venueId: string },
  day: LocalDay,
  slot: SlotTimes,
): Pick<ClosedTime, 'reasonJa' | 'reasonEn'> | undefined =>
  closed.byCell.get(cell.cellId)?.find((time) => shutsSlot(time, day, slot)) ??
  ruleOn(closed, cell.venueId, day);

const daysOfTime = ({ from, until }: ClosedTime): LocalDay[] =>
  daysFrom(addDays(dayOf(from), -1), dayOf(until));

/**
 * Tells of a day and slot whether no part of the room could be let. A room is looked at only on the
 * days on which its first cell is shut: where one cell is open, so is the room.
 */
export const shutSlotsOf = (
  place: ClosedPlace,
  slots: readonly SlotTimes[],
  closed: Closed,
): ((day: LocalDay, slot: string) => boolean) => {
  const cells = place.cellIds.map((id) => closed.byCell.get(id) ?? []);
  const days = new Set((cells[0] ?? []).flatMap(daysOfTime));
  const shut = new Set<string>();
  for (const day of days) {
    for (const slot of slots) {
      const isShut = cells.every((times) => times.some((time) => shutsSlot(time, day, slot)));
      if (isShut) shut.add(`${day} ${slot.code}`);
    }
  }
  return (day, slot) =>
    shut.has(`${day} ${slot}`) || ruleOn(closed, place.venueId, day) !== undefined;
};
