import { instantAt, type LocalDay } from '../../shared/time.ts';
import { closureOn, type ClosedSpan } from './closed.ts';

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
}

export interface BoardFacts {
  readonly slots: readonly BoardSlot[];
  readonly cells: readonly BoardCell[];
  readonly bookings: readonly BoardBooking[];
  readonly closed: readonly ClosedSpan[];
}

/** What stands in one cell and slot: the booking before the closure, so that a clash is seen. */
const entryOf = (cell: BoardCell, slot: BoardSlot, day: LocalDay, facts: BoardFacts) => {
  const from = instantAt(day, slot.startsTime);
  const until = instantAt(day, slot.endsTime);
  const booking = facts.bookings.find(
    (one) => one.cellId === cell.cellId && one.from < until && from < one.until,
  );
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
    };
  }
  const closure = closureOn(facts.closed, cell.room, day);
  if (!closure) return { slot: slot.code, state: 'free' as const };
  return {
    slot: slot.code,
    state: 'closed' as const,
    closureReasonJa: closure.reasonJa,
    closureReasonEn: closure.reasonEn,
  };
};

/** The whole venue on one day: every room, every part, every slot. */
export const boardOf = (day: LocalDay, facts: BoardFacts) => {
  const rooms = new Map(facts.cells.map(({ room }) => [room.id, room]));
  return {
    date: day,
    slots: facts.slots,
    rooms: [...rooms.values()].map(({ id, code, nameJa, nameEn }) => ({
      room: { id, code, nameJa, nameEn },
      cells: facts.cells
        .filter(({ room }) => room.id === id)
        .map((cell) => ({
          cellId: cell.cellId,
          nameJa: cell.nameJa,
          nameEn: cell.nameEn,
          slots: facts.slots.map((slot) => entryOf(cell, slot, day, facts)),
        })),
    })),
  };
};
