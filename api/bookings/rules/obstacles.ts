import { addMinutes, type LocalDay } from '../../shared/time.ts';
import type { PlacedUse, SlotClock } from './placement.ts';
import { stretchOf, wholeStretch } from './placement.ts';

export interface LiveTime {
  readonly cellId: string;
  readonly from: Date;
  readonly until: Date;
  readonly state: 'held' | 'requested' | 'approved' | 'closed';
  readonly expiresAt: Date | null;
  readonly isBuffer?: boolean;
}

/** A slot of a use that something stands in the way of, told without saying whose it is. */
export interface BlockedSlot {
  readonly position: number;
  readonly configurationId: string;
  readonly date: LocalDay;
  readonly slot: string;
  readonly state: 'buffer' | 'held' | 'taken' | 'closed';
  /** Not the slot itself but the time asked for before or after it, or the time the room asks for. */
  readonly part?: 'early' | 'late' | 'buffer';
}

export const isLapsed = (
  { state, expiresAt }: Pick<LiveTime, 'state' | 'expiresAt'>,
  now: Date,
): boolean => state === 'held' && expiresAt !== null && expiresAt.getTime() <= now.getTime();

const publicState = {
  held: 'held',
  requested: 'held',
  approved: 'taken',
  closed: 'closed',
} as const;
const gravity = ['buffer', 'held', 'taken', 'closed'];

const worst = (states: readonly BlockedSlot['state'][]) =>
  [...states].sort((one, other) => gravity.indexOf(other) - gravity.indexOf(one))[0];

interface Piece {
  readonly slot: string;
  readonly part?: 'early' | 'late' | 'buffer';
  readonly from: Date;
  readonly until: Date;
}

/** A use piece by piece: before its band, slot by slot (a gap counts to the slot before it), after it. */
const piecesOf = (placed: PlacedUse, clock: SlotClock): Piece[] => {
  const { use, slotCodes, bufferMinutes = 0 } = placed;
  const band = stretchOf(slotCodes, use.usedOn, clock);
  const whole = wholeStretch(band, use);
  const starts = slotCodes.map((slot) => stretchOf([slot], use.usedOn, clock).from);
  const [first, last] = [slotCodes[0]!, slotCodes.at(-1)!];
  const bufferEnd = addMinutes(whole.until, bufferMinutes);
  return [
    { slot: first, part: 'early' as const, from: whole.from, until: band.from },
    ...slotCodes.map((slot, at) => ({
      slot,
      from: starts[at]!,
      until: starts[at + 1] ?? band.until,
    })),
    { slot: last, part: 'late' as const, from: band.until, until: whole.until },
    { slot: last, part: 'buffer' as const, from: whole.until, until: bufferEnd },
  ].filter(({ from, until }) => from < until);
};

/** Which slots of which uses are in the way of something live. */
export const blockedSlots = (
  places: readonly PlacedUse[],
  obstacles: readonly LiveTime[],
  clock: SlotClock,
): BlockedSlot[] =>
  places.flatMap((placed) =>
    piecesOf(placed, clock).flatMap(({ slot, from, until, ...piece }) => {
      const { position, configurationId, usedOn: date } = placed.use;
      const states = obstacles
        .filter((at) => placed.cellIds.includes(at.cellId) && at.from < until && from < at.until)
        .map(({ state, isBuffer }) => (isBuffer ? 'buffer' : publicState[state]));
      const state = worst(states);
      return state ? [{ position, configurationId, date, slot, state, ...piece }] : [];
    }),
  );

export interface Alternative {
  readonly configurationId: string;
  readonly date: LocalDay;
  readonly band: string;
}

/** The same use on the nearest free days, at most `most` of them; `isFree` knows what is free. */
export const nearestDays = (
  days: readonly LocalDay[],
  wanted: LocalDay,
  isFree: (day: LocalDay) => boolean,
  most: number,
): LocalDay[] => {
  const distance = (day: LocalDay) => Math.abs(Date.parse(day) - Date.parse(wanted));
  return days
    .filter((day) => day !== wanted && isFree(day))
    .sort((one, other) => distance(one) - distance(other) || (one < other ? -1 : 1))
    .slice(0, most);
};
