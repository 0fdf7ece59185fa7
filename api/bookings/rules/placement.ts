import { addDays, dayOf, instantAt, type LocalDay } from '../../shared/time.ts';
import type { BookingUse } from './booking.ts';

/** What a use asks of the building: cells, and the slots of its band. */
export interface PlacedUse {
  readonly use: BookingUse;
  readonly cellIds: readonly string[];
  readonly slotCodes: readonly string[];
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

/** A cell for a stretch of time, on behalf of one use. */
export interface CellClaim {
  readonly cellId: string;
  readonly useId: string;
  readonly from: Date;
  readonly until: Date;
}

const phaseOrder = ['event', 'rehearsal', 'setup', 'teardown', 'storage'];

const byPhase = (one: PlacedUse, other: PlacedUse) =>
  phaseOrder.indexOf(one.use.phase) - phaseOrder.indexOf(other.use.phase);

/**
 * The cells and times of a booking. Two phases may share a slot of a cell: the cell is claimed once,
 * for the phase that counts more, as in the price.
 */
export const claimsOf = (uses: readonly PlacedUse[], clock: SlotClock): CellClaim[] => {
  const claimed = new Set<string>();
  const claims: CellClaim[] = [];
  for (const { use, cellIds, slotCodes } of [...uses].sort(byPhase)) {
    for (const cellId of cellIds) {
      let open: CellClaim | undefined;
      for (const slotCode of slotCodes) {
        const key = `${cellId} ${use.usedOn} ${slotCode}`;
        if (claimed.has(key)) continue;
        claimed.add(key);
        const { from, until } = stretchOf([slotCode], use.usedOn, clock);
        if (open && open.until.getTime() === from.getTime()) {
          open = { ...open, until };
          claims[claims.length - 1] = open;
        } else {
          open = { cellId, useId: use.id, from, until };
          claims.push(open);
        }
      }
    }
  }
  return claims;
};

/** The first use that asks again, in the same phase, for a cell and slot another use already has. */
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
