import type { LocalDay } from '../../shared/time.ts';
import { demandsOf, startsOf, type Candidate, type Demand, type PlanAsk } from './candidates.ts';
import { spareShare, type FinderPart, type Seat } from './catalogue.ts';
import type { Piece } from './pattern.ts';
import type { Timeline } from './timeline.ts';

export interface PlacedPiece extends Piece {
  readonly date: LocalDay;
}

/** One room of a plan with its times. */
export interface PlacedRoom {
  readonly needAt: number;
  readonly part: FinderPart;
  readonly seat: Seat;
  readonly pieces: readonly PlacedPiece[];
}

/** Rooms for the whole event in one venue; the same rooms on other days are one plan. */
export interface FoundPlan {
  readonly timeline: Timeline;
  readonly startsOn: LocalDay;
  readonly rooms: readonly PlacedRoom[];
  readonly otherStarts: readonly LocalDay[];
}

const stepsMost = 400;

/** Rooms of the same floor first, then the smallest; for each floor worked out once. */
const nearOrders = () => {
  const known = new Map<string, readonly Candidate[]>();
  return ({ needAt, need, candidates }: Demand, floor: string | null): readonly Candidate[] => {
    const key = `${needAt} ${floor ?? ''}`;
    const found = known.get(key);
    if (found) return found;
    const costOf = ({ part, seat }: Candidate) =>
      Math.min(4, spareShare(seat, need.people)) + (floor !== null && part.floor !== floor ? 1 : 0);
    const ordered = candidates.toSorted((one, other) => costOf(one) - costOf(other));
    known.set(key, ordered);
    return ordered;
  };
};

type NearOrder = ReturnType<typeof nearOrders>;

interface Search {
  readonly demands: readonly Demand[];
  readonly near: NearOrder;
  readonly day: number;
}

/** Fills the demands after the first, going back where a choice leaves nothing for the next. */
const complete = ({ demands, near, day }: Search, main: Candidate): Candidate[] | undefined => {
  let steps = 0;
  const taken = new Set(main.part.cells.map(({ id }) => id));
  const chosen: Candidate[] = [main];
  const fill = (at: number, from: number): boolean => {
    const demand = demands[at];
    if (!demand) return true;
    const ordered = near(demand, main.part.floor);
    for (let index = from; index < ordered.length && steps < stepsMost; index += 1) {
      steps += 1;
      const candidate = ordered[index]!;
      if (candidate.starts[day] === 0) continue;
      const cells = candidate.part.cells;
      if (cells.some(({ id }) => taken.has(id))) continue;
      for (const { id } of cells) taken.add(id);
      chosen.push(candidate);
      // Rooms alike are chosen in one order: otherwise the same rooms would be tried in every order.
      if (fill(at + 1, demands[at + 1]?.needAt === demand.needAt ? index + 1 : 0)) return true;
      chosen.pop();
      for (const { id } of cells) taken.delete(id);
    }
    return false;
  };
  return fill(1, 0) ? chosen : undefined;
};

const placeRooms = (
  timeline: Timeline,
  demands: readonly Demand[],
  day: number,
  chosen: readonly Candidate[],
): PlacedRoom[] =>
  chosen.map(({ part, seat }, at) => {
    const { needAt, pattern } = demands[at]!;
    const pieces = [...pattern.setup, ...pattern.event, ...pattern.teardown];
    return {
      needAt,
      part,
      seat,
      pieces: pieces.map((piece) => ({
        ...piece,
        date: timeline.days[day + piece.dayOffset]!,
      })),
    };
  });

interface Limits {
  /** How many different main rooms are tried on each day. */
  readonly mainsMost: number;
  readonly wantedOn: LocalDay;
  /** How many choices of rooms of one venue are worked out: those that fit best. */
  readonly plansMost: number;
}

interface Grouped {
  readonly chosen: readonly Candidate[];
  readonly days: number[];
}

const group = (timeline: Timeline, ask: PlanAsk, demands: readonly Demand[], mainsMost: number) => {
  const groups = new Map<string, Grouped>();
  const near = nearOrders();
  const { first, last } = startsOf(timeline, ask);
  for (let day = first; day <= last; day += 1) {
    let mains = 0;
    for (const main of demands[0]!.candidates) {
      if (mains >= mainsMost) break;
      if (main.starts[day] === 0) continue;
      const chosen = complete({ demands, near, day }, main);
      if (!chosen) continue;
      mains += 1;
      const key = chosen
        .map(({ part }, at) => `${demands[at]!.needAt} ${part.id}`)
        .toSorted()
        .join();
      const known = groups.get(key);
      if (known) known.days.push(day);
      else groups.set(key, { chosen, days: [day] });
    }
  }
  return groups.values();
};

const hasAllCandidates = (demands: readonly Demand[], { needs }: PlanAsk) =>
  new Set(demands.map(({ needAt }) => needAt)).size === needs.length &&
  demands.every(({ candidates }) => candidates.length > 0);

/** The ranking in short, to tell what is worth working out. */
const roughCost = (demands: readonly Demand[], chosen: readonly Candidate[]): number => {
  const people = demands.reduce((sum, { need }) => sum + (need.people ?? 0), 0) || 1;
  const spare = chosen.reduce((sum, { seat }, at) => {
    const own = demands[at]!.need.people;
    return sum + spareShare(seat, own) * (own ?? 0);
  }, 0);
  const floors = new Set(chosen.map(({ part }) => part.floor ?? ''));
  return (spare / people) * 10 + (floors.size - 1) * 4;
};

const distantDaysMost = 20;

export interface FoundPlans {
  readonly plans: readonly FoundPlan[];
  /** How many different choices of rooms there are, also those that were not worked out. */
  readonly planCount: number;
}

const plansOfVenue = (timeline: Timeline, ask: PlanAsk, limits: Limits): FoundPlans => {
  const demands = demandsOf(timeline, ask);
  if (!hasAllCandidates(demands, ask)) return { plans: [], planCount: 0 };
  const wanted = timeline.days.indexOf(limits.wantedOn);
  const distance = (day: number) => Math.abs(day - wanted);
  const groups = [...group(timeline, ask, demands, limits.mainsMost)].map(({ chosen, days }) => {
    const nearest = days.reduce((best, day) => (distance(day) < distance(best) ? day : best));
    const apart = Math.min(distantDaysMost, distance(nearest)) / distantDaysMost;
    return { chosen, days, nearest, cost: roughCost(demands, chosen) + apart };
  });
  const plans = groups
    .toSorted((one, other) => one.cost - other.cost)
    .slice(0, limits.plansMost)
    .map(({ chosen, days, nearest }) => ({
      timeline,
      startsOn: timeline.days[nearest]!,
      rooms: placeRooms(timeline, demands, nearest, chosen),
      otherStarts: days
        .filter((day) => day !== nearest)
        .toSorted((a, b) => distance(a) - distance(b) || a - b)
        .map((day) => timeline.days[day]!),
    }));
  return { plans, planCount: groups.length };
};

/** Every different choice of rooms that serves the whole event, in each venue. */
export const findPlans = (
  timelines: readonly Timeline[],
  ask: PlanAsk,
  limits: Limits,
): FoundPlans => {
  const found = timelines.map((timeline) => plansOfVenue(timeline, ask, limits));
  return {
    plans: found.flatMap(({ plans }) => plans),
    planCount: found.reduce((sum, { planCount }) => sum + planCount, 0),
  };
};
