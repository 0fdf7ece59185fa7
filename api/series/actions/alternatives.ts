import type { AskedUse } from '../../fees/schema.ts';
import type { BookablePart } from '../../rooms/actions.ts';
import { addDays, type LocalDay } from '../../shared/time.ts';
import { deviate, type Deviation } from '../rules/changes.ts';
import type { Alternative, Outcome } from '../rules/outcome.ts';
import { daysAround, optionalOutcomeOf, type Ground } from './ground.ts';

const most = { time: 3, place: 4, day: 4 } as const;

interface Clash {
  readonly plannedOn: LocalDay;
  readonly outcome: Outcome;
  /** Days the series already names: they are no way out. */
  readonly taken: ReadonlySet<LocalDay>;
  readonly attendance: number | undefined;
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Other bands of the same day, the ones nearest in beginning and length first. */
const timesFor = ({ venue }: Ground, { outcome }: Clash): Deviation[] => {
  const positions = [...new Set(outcome.blocks.map(({ position }) => position))];
  const own = outcome.uses[positions[0]!]!.band;
  const hoursOf = (code: string) => {
    const slots = venue.hours.bands.find((band) => band.code === code)?.slotCodes ?? [];
    const parts = venue.hours.slots.filter((slot) => slots.includes(slot.code));
    return [minutesOf(parts[0]!.startsTime), minutesOf(parts.at(-1)!.endsTime)] as const;
  };
  const [starts, ends] = hoursOf(own);
  const distance = (code: string) => {
    const [from, until] = hoursOf(code);
    return Math.abs(from - starts) + Math.abs(until - from - (ends - starts));
  };
  return venue.hours.bands
    .map(({ code }) => code)
    .filter((code) => code !== own)
    .sort((one, other) => distance(one) - distance(other))
    .map((band) => ({ kind: 'time', positions, band }));
};

/** Booths are no seats; a place whose capacity nobody knows takes nobody in. */
const capacityOf = ({ pricing }: Ground, partId: string, layout?: string): number => {
  const capacities = pricing.rooms
    .flatMap(({ configurations }) => configurations)
    .filter(({ id }) => id === partId)
    .flatMap(({ layouts }) => layouts)
    .filter((one) => one.layout !== 'booths' && (layout === undefined || one.layout === layout))
    .map(({ capacity }) => capacity);
  return Math.max(0, ...capacities);
};

/** Other parts and rooms that take as many people, the likest first: same room, same class, near in size. */
const placesFor = (ground: Ground, { outcome, attendance }: Clash): Deviation[] => {
  const { configurationId, position } = outcome.blocks[0]!;
  const own = ground.venue.parts.get(configurationId);
  if (!own) return [];
  const asked = outcome.uses[position]!;
  const needed = asked.attendance ?? attendance;
  const size = needed ?? capacityOf(ground, own.id, asked.layout);
  const roomOf = (part: BookablePart) => capacityOf(ground, part.id, asked.layout);
  const likeness = (part: BookablePart) =>
    (part.roomId === own.roomId ? 0 : 1_000_000) +
    (part.roomClass === own.roomClass ? 0 : 2_000_000) +
    Math.abs(roomOf(part) - size);
  const positions = outcome.uses.flatMap((use, at) =>
    use.room === asked.room && use.configuration === asked.configuration ? [at] : [],
  );
  return [...ground.venue.parts.values()]
    .filter((part) => part.id !== own.id)
    .filter((part) => (needed === undefined ? part.roomClass === own.roomClass : true))
    .filter((part) => roomOf(part) >= (needed ?? 0) && (!asked.layout || roomOf(part) > 0))
    .sort((one, other) => likeness(one) - likeness(other))
    .map(({ id }) => ({ kind: 'place', positions, configuration: id }));
};

/** The whole occurrence on a near day. */
const daysFor = ({ plannedOn, taken }: Clash): Deviation[] =>
  Array.from({ length: daysAround }, (_, at) => [at + 1, -at - 1])
    .flat()
    .map((days) => addDays(plannedOn, days))
    .filter((date) => !taken.has(date))
    .map((date) => ({ kind: 'day', date }));

/** Of the candidates the first that are free. */
const firstFree = (
  ground: Ground,
  { plannedOn, outcome }: Clash,
  deviations: readonly Deviation[],
  count: number,
): Alternative[] => {
  const found: Alternative[] = [];
  for (const deviation of deviations) {
    if (found.length === count) break;
    const uses: AskedUse[] = deviate(outcome.uses, deviation, plannedOn);
    const free = optionalOutcomeOf(ground, uses);
    if (free) found.push({ ...free, deviation });
  }
  return found;
};

/** The ways out of a clash: another time in the same room, another room at the same time, a near day. */
export const alternativesFor = (ground: Ground, clash: Clash): Alternative[] => {
  if (clash.outcome.blocks.length === 0) return [];
  return [
    ...firstFree(ground, clash, timesFor(ground, clash), most.time),
    ...firstFree(ground, clash, placesFor(ground, clash), most.place),
    ...firstFree(ground, clash, daysFor(clash), most.day),
  ];
};
