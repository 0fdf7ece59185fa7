import { firstDayInTime } from '../../policies/rules.ts';
import { addDays, dayOf, instantAt, type LocalDay } from '../../shared/time.ts';
import { isClosedEveryYear } from '../../slots/rules/closures.ts';
import { opensAt } from '../../slots/rules/window.ts';
import type { FinderPart, FinderVenue } from './catalogue.ts';

/** What stands on a cell: whose it is, nobody is told. */
export const cellMarks = [
  'held',
  'buffer',
  'taken',
  'block',
  'maintenance',
  'emergency',
  'annual',
] as const;
export type CellMark = (typeof cellMarks)[number];

export interface OccupiedCell {
  readonly cellId: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly mark: CellMark;
}

/** Marks in one byte, the graver the higher; 0 is free. */
export const freeMark = 0;
export const notOpenMark = 1;
const tooLateMark = 2;
const firstCellMark = 3;
export const pastMark = firstCellMark + cellMarks.length;
const bufferMark = firstCellMark + cellMarks.indexOf('buffer');
const annualMark = firstCellMark + cellMarks.indexOf('annual');

export type Mark = 'free' | 'not_open_yet' | 'too_late' | CellMark | 'past';

export const markOf = (byte: number): Mark => {
  if (byte === freeMark) return 'free';
  if (byte === notOpenMark) return 'not_open_yet';
  if (byte === tooLateMark) return 'too_late';
  return cellMarks[byte - firstCellMark] ?? 'past';
};

const byteOf = (mark: CellMark): number => firstCellMark + cellMarks.indexOf(mark);

interface Windows {
  readonly startsAt: Float64Array;
  readonly endsAt: Float64Array;
}

/** The slots of a venue over a stretch of days, in one line: day × slot. */
export interface Timeline {
  readonly venue: FinderVenue;
  readonly days: readonly LocalDay[];
  readonly slotCount: number;
  readonly windows: Windows;
  readonly byCell: ReadonlyMap<string, Uint8Array>;
  /** Past and closed every year: true of the whole house. */
  readonly house: Uint8Array;
  readonly now: Date;
  /** Whether whoever asks may take what can no longer be applied for: the desk of the house. */
  readonly takesLate: boolean;
  /** What was worked out once: marks by configuration, openings by month. */
  readonly known: Map<string, Uint8Array>;
  readonly openings: Map<string, Opening>;
}

const windowsOf = (venue: FinderVenue, days: readonly LocalDay[]): Windows => {
  const count = days.length * venue.slots.length;
  const windows = { startsAt: new Float64Array(count), endsAt: new Float64Array(count) };
  let at = 0;
  for (const day of days) {
    for (const { startsTime, endsTime } of venue.slots) {
      windows.startsAt[at] = instantAt(day, startsTime, venue.zone).getTime();
      windows.endsAt[at] = instantAt(day, endsTime, venue.zone).getTime();
      at += 1;
    }
  }
  return windows;
};

/** Houses of one zone with the same hours share their windows. */
const clockOf = ({ zone, slots }: FinderVenue): string =>
  `${zone} ${slots.map(({ startsTime, endsTime }) => `${startsTime}-${endsTime}`).join()}`;

const firstEndingAfter = ({ endsAt }: Windows, instant: number): number => {
  let [low, high] = [0, endsAt.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endsAt[middle]! > instant) high = middle;
    else low = middle + 1;
  }
  return low;
};

const houseOf = (venue: FinderVenue, days: readonly LocalDay[], windows: Windows, now: Date) => {
  const house = new Uint8Array(windows.startsAt.length);
  const slotCount = venue.slots.length;
  for (const [day, date] of days.entries()) {
    if (isClosedEveryYear(venue.closedDayRules, date))
      house.fill(annualMark, day * slotCount, (day + 1) * slotCount);
  }
  for (let at = 0; at < house.length && windows.startsAt[at]! <= now.getTime(); at += 1)
    house[at] = pastMark;
  return house;
};

/**
 * A slot that ends so near before something else that no time would be left to clear the room is
 * not free either.
 */
const layCells = (
  occupied: readonly OccupiedCell[],
  windows: Windows,
  buffers: ReadonlyMap<string, number>,
) => {
  const byCell = new Map<string, Uint8Array>();
  const count = windows.startsAt.length;
  for (const { cellId, startsAt, endsAt, mark } of occupied) {
    let own = byCell.get(cellId);
    if (!own) byCell.set(cellId, (own = new Uint8Array(count)));
    const byte = byteOf(mark);
    const from = startsAt - (buffers.get(cellId) ?? 0);
    for (let at = firstEndingAfter(windows, from); at < count; at += 1) {
      if (windows.startsAt[at]! >= endsAt) break;
      const found = windows.endsAt[at]! > startsAt ? byte : bufferMark;
      if (own[at]! < found) own[at] = found;
    }
  }
  return byCell;
};

