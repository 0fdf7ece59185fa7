import { firstDayInTime } from '../../policies/rules.ts';
import { dayOf, instantAt, type LocalDay, type LocalTime } from '../../shared/time.ts';
import type { SlotHours } from './band.ts';
import { isClosedEveryYear, type ClosedDayRule } from './closures.ts';
import { findPeriod, opensAt, type OpeningPeriod } from './window.ts';

export type SlotState = 'free' | 'held' | 'taken' | 'closed' | 'not_open_yet';
export type ClosureKind = 'annual' | 'maintenance' | 'emergency' | 'block';

export interface OccupiedTime {
  readonly cellId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly state: 'held' | 'requested' | 'approved' | 'closed';
  readonly expiresAt: Date | null;
  readonly closureKind: ClosureKind | null;
  /** Time a room asks for after a use, not a use itself. */
  readonly isBuffer?: boolean;
}

export interface AvailabilityInput {
  readonly zone: string;
  readonly opensAtTime: LocalTime;
  readonly days: readonly LocalDay[];
  readonly slots: readonly SlotHours[];
  readonly configurations: readonly {
    readonly id: string;
    readonly cellIds: readonly string[];
    readonly opensMonthsBefore: number;
    readonly roomClass: string;
  }[];
  readonly occupancies: readonly OccupiedTime[];
  readonly closedDayRules: readonly ClosedDayRule[];
  readonly openingPeriods: readonly OpeningPeriod[];
  /** By class of rooms; a class that is not named asks for none. */
  readonly bufferMinutes?: Readonly<Record<string, number>>;
  /** By class of rooms: how long before use approval has to be applied for; unnamed, until the use. */
  readonly requestDeadlineDays?: Readonly<Record<string, number>>;
  readonly now: Date;
}

export interface AvailabilityRow {
  readonly configurationId: string;
  readonly date: LocalDay;
  readonly slot: string;
  readonly state: SlotState;
  readonly reason?: ClosureKind | 'past' | 'deadline' | 'lottery' | 'buffer';
  /** Where entries for this day are collected before it opens. */
  readonly lotteryId?: string;
  /** The day on which booking opens, while it has not. */
  readonly opensOn?: LocalDay;
  readonly isPast?: true;
}

/** Nothing of a person is told: a hold and a request look alike from outside. */
const publicState = {
  held: 'held',
  requested: 'held',
  approved: 'taken',
  closed: 'closed',
} as const;
const strength = { held: 1, taken: 2, closed: 3 } as const;

interface Mark {
  readonly state: keyof typeof strength;
  readonly reason?: ClosureKind | 'buffer';
}

interface SlotWindow {
  readonly date: LocalDay;
  readonly slot: string;
  readonly startsAt: number;
  readonly endsAt: number;
}

const windowsOf = ({ days, slots, zone }: AvailabilityInput): SlotWindow[] =>
  days
    .flatMap((date) =>
      slots.map(({ code, startsTime, endsTime }) => ({
        date,
        slot: code,
        startsAt: instantAt(date, startsTime, zone).getTime(),
        endsAt: instantAt(date, endsTime, zone).getTime(),
      })),
    )
    .toSorted((a, b) => a.startsAt - b.startsAt);

/** Index of the first window that ends after the instant. */
const firstEndingAfter = (windows: readonly SlotWindow[], instant: number): number => {
  let [low, high] = [0, windows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (windows[middle]!.endsAt > instant) high = middle;
    else low = middle + 1;
  }
  return low;
};

const stronger = (a: Mark | undefined, b: Mark | undefined): Mark | undefined => {
  if (!a || !b) return a ?? b;
  const [isA, isB] = [a.reason === 'buffer', b.reason === 'buffer'];
  if (isA !== isB) return isA ? b : a;
  return strength[b.state] > strength[a.state] ? b : a;
};

/** How long each cell stands empty after a use. */
const buffersByCell = ({ configurations, bufferMinutes = {} }: AvailabilityInput) =>
  new Map(
    configurations.flatMap(({ cellIds, roomClass }) =>
      cellIds.map((cellId) => [cellId, (bufferMinutes[roomClass] ?? 0) * 60_000] as const),
    ),
  );

/**
 * What stands on each cell in each window: the occupancies are walked once. A slot so near before
 * one of them that no time would be left to clear the room is not free either.
 */
