import type { BasisPoints } from '../../shared/money.ts';
import { addMonths, daysFrom, lastOfMonth, type LocalDay } from '../../shared/time.ts';
import type { Month } from '../schema.ts';
import { closureOn, type ClosedSpan } from './closed.ts';
import type { Definition } from './definition.ts';

export interface MeasuredRoom {
  readonly id: string;
  readonly venueId: string;
  readonly nameJa: string;
  readonly nameEn: string;
  /** The slots on offer each open day. */
  readonly slotCodes: readonly string[];
}

export interface MeasuredUse {
  readonly roomId: string;
  readonly usedOn: LocalDay;
  readonly slotCodes: readonly string[];
  readonly isEvent: boolean;
}

export interface Share {
  readonly numerator: number;
  readonly denominator: number;
}

/** In basis points, half up; absent where there was nothing to divide by. */
export const rateOf = ({ numerator, denominator }: Share): BasisPoints | null =>
  denominator === 0 ? null : Math.floor((20_000 * numerator + denominator) / (2 * denominator));

/** Tenths of a percent for display, rounded half up once, from the counts and not from the rate. */
export const shownRate = ({ numerator, denominator }: Share): string => {
  if (denominator === 0) return '';
  const tenths = Math.floor((2_000 * numerator + denominator) / (2 * denominator));
  return `${Math.floor(tenths / 10)}.${tenths % 10}`;
};

export const sumShares = (shares: readonly Share[]): Share => ({
  numerator: shares.reduce((sum, share) => sum + share.numerator, 0),
  denominator: shares.reduce((sum, share) => sum + share.denominator, 0),
});

export const firstDayOf = (month: Month): LocalDay => `${month}-01` as LocalDay;
export const lastDayOf = (month: Month): LocalDay => lastOfMonth(firstDayOf(month));

/** Every month from the first to the last, both included. */
export const monthsFrom = (from: Month, to: Month): Month[] => {
  const months: Month[] = [];
  for (let month = from; month <= to;) {
    months.push(month);
    month = addMonths(firstDayOf(month), 1).slice(0, 7) as Month;
  }
  return months;
};

type UsedSlots = ReadonlyMap<LocalDay, ReadonlySet<string>>;

/** Which slots of which days were used, a slot once however many parts and bookings used it. */
const usedSlotsOf = (
  room: MeasuredRoom,
  uses: readonly MeasuredUse[],
  countsSetup: boolean,
): UsedSlots => {
  const used = new Map<LocalDay, Set<string>>();
  for (const use of uses) {
    if (use.roomId !== room.id || !(use.isEvent || countsSetup)) continue;
    const slots = used.get(use.usedOn) ?? new Set();
    for (const slot of use.slotCodes) if (room.slotCodes.includes(slot)) slots.add(slot);
    used.set(use.usedOn, slots);
  }
  return used;
};

const shareOfDays = (days: readonly LocalDay[], used: UsedSlots): Share => ({
  numerator: days.filter((day) => (used.get(day)?.size ?? 0) > 0).length,
  denominator: days.length,
});

const shareOfSlots = (days: readonly LocalDay[], used: UsedSlots, slotsADay: number): Share => ({
  numerator: days.reduce((sum, day) => sum + (used.get(day)?.size ?? 0), 0),
  denominator: days.length * slotsADay,
});

export interface Facts {
  readonly uses: readonly MeasuredUse[];
  readonly closed: readonly ClosedSpan[];
}

/** One share a month; closed days are in neither the numerator nor the denominator. */
export const measureRoom = (
  room: MeasuredRoom,
  months: readonly Month[],
  facts: Facts,
  { definition, countsSetup }: Definition,
): Share[] => {
  const used = usedSlotsOf(room, facts.uses, countsSetup);
  return months.map((month) => {
    const open = daysFrom(firstDayOf(month), lastDayOf(month)).filter(
      (day) => !closureOn(facts.closed, room, day),
    );
    return definition === 'day'
      ? shareOfDays(open, used)
      : shareOfSlots(open, used, room.slotCodes.length);
  });
};

/** Rooms together, month by month: Σ used ÷ Σ open, never the mean of rates. */
export const measureRooms = (
  rooms: readonly MeasuredRoom[],
  months: readonly Month[],
  facts: Facts,
  definition: Definition,
): Share[] => {
  const byRoom = rooms.map((room) => measureRoom(room, months, facts, definition));
  return months.map((_, at) => sumShares(byRoom.map((shares) => shares[at]!)));
};
