import type { LocalDay } from '../../shared/time.ts';
import type { PlacedUse, SlotClock } from './placement.ts';
import { stretchOf } from './placement.ts';

export interface LiveTime {
  readonly cellId: string;
  readonly from: Date;
  readonly until: Date;
  readonly state: 'held' | 'requested' | 'approved' | 'closed';
  readonly expiresAt: Date | null;
}

/** A slot of a use that something stands in the way of, told without saying whose it is. */
export interface BlockedSlot {
  readonly position: number;
  readonly configurationId: string;
  readonly date: LocalDay;
  readonly slot: string;
  readonly state: 'held' | 'taken' | 'closed';
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
const gravity = ['held', 'taken', 'closed'];

const worst = (states: readonly BlockedSlot['state'][]) =>
  [...states].sort((one, other) => gravity.indexOf(other) - gravity.indexOf(one))[0];

/** Which slots of which uses are in the way of something live. */
export const blockedSlots = (
  places: readonly PlacedUse[],
  obstacles: readonly LiveTime[],
  clock: SlotClock,
): BlockedSlot[] =>
  places.flatMap(({ use, cellIds, slotCodes }) =>
    slotCodes.flatMap((slot) => {
      const { from, until } = stretchOf([slot], use.usedOn, clock);
      const states = obstacles
        .filter((at) => cellIds.includes(at.cellId) && at.from < until && from < at.until)
        .map(({ state }) => publicState[state]);
      const state = worst(states);
      const { position, configurationId, usedOn: date } = use;
      return state ? [{ position, configurationId, date, slot, state }] : [];
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
