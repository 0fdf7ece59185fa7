import { dayOf, instantAt, type LocalDay, type LocalTime } from '../../shared/time.ts';
import type { SlotHours } from './band.ts';
import { isClosedEveryYear, type ClosedDayRule } from './closures.ts';
import { opensAt } from './window.ts';

export type SlotState = 'free' | 'held' | 'taken' | 'closed' | 'not_open_yet';
export type ClosureKind = 'annual' | 'maintenance' | 'emergency';

export interface OccupiedTime {
  readonly cellId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly state: 'held' | 'requested' | 'approved' | 'closed';
  readonly expiresAt: Date | null;
  readonly closureKind: ClosureKind | null;
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
  }[];
  readonly occupancies: readonly OccupiedTime[];
  readonly closedDayRules: readonly ClosedDayRule[];
  readonly now: Date;
}

export interface AvailabilityRow {
  readonly configurationId: string;
  readonly date: LocalDay;
  readonly slot: string;
  readonly state: SlotState;
  readonly reason?: ClosureKind | 'past';
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
  readonly reason?: ClosureKind;
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
  return strength[b.state] > strength[a.state] ? b : a;
};

/** What stands on each cell in each window: the occupancies are walked once. */
const marksByCell = (input: AvailabilityInput, windows: readonly SlotWindow[]) => {
  const marks = new Map<string, (Mark | undefined)[]>();
  for (const occupied of input.occupancies) {
    const { cellId, state, expiresAt, closureKind } = occupied;
    const hasLapsed = state === 'held' && expiresAt !== null && expiresAt <= input.now;
    if (hasLapsed) continue;
    const own = marks.get(cellId) ?? [];
    marks.set(cellId, own);
    const mark: Mark = {
      state: publicState[state],
      ...(closureKind ? { reason: closureKind } : {}),
    };
    const [startsAt, endsAt] = [occupied.startsAt.getTime(), occupied.endsAt.getTime()];
    for (let at = firstEndingAfter(windows, startsAt); at < windows.length; at += 1) {
      if (windows[at]!.startsAt >= endsAt) break;
      own[at] = stronger(own[at], mark);
    }
  }
  return marks;
};

/** Booking opens by the month, so a month is worked out once. */
const openingsOf = ({ opensAtTime, zone }: AvailabilityInput) => {
  const known = new Map<string, { at: number; on: LocalDay }>();
  return (day: LocalDay, monthsBefore: number) => {
    const key = `${monthsBefore} ${day.slice(0, 7)}`;
    const found = known.get(key);
    if (found) return found;
    const at = opensAt(day, monthsBefore, opensAtTime, zone);
    const opening = { at: at.getTime(), on: dayOf(at, zone) };
    known.set(key, opening);
    return opening;
  };
};

/** The state of every configuration in every slot of every day, seen from outside at one moment. */
export const computeAvailability = (input: AvailabilityInput): AvailabilityRow[] => {
  const windows = windowsOf(input);
  const marks = marksByCell(input, windows);
  const openingOf = openingsOf(input);
  const closedDays = new Set(
    input.days.filter((day) => isClosedEveryYear(input.closedDayRules, day)),
  );
  const now = input.now.getTime();

  const unmarked = (window: SlotWindow, monthsBefore: number) => {
    if (closedDays.has(window.date)) return { state: 'closed', reason: 'annual' } as const;
    if (window.startsAt <= now) return { state: 'closed', reason: 'past' } as const;
    const opening = openingOf(window.date, monthsBefore);
    if (now < opening.at) return { state: 'not_open_yet', opensOn: opening.on } as const;
    return { state: 'free' } as const;
  };

  return input.configurations.flatMap(({ id, cellIds, opensMonthsBefore }) =>
    windows.map((window, at): AvailabilityRow => {
      const mark = cellIds.reduce<Mark | undefined>(
        (found, cellId) => stronger(found, marks.get(cellId)?.[at]),
        undefined,
      );
      return {
        configurationId: id,
        date: window.date,
        slot: window.slot,
        ...(mark ?? unmarked(window, opensMonthsBefore)),
        ...(window.startsAt <= now ? { isPast: true as const } : {}),
      };
    }),
  );
};
