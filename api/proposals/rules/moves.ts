import { daysBetween, type LocalDay } from '../../shared/time.ts';
import type { Layout } from '../../rooms/schema.ts';
import type { FinderBand, FinderPart, FinderVenue, Seat } from './catalogue.ts';
import { seatFor } from './catalogue.ts';
import { blockOf, type Block } from './reasons.ts';
import type { Timeline } from './timeline.ts';

/** One room in one band of one day, as it stands in a booking or as somebody would like it. */
export interface PlaceWish {
  readonly configurationId: string;
  readonly date: LocalDay;
  readonly band: string;
  readonly layout?: Layout | undefined;
  readonly people?: number | undefined;
}

export type PlaceKind = 'other_slot' | 'other_day' | 'other_part' | 'other_venue';

export interface FreePlace {
  readonly kind: PlaceKind;
  readonly part: FinderPart;
  readonly date: LocalDay;
  readonly band: string;
  readonly seat: Seat | undefined;
}

const placesMost: Readonly<Record<PlaceKind, number>> = {
  other_slot: 2,
  other_day: 3,
  other_part: 3,
  other_venue: 2,
};

const slotsIn = ({ slots }: FinderVenue, band: FinderBand): number[] =>
  slots.flatMap(({ code }, at) => (band.slotCodes.includes(code) ? [at] : []));

export interface Located {
  readonly timeline: Timeline;
  readonly part: FinderPart;
}

export const locate = (
  timelines: readonly Timeline[],
  configurationId: string,
): Located | undefined => {
  for (const timeline of timelines) {
    const part = timeline.venue.parts.find(({ id }) => id === configurationId);
    if (part) return { timeline, part };
  }
  return undefined;
};

/** What stands in the way of a place; nothing where it is free. */
export const blockOfPlace = (
  { timeline, part }: Located,
  date: LocalDay,
  bandCode: string,
): Block | undefined => {
  const band = timeline.venue.bands.find(({ code }) => code === bandCode);
  const day = timeline.days.indexOf(date);
  if (!band || day < 0) return { code: 'past' };
  return blockOf(timeline, part, day, slotsIn(timeline.venue, band));
};

const isFree = (located: Located, date: LocalDay, band: string) =>
  blockOfPlace(located, date, band) === undefined;

/** The booked room seats everybody: without a number of people, one as large will do. */
const peopleIn = (part: FinderPart, wish: PlaceWish): number | undefined => {
  if (wish.people !== undefined) return wish.people;
  const own = seatFor(part, {
    layouts: wish.layout ? [wish.layout] : [],
    features: [],
  });
  if (typeof own === 'string' || own.layout === 'booths') return undefined;
  return Math.ceil(own.capacity * 0.8);
};

const otherSlots = ({ timeline, part }: Located, wish: PlaceWish): FreePlace[] => {
  const { bands } = timeline.venue;
  const own = bands.find(({ code }) => code === wish.band)?.slotCodes.length;
  return bands
    .filter(({ code, slotCodes }) => code !== wish.band && slotCodes.length === own)
    .filter(({ code }) => isFree({ timeline, part }, wish.date, code))
    .map(({ code }) => ({
      kind: 'other_slot',
      part,
      date: wish.date,
      band: code,
      seat: undefined,
    }));
};

const otherDays = ({ timeline, part }: Located, wish: PlaceWish): FreePlace[] =>
  timeline.days
    .filter((date) => date !== wish.date && isFree({ timeline, part }, date, wish.band))
    .toSorted(
      (one, other) =>
        Math.abs(daysBetween(wish.date, one)) - Math.abs(daysBetween(wish.date, other)) ||
        one.localeCompare(other),
    )
    .slice(0, placesMost.other_day)
    .map((date) => ({ kind: 'other_day', part, date, band: wish.band, seat: undefined }));

const otherParts = (timeline: Timeline, own: Located, wish: PlaceWish): FreePlace[] => {
  const people = peopleIn(own.part, wish);
  const need = { people, layouts: wish.layout ? [wish.layout] : [], features: [] };
  const isOwnVenue = timeline.venue.id === own.timeline.venue.id;
  return timeline.venue.parts
    .flatMap((part): (FreePlace & { seat: Seat })[] => {
      if (part.id === own.part.id) return [];
      const seat = seatFor(part, need);
      if (typeof seat === 'string') return [];
      if (!isFree({ timeline, part }, wish.date, wish.band)) return [];
      const kind = isOwnVenue ? 'other_part' : 'other_venue';
      return [{ kind, part, date: wish.date, band: wish.band, seat }];
    })
    .toSorted(
      (one, other) =>
        Number(other.part.roomId === own.part.roomId) -
          Number(one.part.roomId === own.part.roomId) || one.seat.capacity - other.seat.capacity,
    );
};

/** The nearest free places for a use: another time of the day, another day, another part, another venue. */
export const placesFor = (
  timelines: readonly Timeline[],
  own: Located,
  wish: PlaceWish,
): FreePlace[] => [
  ...otherSlots(own, wish).slice(0, placesMost.other_slot),
  ...otherParts(own.timeline, own, wish).slice(0, placesMost.other_part),
  ...otherDays(own, wish),
  ...timelines
    .filter(({ venue }) => venue.id !== own.timeline.venue.id)
    .flatMap((timeline) => otherParts(timeline, own, wish))
    .toSorted((one, other) => (one.seat?.capacity ?? 0) - (other.seat?.capacity ?? 0))
    .slice(0, placesMost.other_venue),
];
