import type { LocalDay } from '../../shared/time.ts';
import { seatFor, type FinderPart, type Need, type Seat } from './catalogue.ts';
import {
  patternOf,
  withoutPreparation,
  type Pattern,
  type PatternAsk,
  type Piece,
} from './pattern.ts';
import { freeMark, marksOf, type Timeline } from './timeline.ts';

export interface PlanAsk extends PatternAsk {
  readonly from: LocalDay;
  /** The last day the event may use. */
  readonly to: LocalDay;
  readonly needs: readonly Need[];
}
export interface Demand {
  readonly needAt: number;
  readonly need: Need;
  readonly pattern: Pattern;
  readonly candidates: readonly Candidate[];
}

export interface Candidate {
  readonly part: FinderPart;
  readonly seat: Seat;
  /** For each day of the timeline 1 where the event may begin on it, with its set-up and take-down. */
  readonly starts: Uint8Array;
}

const isFree = (
  marks: Uint8Array,
  slotCount: number,
  day: number,
  pieces: readonly Piece[],
): boolean =>
  pieces.every(({ dayOffset, slots }) => {
    const at = (day + dayOffset) * slotCount;
    return at >= 0 && at < marks.length && slots.every((slot) => marks[at + slot] === freeMark);
  });

/** The days in a row that the event takes with its set-up and take-down. */
const runDaysOf = ({ event, setup, teardown }: Pattern) =>
  new Set([...setup, ...event, ...teardown].map(({ dayOffset }) => dayOffset)).size;

const startsIn = (timeline: Timeline, part: FinderPart, pattern: Pattern, range: Range) => {
  const marks = marksOf(timeline, part);
  const starts = new Uint8Array(timeline.days.length);
  if (runDaysOf(pattern) > part.runDaysMost) return starts;
  const pieces = [...pattern.event, ...pattern.setup, ...pattern.teardown];
  for (let day = range.first; day <= range.last; day += 1)
    starts[day] = isFree(marks, timeline.slotCount, day, pieces) ? 1 : 0;
  return starts;
};

interface Range {
  readonly first: number;
  readonly last: number;
}

/** The days of the timeline on which the event may begin. */
export const startsOf = ({ days }: Timeline, ask: PlanAsk): Range => ({
  first: Math.max(0, days.indexOf(ask.from)),
  last: days.indexOf(ask.to) - ask.days + 1,
});

export const patternFor = (timeline: Timeline, ask: PlanAsk, need: Need): Pattern | undefined => {
  const pattern = patternOf(timeline.venue, ask);
  return pattern && !need.hasSetup ? withoutPreparation(pattern) : pattern;
};

const candidatesOf = (
  timeline: Timeline,
  ask: PlanAsk,
  need: Need,
  pattern: Pattern,
): Candidate[] => {
  const range = startsOf(timeline, ask);
  return timeline.venue.parts
    .flatMap((part): Candidate[] => {
      const seat = seatFor(part, need);
      if (typeof seat === 'string' || ask.days > part.runDaysMost) return [];
      return [{ part, seat, starts: startsIn(timeline, part, pattern, range) }];
    })
    .filter(({ starts }) => starts.includes(1))
    .toSorted((one, other) => sizeOf(one) - sizeOf(other));
};

/** The smallest that suffices comes first. */
const sizeOf = ({ part, seat }: Candidate): number =>
  seat.layout === 'booths' ? (part.areaSqm ?? seat.capacity) : seat.capacity;

/** The rooms wanted, the largest first, each with what could serve it on some day. */
export const demandsOf = (timeline: Timeline, ask: PlanAsk): Demand[] => {
  const wanted = ask.needs.flatMap((need, needAt): Demand[] => {
    const pattern = patternFor(timeline, ask, need);
    if (!pattern) return [];
    const candidates = candidatesOf(timeline, ask, need, pattern);
    return [{ needAt, need, pattern, candidates }];
  });
  return wanted
    .toSorted((one, other) => (other.need.people ?? 0) - (one.need.people ?? 0))
    .flatMap((demand) => Array.from({ length: demand.need.count }, () => demand));
};
