import type { BasisPoints } from '../../shared/money.ts';
import {
  addMonths,
  daysFrom,
  fiscalYearOf,
  lastOfMonth,
  type FiscalYear,
  type LocalDay,
} from '../../shared/time.ts';
import type { Month } from '../schema.ts';
import { shutSlotsOf, type Closed, type SlotTimes } from './closed.ts';
import type { Definition } from './definition.ts';

export interface MeasuredRoom {
  readonly id: string;
  readonly venueId: string;
  readonly nameJa: string;
  readonly nameEn: string;
  /** The slots on offer each open day. */
  readonly slots: readonly SlotTimes[];
  readonly cellIds: readonly string[];
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
  /** Without any booking in the whole fiscal year the figure says nothing. */
  readonly hasData: boolean;
}

/** In basis points, half up; absent where there was nothing to divide by. */
export const rateOf = ({ numerator, denominator, hasData }: Share): BasisPoints | null =>
  !hasData || denominator === 0
    ? null
    : Math.floor((20_000 * numerator + denominator) / (2 * denominator));

/** Tenths of a percent for display, rounded half up once, from the counts and not from the rate. */
export const shownRate = ({
  numerator,
  denominator,
}: Pick<Share, 'numerator' | 'denominator'>): string => {
  if (denominator === 0) return '';
  const tenths = Math.floor((2_000 * numerator + denominator) / (2 * denominator));
  return `${Math.floor(tenths / 10)}.${tenths % 10}`;
};

/** Months without data say nothing beside months with. */
export const sumShares = (shares: readonly Share[]): Share => {
  const withData = shares.filter(({ hasData }) => hasData);
  const summed = withData.length > 0 ? withData : shares;
  return {
    numerator: summed.reduce((sum, share) => sum + share.numerator, 0),
    denominator: summed.reduce((sum, share) => sum + share.denominator, 0),
    hasData: withData.length > 0,
  };
};

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
  const offered = new Set(room.slots.map(({ code }) => code));
  for (const use of uses) {
    if (use.roomId !== room.id || !(use.isEvent || countsSetup)) continue;
    const slots = used.get(use.usedOn) ?? new Set();
    for (const slot of use.slotCodes) if (offered.has(slot)) slots.add(slot);
    used.set(use.usedOn, slots);
  }
  return used;
};

export interface Facts {
  readonly uses: readonly MeasuredUse[];
  readonly closed: Closed;
  /** The fiscal years in which a venue has any booking. */
  readonly years: ReadonlyMap<string, ReadonlySet<FiscalYear>>;
}

const numberOf = (slots: UsedSlots, day: LocalDay) => slots.get(day)?.size ?? 0;

/** How many slots of each day the room was open in: where it was used, it was open. */
const openSlotsOf = (room: MeasuredRoom, { uses, closed }: Facts) => {
  const used = usedSlotsOf(room, uses, true);
  const isShut = shutSlotsOf(room, room.slots, closed);
  return (day: LocalDay): number =>
    room.slots.filter(({ code }) => used.get(day)?.has(code) || !isShut(day, code)).length;
};

/** One share a month; what was closed and not used is in neither the numerator nor the denominator. */
export const measureRoom = (
  room: MeasuredRoom,
  months: readonly Month[],
  facts: Facts,
  { definition, countsSetup }: Definition,
): Share[] => {
  const used = usedSlotsOf(room, facts.uses, countsSetup);
  const openSlots = openSlotsOf(room, facts);
  const counted = (slots: number) => (definition === 'day' ? Math.min(slots, 1) : slots);
  return months.map((month) => {
    const days = daysFrom(firstDayOf(month), lastDayOf(month));
    return {
      numerator: days.reduce((sum, day) => sum + counted(numberOf(used, day)), 0),
      denominator: days.reduce((sum, day) => sum + counted(openSlots(day)), 0),
      hasData: facts.years.get(room.venueId)?.has(fiscalYearOf(firstDayOf(month))) ?? false,
    };
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
