import type { LocalDay } from '#api/shared/time.ts';
import type { Phase } from '../schema.ts';
import type { PricedBand, PricedCatalogue, PricedConfiguration } from './catalogue.ts';

export interface OccupiedSlot {
  readonly slotCode: string;
  /** The phase that decides the price of the slot. */
  readonly phase: Phase;
  /** Every phase that takes place in it. */
  readonly phases: readonly Phase[];
  readonly useIndexes: readonly number[];
}

/** Neighbouring slots of one configuration and day that are sold as one band. */
export interface ChargedBand {
  readonly configuration: PricedConfiguration;
  readonly date: LocalDay;
  readonly band: PricedBand | undefined;
  readonly slots: readonly OccupiedSlot[];
}

export interface SlotUse {
  readonly index: number;
  readonly phase: Phase;
  readonly slotCodes: readonly string[];
}

const strength: Readonly<Record<Phase, number>> = {
  event: 4,
  rehearsal: 3,
  setup: 2,
  teardown: 1,
  storage: 0,
};

export const byStrength = (one: Phase, other: Phase) => strength[other] - strength[one];

const ascending = (one: number, other: number) => one - other;

const occupy = (slotCode: string, uses: readonly SlotUse[]): OccupiedSlot | undefined => {
  const within = uses.filter((use) => use.slotCodes.includes(slotCode));
  const phases = [...new Set(within.map(({ phase }) => phase))].sort(byStrength);
  const [phase] = phases;
  if (phase === undefined) return undefined;
  return {
    slotCode,
    phase,
    phases,
    useIndexes: within.map(({ index }) => index).sort(ascending),
  };
};

/** Runs of neighbouring occupied slots whose phases are charged alike. */
const runsOf = (
  slots: readonly (OccupiedSlot | undefined)[],
  chargeClassOf: (phase: Phase) => string,
): OccupiedSlot[][] => {
  const runs: OccupiedSlot[][] = [];
  let previous: OccupiedSlot | undefined;
  for (const slot of slots) {
    if (slot) {
      const continues = previous && chargeClassOf(previous.phase) === chargeClassOf(slot.phase);
      if (continues) runs.at(-1)!.push(slot);
      else runs.push([slot]);
    }
    previous = slot;
  }
  return runs;
};

const sameSlots = (band: PricedBand, slots: readonly OccupiedSlot[]) =>
  band.slotCodes.length === slots.length &&
  slots.every(({ slotCode }) => band.slotCodes.includes(slotCode));

/** The longest band from the start of the run, then the rest: a venue may not sell every run as one. */
const bandsOfRun = (
  run: readonly OccupiedSlot[],
  bands: readonly PricedBand[],
): { band: PricedBand | undefined; slots: readonly OccupiedSlot[] }[] => {
  if (run.length === 0) return [];
  for (let length = run.length; length > 0; length -= 1) {
    const slots = run.slice(0, length);
    const band = bands.find((candidate) => sameSlots(candidate, slots));
    if (band) return [{ band, slots }, ...bandsOfRun(run.slice(length), bands)];
  }
  return [{ band: undefined, slots: run.slice(0, 1) }, ...bandsOfRun(run.slice(1), bands)];
};

/**
 * The bands in which one configuration is charged on one day. A slot shared by the event and its
 * set-up counts as the event's.
 */
export const chargedBandsOf = (
  catalogue: PricedCatalogue,
  configuration: PricedConfiguration,
  date: LocalDay,
  uses: readonly SlotUse[],
  chargeClassOf: (phase: Phase) => string,
): ChargedBand[] =>
  runsOf(
    catalogue.slots.map(({ code }) => occupy(code, uses)),
    chargeClassOf,
  )
    .flatMap((run) => bandsOfRun(run, catalogue.bands))
    .map((part) => ({ configuration, date, ...part }));
