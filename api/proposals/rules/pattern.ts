import type { Phase } from '../../fees/schema.ts';
import type { FinderBand, FinderVenue } from './catalogue.ts';

export const preparations = ['none', 'half_day', 'full_day'] as const;
export type Preparation = (typeof preparations)[number];

/** A band of one day of the event, counted from its first day. */
export interface Piece {
  readonly dayOffset: number;
  readonly bandCode: string;
  readonly slots: readonly number[];
  readonly phase: Phase;
}

/** When an event needs its rooms: set-up and take-down touch it, or what lies between is held too. */
export interface Pattern {
  readonly event: readonly Piece[];
  readonly setup: readonly Piece[];
  readonly teardown: readonly Piece[];
}

export interface PatternAsk {
  readonly days: number;
  readonly band: string;
  readonly setup: Preparation;
  readonly teardown: Preparation;
}

const slotsOf = (venue: FinderVenue, band: FinderBand): number[] =>
  venue.slots.flatMap(({ code }, at) => (band.slotCodes.includes(code) ? [at] : []));

/** The bands that cover exactly these slots: one if the venue sells it, otherwise slot by slot. */
const bandsFor = (venue: FinderVenue, slots: readonly number[]): [string, readonly number[]][] => {
  const sold = (wanted: readonly number[]) =>
    venue.bands.find((band) => slotsOf(venue, band).join() === wanted.join());
  const whole = sold(slots);
  if (whole) return [[whole.code, slots]];
  return slots.flatMap((slot): [string, readonly number[]][] => {
    const band = sold([slot]);
    return band ? [[band.code, [slot]]] : [];
  });
};

const piecesAt = (
  venue: FinderVenue,
  dayOffset: number,
  slots: readonly number[],
  phase: Phase,
): Piece[] =>
  bandsFor(venue, slots).map(([bandCode, own]) => ({ dayOffset, bandCode, slots: own, phase }));

const allSlots = (venue: FinderVenue) => venue.slots.map((_, at) => at);

interface Edge {
  readonly phase: 'setup' | 'teardown';
  readonly wanted: Preparation;
  /** The slots of the event's own day that lie on this side of it, the nearest first. */
  readonly sameDay: readonly number[];
  readonly ownDay: number;
  readonly nextDay: number;
}

/**
 * Half a day is the slot beside the event, of its own day if there is one. A full day is the whole
 * day beside it, with the rest of its own day in between: nobody else may stand there.
 */
const edgeOf = (venue: FinderVenue, edge: Edge): Piece[] => {
  const { phase, wanted, sameDay, ownDay, nextDay } = edge;
  if (wanted === 'none') return [];
  const all = allSlots(venue);
  if (wanted === 'full_day') {
    const own = sameDay.toSorted((one, other) => one - other);
    const between = own.length > 0 ? piecesAt(venue, ownDay, own, phase) : [];
    const beside = piecesAt(venue, nextDay, all, phase);
    return phase === 'setup' ? [...beside, ...between] : [...between, ...beside];
  }
  const [near] = sameDay;
  if (near !== undefined) return piecesAt(venue, ownDay, [near], phase);
  const beside = phase === 'setup' ? all.at(-1) : all[0];
  return beside === undefined ? [] : piecesAt(venue, nextDay, [beside], phase);
};

/** The times of an event in this venue; nothing where it does not sell the band. */
export const patternOf = (venue: FinderVenue, ask: PatternAsk): Pattern | undefined => {
  const band = venue.bands.find(({ code }) => code === ask.band);
  if (!band) return undefined;
  const slots = slotsOf(venue, band);
  const all = allSlots(venue);
  const last = ask.days - 1;
  return {
    event: Array.from({ length: ask.days }, (_, dayOffset) => ({
      dayOffset,
      bandCode: band.code,
      slots,
      phase: 'event' as const,
    })),
    setup: edgeOf(venue, {
      phase: 'setup',
      wanted: ask.setup,
      sameDay: all.filter((slot) => slot < slots[0]!).toReversed(),
      ownDay: 0,
      nextDay: -1,
    }),
    teardown: edgeOf(venue, {
      phase: 'teardown',
      wanted: ask.teardown,
      sameDay: all.filter((slot) => slot > slots.at(-1)!),
      ownDay: last,
      nextDay: last + 1,
    }),
  };
};

/** The same event in a room that needs no set-up of its own. */
export const withoutPreparation = (pattern: Pattern): Pattern => ({
  ...pattern,
  setup: [],
  teardown: [],
});
