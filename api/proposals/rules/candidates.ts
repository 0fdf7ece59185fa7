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
  /** For each day of the timeline which way of set-up and take-down is free; 0 where the event is not. */
  readonly ways: Uint16Array;
}

export const waysRadix = 64;

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

/** Days of set-up or take-down that come on top of those of the event. */
const extraDays = (way: readonly Piece[], eventDays: number) =>
  way.some(({ dayOffset }) => dayOffset < 0 || dayOffset >= eventDays) ? 1 : 0;

const waysOf = (timeline: Timeline, part: FinderPart, pattern: Pattern, starts: Range) => {
  const marks = marksOf(timeline, part);
  const { slotCount } = timeline;
  const eventDays = pattern.event.length;
  const ways = new Uint16Array(timeline.days.length);
  for (let day = starts.first; day <= starts.last; day += 1) {
    if (!isFree(marks, slotCount, day, pattern.event)) continue;
    let daysLeft = part.runDaysMost - eventDays;
    const takes = (way: readonly Piece[]) =>
      extraDays(way, eventDays) <= daysLeft && isFree(marks, slotCount, day, way);
    const setup = pattern.setups.findIndex(takes);
    if (setup >= 0) daysLeft -= extraDays(pattern.setups[setup]!, eventDays);
    const teardown = pattern.teardowns.findIndex(takes);
    if (setup >= 0 && teardown >= 0) ways[day] = 1 + setup + teardown * waysRadix;
  }
  return ways;
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
  const starts = startsOf(timeline, ask);
  return timeline.venue.parts
    .flatMap((part): Candidate[] => {
      const seat = seatFor(part, need);
      if (typeof seat === 'string' || ask.days > part.runDaysMost) return [];
      return [{ part, seat, ways: waysOf(timeline, part, pattern, starts) }];
    })
    .filter(({ ways }) => ways.some((way) => way > 0))
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
