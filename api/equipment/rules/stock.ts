import type { BookingUse } from '../../bookings/rules/booking.ts';
import { addMinutes } from '../../shared/time.ts';
import type { EquipmentItem } from '../schema.ts';

/** Pieces of one item away from the store for a time, half-open. */
export interface Take {
  readonly from: Date;
  readonly until: Date;
  readonly quantity: number;
}

/** So many of an item wanted for a use. */
export interface Ask {
  readonly requestId: string;
  readonly itemId: string;
  readonly useId: string;
  readonly quantity: number;
}

type Stocked = Pick<EquipmentItem, 'id' | 'stock' | 'moveMinutes'>;
type PlacedUse = Pick<BookingUse, 'id' | 'roomId' | 'startsAt' | 'endsAt'>;

export interface Peak {
  readonly quantity: number;
  readonly at: Date;
}

/** Rows by a key of theirs, in the order they came. */
export const groupedBy = <Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Map<string, Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
};

const overlaps = (take: Take, from: Date, until: Date) => take.from < until && take.until > from;

/** The most pieces away at one moment between `from` and `until`, and the first moment it happens. */
export const peakOf = (takes: readonly Take[], from: Date, until: Date): Peak => {
  const steps = takes
    .filter((take) => overlaps(take, from, until))
    .flatMap(({ from: start, until: end, quantity }) => [
      { at: Math.max(start.getTime(), from.getTime()), change: quantity },
      { at: end.getTime(), change: -quantity },
    ])
    .sort((a, b) => a.at - b.at || a.change - b.change);
  let away = 0;
  let peak: Peak = { quantity: 0, at: from };
  for (const { at, change } of steps) {
    away += change;
    if (away > peak.quantity) peak = { quantity: away, at: new Date(at) };
  }
  return peak;
};

interface Wanted extends Ask {
  readonly use: PlacedUse;
}

const isNextInRoom = (next: PlacedUse, use: PlacedUse, movedBy: Date) =>
  next.id !== use.id &&
  next.roomId === use.roomId &&
  next.startsAt >= use.endsAt &&
  next.startsAt <= movedBy;

/**
 * When the pieces are away: from the beginning of the use until they are carried back.
 * What the next use of the same booking in the same room needs too stays there and is not counted twice.
 */
const takesOfItem = (wanted: readonly Wanted[], moveMinutes: number): Map<string, Take[]> => {
  const inOrder = wanted.toSorted((a, b) => a.use.startsAt.getTime() - b.use.startsAt.getTime());
  const stillNeeded = new Map(inOrder.map(({ requestId, quantity }) => [requestId, quantity]));
  const found = new Map<string, Take[]>();
  for (const { requestId, quantity, use } of inOrder) {
    const movedBy = addMinutes(use.endsAt, moveMinutes);
    const takes: Take[] = [];
    let rest = quantity;
    for (const next of inOrder.filter((other) => isNextInRoom(other.use, use, movedBy))) {
      const stays = Math.min(rest, stillNeeded.get(next.requestId)!);
      if (stays === 0) continue;
      stillNeeded.set(next.requestId, stillNeeded.get(next.requestId)! - stays);
      takes.push({ from: use.startsAt, until: next.use.startsAt, quantity: stays });
      rest -= stays;
    }
    if (rest > 0) takes.push({ from: use.startsAt, until: movedBy, quantity: rest });
    found.set(requestId, takes);
  }
  return found;
};

const isWithin = (stock: number, own: Map<string, Take[]>, others: readonly Take[]): boolean => {
  const mine = [...own.values()].flat();
  const all = [...others, ...mine];
  return mine.every(({ from, until }) => peakOf(all, from, until).quantity <= stock);
};

export interface Shortage {
  readonly requestId: string;
  readonly itemId: string;
  readonly useId: string;
  readonly wanted: number;
  readonly free: number;
  readonly stock: number;
  readonly peak: number;
  readonly peakAt: Date;
  readonly from: Date;
  readonly until: Date;
}

export interface Allotment {
  readonly takes: ReadonlyMap<string, readonly Take[]>;
  readonly shortages: readonly Shortage[];
}

const shortageOf = (ask: Wanted, item: Stocked, away: readonly Take[]): Shortage => {
  const from = ask.use.startsAt;
  const until = addMinutes(ask.use.endsAt, item.moveMinutes);
  const peak = peakOf(away, from, until);
  return {
    requestId: ask.requestId,
    itemId: item.id,
    useId: ask.useId,
    wanted: ask.quantity,
    free: Math.max(0, item.stock - peak.quantity),
    stock: item.stock,
    peak: peak.quantity,
    peakAt: peak.at,
    from,
    until,
  };
};

const allotItem = (item: Stocked, asks: readonly Wanted[], others: readonly Take[]): Allotment => {
  const all = takesOfItem(asks, item.moveMinutes);
  if (isWithin(item.stock, all, others)) return { takes: all, shortages: [] };
  const granted: Wanted[] = [];
  const shortages: Shortage[] = [];
  for (const ask of asks) {
    const tried = takesOfItem([...granted, ask], item.moveMinutes);
    if (isWithin(item.stock, tried, others)) {
      granted.push(ask);
      continue;
    }
    const away = [...others, ...[...takesOfItem(granted, item.moveMinutes).values()].flat()];
    shortages.push(shortageOf(ask, item, away));
  }
  return { takes: takesOfItem(granted, item.moveMinutes), shortages };
};

/** Who gets what while `others` have theirs: in the order asked, each wholly or not at all. */
export const allot = (
  asks: readonly Ask[],
  uses: readonly PlacedUse[],
  items: readonly Stocked[],
  others: ReadonlyMap<string, readonly Take[]>,
): Allotment => {
  const useById = new Map(uses.map((use) => [use.id as string, use]));
  const takes = new Map<string, readonly Take[]>();
  const shortages: Shortage[] = [];
  for (const item of items) {
    const wanted = asks.flatMap((ask) => {
      const use = useById.get(ask.useId);
      return use && ask.itemId === item.id ? [{ ...ask, use }] : [];
    });
    const found = allotItem(item, wanted, others.get(item.id) ?? []);
    for (const [requestId, own] of found.takes) takes.set(requestId, own);
    shortages.push(...found.shortages);
  }
  return { takes, shortages };
};

/** How many more a use could have: what the booking keeps in the same room before or after does not count. */
export const freeForUse = (
  item: Stocked,
  use: PlacedUse,
  taken: readonly (Take & { readonly useId: string | null })[],
  uses: readonly PlacedUse[],
): number => {
  const own = new Map(uses.map((one) => [one.id as string, one]));
  const until = addMinutes(use.endsAt, item.moveMinutes);
  const away = taken.filter(({ useId }) => {
    const other = useId === null ? undefined : own.get(useId);
    if (!other) return true;
    if (other.id === use.id) return false;
    const isApart = other.endsAt <= use.startsAt || other.startsAt >= use.endsAt;
    return !(other.roomId === use.roomId && isApart);
  });
  return Math.max(0, item.stock - peakOf(away, use.startsAt, until).quantity);
};
