import { instantAt, type LocalDay } from '../../shared/time.ts';
import { closureOf, type Closed } from './closed.ts';

export type ShownState = 'held' | 'requested' | 'approved' | 'in_use' | 'settled';

export interface BoardSlot {
  readonly code: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly startsTime: string;
  readonly endsTime: string;
}

export interface BoardCell {
  readonly cellId: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly room: {
    readonly id: string;
    readonly code: string;
    readonly nameJa: string;
    readonly nameEn: string;
    readonly venueId: string;
  };
}

/** A live occupancy of the day with the booking behind it. */
export interface BoardBooking {
  readonly cellId: string;
  readonly from: Date;
  readonly until: Date;
  readonly bookingId: string;
  readonly number: string;
  readonly title: string;
  readonly organizationName: string;
  readonly phase: string;
  readonly state: ShownState;
  readonly balanceYen: number | null;
  /** Time the room asks for after the use. */
  readonly isBuffer?: boolean;
}

export interface BoardFacts {
  readonly slots: readonly BoardSlot[];
  readonly cells: readonly BoardCell[];
  readonly bookings: readonly BoardBooking[];
  readonly closed: Closed;
}

/** What stands in one cell and slot: the booking before the closure, so that a clash is seen. */
const entryOf = (cell: BoardCell, slot: BoardSlot, day: LocalDay, facts: BoardFacts) => {
  const from = instantAt(day, slot.startsTime);
  const until = instantAt(day, slot.endsTime);
  const standing = facts.bookings.filter(
    (one) => one.cellId === cell.cellId && one.from < until && from < one.until,
  );
  const booking = standing.find(({ isBuffer }) => !isBuffer) ?? standing[0];
  if (booking) {
    const { bookingId, number, title, organizationName, phase, state, balanceYen } = booking;
    return {
      slot: slot.code,
      state,
      bookingId,
      number,
      title,
      organizationName,
      phase,
      balanceYen,
      ...(booking.isBuffer ? { isBuffer: true as const } : {}),
    };
  }
  const place = { cellId: cell.cellId, venueId: cell.room.venueId };
  const closure = closureOf(facts.closed, place, day, slot);
  if (!closure) return { slot: slot.code, state: 'free' as const };
  return {
    slot: slot.code,
    state: 'closed' as const,
    closureReasonJa: closure.reasonJa,
    closureReasonEn: closure.reasonEn,
  };
};

/** Time outside the hours of the house: a column of its own on days on which somebody is there. */
const outsideHours = (
  day: LocalDay,
  facts: BoardFacts,
): { before: BoardSlot[]; after: BoardSlot[] } => {
  const [first, last] = [facts.slots[0], facts.slots.at(-1)];
  if (!first || !last) return { before: [], after: [] };
  const isUsed = ({ startsTime, endsTime }: BoardSlot) => {
    const [from, until] = [instantAt(day, startsTime), instantAt(day, endsTime)];
    return facts.bookings.some((one) => one.from < until && from < one.until);
  };
  const before = {
    code: 'before_hours',
    nameJa: '開館前',
    nameEn: 'Before opening',
    startsTime: '00:00',
    endsTime: first.startsTime,
  };
  const after = {
    code: 'after_hours',
    nameJa: '閉館後',
    nameEn: 'After closing',
    startsTime: last.endsTime,
    endsTime: '24:00',
  };
  return { before: [before].filter(isUsed), after: [after].filter(isUsed) };
};

/** The whole venue on one day: every room, every part, every slot. */
export const boardOf = (day: LocalDay, facts: BoardFacts) => {
  const { before, after } = outsideHours(day, facts);
  const slots = [...before, ...facts.slots, ...after];
  const rooms = new Map(facts.cells.map(({ room }) => [room.id, room]));
  return {
    date: day,
    slots,
    rooms: [...rooms.values()].map(({ id, code, nameJa, nameEn }) => ({
      room: { id, code, nameJa, nameEn },
      cells: facts.cells
        .filter(({ room }) => room.id === id)
        .map((cell) => ({
          cellId: cell.cellId,
          nameJa: cell.nameJa,
          nameEn: cell.nameEn,
          slots: slots.map((slot) => entryOf(cell, slot, day, facts)),
        })),
    })),
  };
};
