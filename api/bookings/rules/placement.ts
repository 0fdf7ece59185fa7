import {
  addDays,
  addMinutes,
  dayOf,
  instantAt,
  withoutTaken,
  type LocalDay,
  type Stretch,
} from '../../shared/time.ts';
import type { BookingUse } from './booking.ts';

/** What a use asks of the building: cells, and the slots of its band. */
export interface PlacedUse {
  readonly use: BookingUse;
  readonly cellIds: readonly string[];
  readonly slotCodes: readonly string[];
  /** How long the room stands empty after the use. */
  readonly bufferMinutes?: number;
}

export interface SlotClock {
  readonly zone: string;
  readonly slots: readonly {
    readonly code: string;
    readonly startsTime: string;
    readonly endsTime: string;
  }[];
}

/** When neighbouring slots of a day begin and end. */
export const stretchOf = (slotCodes: readonly string[], day: LocalDay, clock: SlotClock) => {
  const parts = clock.slots.filter(({ code }) => slotCodes.includes(code));
  return {
    from: instantAt(day, parts[0]!.startsTime, clock.zone),
    until: instantAt(day, parts.at(-1)!.endsTime, clock.zone),
  };
};

/** When a use begins and ends: its band, and the time asked for before and after it. */
export const wholeStretch = (
  { from, until }: Stretch,
  { earlyMinutes, lateMinutes }: Pick<BookingUse, 'earlyMinutes' | 'lateMinutes'>,
): Stretch => ({ from: addMinutes(from, -earlyMinutes), until: addMinutes(until, lateMinutes) });

/** A cell for a stretch of time, on behalf of one use. */
export interface CellClaim extends Stretch {
  readonly cellId: string;
  readonly useId: string;
  /** Time the room asks for after the use: nobody's, but it excludes others. */
  readonly isBuffer?: true;
}

const phaseOrder = ['event', 'rehearsal', 'setup', 'teardown', 'storage'];

const byPhase = (one: PlacedUse, other: PlacedUse) =>
  phaseOrder.indexOf(one.use.phase) - phaseOrder.indexOf(other.use.phase);

const joined = (stretches: readonly Stretch[]): Stretch[] => {
  const runs: Stretch[] = [];
  const inOrder = [...stretches].sort((one, other) => one.from.getTime() - other.from.getTime());
  for (const stretch of inOrder) {
    const last = runs.at(-1);
    if (last?.until.getTime() === stretch.from.getTime()) {
      runs[runs.length - 1] = { from: last.from, until: stretch.until };
    } else runs.push(stretch);
  }
  return runs;
};

/** What each use takes of one cell: first the bands of all, then the time before and after them. */
const sharesOf = (uses: readonly PlacedUse[], clock: SlotClock): Map<PlacedUse, Stretch[]> => {
  const taken: Stretch[] = [];
  const shares = new Map<PlacedUse, Stretch[]>(uses.map((placed) => [placed, []]));
  const take = (placed: PlacedUse, stretch: Stretch) => {
    const pieces = withoutTaken(stretch, taken);
    taken.push(...pieces);
    shares.get(placed)!.push(...pieces);
  };
  const bandOf = ({ slotCodes, use }: PlacedUse) => stretchOf(slotCodes, use.usedOn, clock);
  for (const placed of uses) take(placed, bandOf(placed));
  for (const placed of uses) take(placed, wholeStretch(bandOf(placed), placed.use));
  return shares;
};

const buffersOf = (shares: ReadonlyMap<PlacedUse, readonly Stretch[]>) => {
  const taken = [...shares.values()].flat();
  const buffers = new Map<PlacedUse, Stretch[]>();
  for (const [placed, stretches] of shares) {
    const { bufferMinutes = 0 } = placed;
    const own = stretches.flatMap(({ until }) => {
      const left = withoutTaken({ from: until, until: addMinutes(until, bufferMinutes) }, taken);
      taken.push(...left);
      return left;
    });
    buffers.set(placed, own);
  }
  return buffers;
};

/**
 * The cells and times of a booking. Where two of its uses share time on a cell it is claimed once,
 * for the phase that counts more, as in the price.
 */
export const claimsOf = (uses: readonly PlacedUse[], clock: SlotClock): CellClaim[] => {
  const inOrder = [...uses].sort(byPhase);
  const cellIds = [...new Set(inOrder.flatMap((placed) => placed.cellIds))];
  const ofCells = cellIds.map((cellId) => {
    const shares = sharesOf(
      inOrder.filter((placed) => placed.cellIds.includes(cellId)),
      clock,
    );
    return { cellId, shares, buffers: buffersOf(shares) };
  });
  return inOrder.flatMap((placed) =>
    ofCells.flatMap(({ cellId, shares, buffers }) => {
      const named = (stretch: Stretch) => ({ cellId, useId: placed.use.id, ...stretch });
      return [
        ...joined(shares.get(placed) ?? []).map(named),
        ...joined(buffers.get(placed) ?? []).map((at) => ({
          ...named(at),
          isBuffer: true as const,
        })),
      ];
    }),
  );
};

/**
 * The first use that asks again, in the same phase, for a cell and slot another use already has.
 * Time before or after a band may run into another use: it is then simply the same time.
 */
export const repeatedUse = (uses: readonly PlacedUse[]): BookingUse | undefined => {
  const seen = new Set<string>();
  for (const { use, cellIds, slotCodes } of uses) {
    for (const cellId of cellIds) {
      for (const slotCode of slotCodes) {
        const key = `${cellId} ${use.usedOn} ${slotCode} ${use.phase}`;
        if (seen.has(key)) return use;
        seen.add(key);
      }
    }
  }
  return undefined;
};

/**
 * A hold lasts to the end of its last day, the day of the hold not counted, and never past the first use.
 * (利用規約: 仮予約 14日間. Whether the first day counts is not published: provisional.)
 */
export const holdEnd = (now: Date, holdDays: number, firstUse: Date, zone: string): Date => {
  const lastDay: LocalDay = addDays(dayOf(now, zone), holdDays);
  const end = instantAt(lastDay, '24:00', zone);
  return end < firstUse ? end : firstUse;
};