const buffersOf = ({ parts }: FinderVenue) =>
  new Map(
    parts.flatMap(({ cells, bufferMinutes }) =>
      bufferMinutes === 0 ? [] : cells.map(({ id }) => [id, bufferMinutes * 60_000] as const),
    ),
  );

interface Ground {
  readonly days: readonly LocalDay[];
  readonly occupied: readonly OccupiedCell[];
  readonly now: Date;
  readonly takesLate: (venueId: string) => boolean;
}

/** What is taken of each venue over the days, walked once. */
export const layTimelines = (
  venues: readonly FinderVenue[],
  { days, occupied, now, takesLate }: Ground,
): Timeline[] => {
  const venueOf = new Map(
    venues.flatMap(({ id, parts }) =>
      parts.flatMap(({ cells }) => cells.map((cell) => [cell.id, id] as const)),
    ),
  );
  const byVenue = new Map<string, OccupiedCell[]>(venues.map(({ id }) => [id, []]));
  for (const one of occupied) byVenue.get(venueOf.get(one.cellId) ?? '')?.push(one);
  const clocks = new Map<string, Windows>();
  return venues.map((venue) => {
    const clock = clockOf(venue);
    const windows = clocks.get(clock) ?? windowsOf(venue, days);
    clocks.set(clock, windows);
    return {
      venue,
      days,
      slotCount: venue.slots.length,
      windows,
      byCell: layCells(byVenue.get(venue.id)!, windows, buffersOf(venue)),
      house: houseOf(venue, days, windows, now),
      now,
      takesLate: takesLate(venue.id),
      known: new Map(),
      openings: new Map(),
    };
  });
};

interface Opening {
  readonly at: number;
  readonly isDrawn: boolean;
}

/** When booking of a configuration opens for a day; a month opens together. */
const openingOf = (
  { venue, openings }: Pick<Timeline, 'venue' | 'openings'>,
  { roomClass, opensMonthsBefore }: Pick<FinderPart, 'roomClass' | 'opensMonthsBefore'>,
  day: LocalDay,
): Opening => {
  const period = venue.openingPeriods.find(
    (one) => one.roomClass === roomClass && one.usesFrom <= day && day <= one.usesUntil,
  );
  if (period) return { at: period.opensAt.getTime(), isDrawn: period.isDrawn };
  const key = `${opensMonthsBefore} ${day.slice(0, 7)}`;
  const known = openings.get(key);
  if (known) return known;
  const opening = {
    at: opensAt(day, opensMonthsBefore, venue.opensAtTime, venue.zone).getTime(),
    isDrawn: false,
  };
  openings.set(key, opening);
  return opening;
};

export const opensOn = (timeline: Timeline, part: FinderPart, day: LocalDay) => {
  const { at, isDrawn } = openingOf(timeline, part, day);
  return { opensOn: dayOf(new Date(at), timeline.venue.zone), isDrawn };
};

const markNotOpen = (timeline: Timeline, part: FinderPart, marks: Uint8Array): void => {
  const { days, slotCount, now } = timeline;
  for (const [day, date] of days.entries()) {
    if (openingOf(timeline, part, date).at <= now.getTime()) continue;
    for (let at = day * slotCount; at < (day + 1) * slotCount; at += 1)
      if (marks[at] === freeMark) marks[at] = notOpenMark;
  }
};

const markTooLate = (timeline: Timeline, part: FinderPart, marks: Uint8Array): void => {
  if (timeline.takesLate) return;
  const { days, slotCount, now, venue } = timeline;
  const inTimeFrom = firstDayInTime(now, part.requestDeadlineDays, venue.zone);
  for (const [day, date] of days.entries()) {
    if (date >= inTimeFrom) return;
    for (let at = day * slotCount; at < (day + 1) * slotCount; at += 1)
      if (marks[at] === freeMark) marks[at] = tooLateMark;
  }
};

/** What stands in the way of a configuration in each slot of each day. */
export const marksOf = (timeline: Timeline, part: FinderPart): Uint8Array => {
  const found = timeline.known.get(part.id);
  if (found) return found;
  const marks = Uint8Array.from(timeline.house);
  for (const { id } of part.cells) {
    const own = timeline.byCell.get(id);
    if (!own) continue;
    for (let at = 0; at < marks.length; at += 1) if (own[at]! > marks[at]!) marks[at] = own[at]!;
  }
  markTooLate(timeline, part, marks);
  markNotOpen(timeline, part, marks);
  timeline.known.set(part.id, marks);
  return marks;
};

export const searchDays = (from: LocalDay, count: number): LocalDay[] =>
  Array.from({ length: count }, (_, at) => addDays(from, at));
