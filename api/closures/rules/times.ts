import { addDays, daysBetween, daysFrom, instantAt, type LocalDay } from '../../shared/time.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { bandInstants, findBand, type BandSlots, type SlotHours } from '../../slots/rules/band.ts';
import { closureErrors } from '../errors.ts';

const daysMost = 366;

/** How long everything can be put back: until the letters leave. */
export const undoMinutes = 30;

export interface ClosedDays {
  readonly startsOn: LocalDay;
  readonly endsOn: LocalDay;
  readonly band?: string | undefined;
}

export interface VenueClock {
  readonly zone: string;
  readonly slots: readonly SlotHours[];
  readonly bands: readonly BandSlots[];
}

export const decideDays = (asked: ClosedDays, today: LocalDay): Result<ClosedDays> => {
  const { startsOn, endsOn } = asked;
  if (endsOn < startsOn) return refuse(closureErrors.days_reversed());
  if (startsOn < today) return refuse(closureErrors.past_day());
  if (daysBetween(startsOn, endsOn) >= daysMost) {
    return refuse(closureErrors.too_long({ params: { most: daysMost } }));
  }
  return ok(asked);
};

interface ClosedTime {
  readonly from: Date;
  readonly until: Date;
}

const timesOfDays = (
  { startsOn, endsOn, band }: ClosedDays,
  { zone, slots, bands }: VenueClock,
): ClosedTime[] => {
  if (band === undefined) {
    return [
      {
        from: instantAt(startsOn, '00:00', zone),
        until: instantAt(addDays(endsOn, 1), '00:00', zone),
      },
    ];
  }
  const found = findBand(bands, band);
  return daysFrom(startsOn, endsOn).map((day) => {
    const { startsAt, endsAt } = bandInstants(found, slots, day, zone);
    return { from: startsAt, until: endsAt };
  });
};

/**
 * When the house is shut: whole days in one piece, or a band of every day. What has passed is not shut
 * afterwards: a use that is over stays as it was.
 */
export const closedTimes = (asked: ClosedDays, clock: VenueClock, now: Date): ClosedTime[] =>
  timesOfDays(asked, clock)
    .filter(({ until }) => until > now)
    .map(({ from, until }) => ({ from: from > now ? from : now, until }));

interface Part {
  readonly roomId: string;
  readonly cellIds: readonly string[];
}

/** What a closure is of: the whole venue, one room or some cells. */
export const closedPlace = (
  parts: readonly Part[],
  closedCellIds: ReadonlySet<string>,
): { roomId: string | null; cellIds: string[] | null } => {
  const isKept = (cellId: string) => closedCellIds.has(cellId);
  if (parts.every(({ cellIds }) => cellIds.every(isKept))) return { roomId: null, cellIds: null };
  const touched = parts.filter(({ cellIds }) => cellIds.some(isKept));
  const [roomId, ...others] = new Set(touched.map((part) => part.roomId));
  return { roomId: others.length === 0 ? roomId! : null, cellIds: [...closedCellIds] };
};

interface Placed {
  readonly configurationId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Whether a use needs a cell while it is closed. */
export const isInTheWay = (
  use: Placed,
  cellsOf: (configurationId: string) => readonly string[],
  closed: {
    readonly cellIds: ReadonlySet<string>;
    readonly times: readonly ClosedTime[];
  },
): boolean =>
  cellsOf(use.configurationId).some((cellId) => closed.cellIds.has(cellId)) &&
  closed.times.some(({ from, until }) => use.startsAt < until && from < use.endsAt);
