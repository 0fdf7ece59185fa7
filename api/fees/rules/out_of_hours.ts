import {
  addMinutes,
  instantAt,
  withoutTaken,
  type LocalDay,
  type Stretch,
} from '#api/shared/time.ts';
import type { PricedCatalogue, PricedSlot } from './catalogue.ts';
import { byStrength } from './charging.ts';
import type { QuoteUse } from './line.ts';

/** Time one use adds before or after its band that nothing else of the booking pays for. */
export interface OutOfHours {
  readonly use: QuoteUse;
  readonly side: 'early' | 'late';
  /** The slot of the band that the time adjoins. */
  readonly slot: PricedSlot;
  readonly minutes: number;
}

/** A stretch together with the cells it stands on. */
interface Covered extends Stretch {
  readonly cellIds: readonly string[];
}

const slotsOf = (catalogue: PricedCatalogue, bandCode: string): PricedSlot[] => {
  const band = catalogue.bands.find(({ code }) => code === bandCode);
  return catalogue.slots.filter(({ code }) => band?.slotCodes.includes(code));
};

const cellsOf = (catalogue: PricedCatalogue, configurationId: string) =>
  catalogue.configurations.get(configurationId)!.cellIds;

const stretchOf = (
  { zone }: PricedCatalogue,
  day: LocalDay,
  first: PricedSlot,
  last: PricedSlot,
): Stretch => ({
  from: instantAt(day, first.startsTime, zone),
  until: instantAt(day, last.endsTime, zone),
});

/** What the bands of a configuration pay on a day: neighbouring slots with the gap between them. */
const paidOn = (
  catalogue: PricedCatalogue,
  day: LocalDay,
  bandCodes: readonly string[],
): Stretch[] => {
  const used = new Set(bandCodes.flatMap((band) => slotsOf(catalogue, band)));
  const runs: PricedSlot[][] = [];
  let isOpen = false;
  for (const slot of catalogue.slots) {
    const isUsed = used.has(slot);
    if (isUsed && isOpen) runs.at(-1)!.push(slot);
    else if (isUsed) runs.push([slot]);
    isOpen = isUsed;
  }
  return runs.map((run) => stretchOf(catalogue, day, run[0]!, run.at(-1)!));
};

const paidStretches = (uses: readonly QuoteUse[], catalogue: PricedCatalogue): Covered[] => {
  const days = new Map<string, QuoteUse[]>();
  for (const use of uses) {
    const key = `${use.configurationId} ${use.date}`;
    days.set(key, [...(days.get(key) ?? []), use]);
  }
  return [...days.values()].flatMap((ofDay) => {
    const { configurationId, date } = ofDay[0]!;
    const cellIds = cellsOf(catalogue, configurationId);
    const bandCodes = ofDay.map(({ bandCode }) => bandCode);
    return paidOn(catalogue, date, bandCodes).map((stretch) => ({ ...stretch, cellIds }));
  });
};

const minutesOf = ({ from, until }: Stretch) => (until.getTime() - from.getTime()) / 60_000;

interface Wanted extends Omit<OutOfHours, 'minutes'>, Covered {}

const wantedOf = (use: QuoteUse, catalogue: PricedCatalogue): Wanted[] => {
  const slots = slotsOf(catalogue, use.bandCode);
  const [first, last] = [slots[0]!, slots.at(-1)!];
  const { from, until } = stretchOf(catalogue, use.date, first, last);
  const cellIds = cellsOf(catalogue, use.configurationId);
  const early = { from: addMinutes(from, -use.earlyMinutes), until: from };
  const late = { from: until, until: addMinutes(until, use.lateMinutes) };
  return [
    { use, cellIds, side: 'early' as const, slot: first, ...early },
    { use, cellIds, side: 'late' as const, slot: last, ...late },
  ].filter((wanted) => wanted.from < wanted.until);
};

const keyOf = ({ use, side }: Wanted) =>
  `${use.configurationId} ${use.date} ${use.bandCode} ${side}`;

/** The larger part first, then the phase that counts more: who pays does not hang on the order asked. */
const byWeight = (one: Wanted, other: Wanted) =>
  other.cellIds.length - one.cellIds.length ||
  byStrength(one.use.phase, other.use.phase) ||
  (keyOf(one) < keyOf(other) ? -1 : 1);

/**
 * The time outside the bands that is to be paid: what runs into another use of the booking on the
 * same cells, or is asked for twice, is paid once.
 */
export const outOfHoursOf = (
  uses: readonly QuoteUse[],
  catalogue: PricedCatalogue,
): OutOfHours[] => {
  const wanted = uses.flatMap((use) => wantedOf(use, catalogue)).sort(byWeight);
  if (wanted.length === 0) return [];
  const covered = paidStretches(uses, catalogue);
  return wanted.flatMap(({ cellIds, from, until, ...time }) => {
    const taken = covered.filter((other) => cellIds.every((cell) => other.cellIds.includes(cell)));
    const left = withoutTaken({ from, until }, taken);
    covered.push(...left.map((stretch) => ({ ...stretch, cellIds })));
    const minutes = left.reduce((sum, stretch) => sum + minutesOf(stretch), 0);
    return minutes > 0 ? [{ ...time, minutes }] : [];
  });
};