const marksByCell = (input: AvailabilityInput, windows: readonly SlotWindow[]) => {
  const buffers = buffersByCell(input);
  const marks = new Map<string, (Mark | undefined)[]>();
  for (const occupied of input.occupancies) {
    const { cellId, state, expiresAt, closureKind } = occupied;
    const hasLapsed = state === 'held' && expiresAt !== null && expiresAt <= input.now;
    if (hasLapsed) continue;
    const own = marks.get(cellId) ?? [];
    marks.set(cellId, own);
    const buffer: Mark = { state: publicState[state], reason: 'buffer' };
    const mark: Mark = occupied.isBuffer
      ? buffer
      : { state: publicState[state], ...(closureKind ? { reason: closureKind } : {}) };
    const [startsAt, endsAt] = [occupied.startsAt.getTime(), occupied.endsAt.getTime()];
    const from = startsAt - (buffers.get(cellId) ?? 0);
    for (let at = firstEndingAfter(windows, from); at < windows.length; at += 1) {
      if (windows[at]!.startsAt >= endsAt) break;
      own[at] = stronger(own[at], windows[at]!.endsAt > startsAt ? mark : buffer);
    }
  }
  return marks;
};

interface Opening {
  readonly at: number;
  readonly on: LocalDay;
  readonly lotteryId?: string;
}

/** Booking opens by the month, so a month is worked out once; days with a period of their own apart. */
const openingsOf = ({ opensAtTime, zone, openingPeriods }: AvailabilityInput) => {
  const known = new Map<string, Opening>();
  return (day: LocalDay, monthsBefore: number, roomClass: string): Opening => {
    const period = findPeriod(openingPeriods, roomClass, day);
    if (period) {
      const lottery = period.lottery ? { lotteryId: period.lottery.id } : {};
      return { at: period.opensAt.getTime(), on: dayOf(period.opensAt, zone), ...lottery };
    }
    const key = `${monthsBefore} ${day.slice(0, 7)}`;
    const found = known.get(key);
    if (found) return found;
    const at = opensAt(day, monthsBefore, opensAtTime, zone);
    const opening = { at: at.getTime(), on: dayOf(at, zone) };
    known.set(key, opening);
    return opening;
  };
};

/** The first day of each class of rooms that can still be applied for. */
const firstDaysInTime = ({ requestDeadlineDays = {}, now, zone }: AvailabilityInput) => {
  const days = Object.entries(requestDeadlineDays);
  return new Map(days.map(([roomClass, before]) => [roomClass, firstDayInTime(now, before, zone)]));
};

/** The state of every configuration in every slot of every day, seen from outside at one moment. */
export const computeAvailability = (input: AvailabilityInput): AvailabilityRow[] => {
  const windows = windowsOf(input);
  const marks = marksByCell(input, windows);
  const openingOf = openingsOf(input);
  const inTimeFrom = firstDaysInTime(input);
  const closedDays = new Set(
    input.days.filter((day) => isClosedEveryYear(input.closedDayRules, day)),
  );
  const now = input.now.getTime();

  const unmarked = (window: SlotWindow, monthsBefore: number, roomClass: string) => {
    if (closedDays.has(window.date)) return { state: 'closed', reason: 'annual' } as const;
    if (window.startsAt <= now) return { state: 'closed', reason: 'past' } as const;
    if (window.date < (inTimeFrom.get(roomClass) ?? '')) {
      return { state: 'closed', reason: 'deadline' } as const;
    }
    const { at, on: opensOn, lotteryId } = openingOf(window.date, monthsBefore, roomClass);
    if (now >= at) return { state: 'free' } as const;
    const lottery = lotteryId ? ({ reason: 'lottery', lotteryId } as const) : {};
    return { state: 'not_open_yet', opensOn, ...lottery } as const;
  };

  return input.configurations.flatMap(({ id, cellIds, opensMonthsBefore, roomClass }) =>
    windows.map((window, at): AvailabilityRow => {
      const mark = cellIds.reduce<Mark | undefined>(
        (found, cellId) => stronger(found, marks.get(cellId)?.[at]),
        undefined,
      );
      return {
        configurationId: id,
        date: window.date,
        slot: window.slot,
        ...(mark ?? unmarked(window, opensMonthsBefore, roomClass)),
        ...(window.startsAt <= now ? { isPast: true as const } : {}),
      };
    }),
  );
};
