import type { Layout, RoomClass, RoomFeature } from '../../rooms/schema.ts';
import type { LocalDay, LocalTime } from '../../shared/time.ts';
import type { SlotHours } from '../../slots/rules/band.ts';
import type { ClosedDayRule } from '../../slots/rules/closures.ts';
import type { Publication } from '../../venues/schema.ts';

export interface Named {
  readonly nameJa: string;
  readonly nameEn: string;
}

/** What a configuration takes in one layout. */
export interface Seat {
  readonly layout: Layout;
  readonly capacity: number;
  readonly publication: Publication;
}

/** A configuration as the finder sees it: its cells, how many it seats, what it offers. */
export interface FinderPart extends Named {
  readonly id: string;
  readonly code: string;
  readonly venueId: string;
  readonly roomId: string;
  readonly roomCode: string;
  readonly roomNameJa: string;
  readonly roomNameEn: string;
  readonly roomClass: RoomClass;
  readonly floor: string | null;
  readonly areaSqm: number | null;
  readonly opensMonthsBefore: number;
  /** What the conditions of use of its class say: empty time after a use, days in a row. */
  readonly bufferMinutes: number;
  readonly runDaysMost: number;
  /** How many days before the first use approval has to be applied for. */
  readonly requestDeadlineDays: number;
  /** Whether the room has other configurations: then the name of the part must be said. */
  readonly isDivisible: boolean;
  readonly cells: readonly (Named & { readonly id: string })[];
  readonly layouts: readonly Seat[];
  readonly features: readonly { readonly code: string; readonly publication: Publication }[];
}

export interface FinderBand {
  readonly code: string;
  readonly slotCodes: readonly string[];
}

/** Days of a room class that open in their own way instead of by the months before. */
export interface FinderPeriod {
  readonly roomClass: string;
  readonly usesFrom: LocalDay;
  readonly usesUntil: LocalDay;
  readonly opensAt: Date;
  readonly isDrawn: boolean;
}

export interface FinderVenue extends Named {
  readonly id: string;
  readonly phone: string | null;
  readonly zone: string;
  readonly opensAtTime: LocalTime;
  /** In the order of the day. */
  readonly slots: readonly SlotHours[];
  readonly bands: readonly FinderBand[];
  readonly closedDayRules: readonly ClosedDayRule[];
  readonly openingPeriods: readonly FinderPeriod[];
  readonly parts: readonly FinderPart[];
}

/** A room, or several alike, that the event needs. */
export interface Need {
  readonly people?: number | undefined;
  /** Any of these; none means that any seating will do. */
  readonly layouts: readonly Layout[];
  readonly count: number;
  readonly roomClass?: RoomClass | undefined;
  readonly features: readonly RoomFeature[];
  /** Whether set-up and take-down are wanted in this room too. */
  readonly hasSetup: boolean;
}

export type Unfit =
  | 'capacity_unknown'
  | 'too_small'
  | 'no_such_layout'
  | 'no_feature'
  | 'other_class'
  | 'runs_too_long';

const mostPeople = (layouts: readonly Seat[]): Seat | undefined =>
  layouts
    .filter(({ layout }) => layout !== 'booths')
    .reduce<Seat | undefined>(
      (most, seat) => (most && most.capacity >= seat.capacity ? most : seat),
      undefined,
    ) ?? layouts[0];

/** Booths are counted in booths: how many people a place takes is known only of the other layouts. */
const isCapacityUnknown = (
  { layouts }: FinderPart,
  need: Pick<Need, 'people' | 'layouts'>,
): boolean =>
  need.people !== undefined &&
  need.layouts.length === 0 &&
  layouts.every(({ layout }) => layout === 'booths');

/** Booths are counted in booths, not in people. */
const takes = ({ layout, capacity }: Seat, people: number | undefined): boolean =>
  layout === 'booths' || people === undefined || capacity >= people;

/** The seating that answers the need, or why the configuration cannot. */
export const seatFor = (
  part: FinderPart,
  need: Pick<Need, 'people' | 'layouts' | 'roomClass' | 'features'>,
): Seat | Unfit => {
  if (need.roomClass !== undefined && part.roomClass !== need.roomClass) return 'other_class';
  if (need.features.some((wanted) => !part.features.some(({ code }) => code === wanted))) {
    return 'no_feature';
  }
  if (isCapacityUnknown(part, need)) return 'capacity_unknown';
  const seats =
    need.layouts.length === 0
      ? [mostPeople(part.layouts)].filter((seat) => seat !== undefined)
      : part.layouts.filter(({ layout }) => need.layouts.includes(layout));
  if (seats.length === 0) return 'no_such_layout';
  const [first] = seats
    .filter((seat) => takes(seat, need.people))
    .toSorted((one, other) => one.capacity - other.capacity);
  return first ?? 'too_small';
};

/** Empty seats for each that is filled; nothing where heads are not counted. */
export const spareShare = (seat: Seat, people: number | undefined): number =>
  seat.layout === 'booths' || !people ? 0 : (seat.capacity - people) / people;

/** What was asked for and is there only as far as anybody knows. */
export const unsureFeatures = (part: FinderPart, wanted: readonly string[]): string[] =>
  part.features
    .filter(({ code, publication }) => publication === 'provisional' && wanted.includes(code))
    .map(({ code }) => code);
