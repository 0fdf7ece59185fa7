import type { Transaction } from '#db/client.server.ts';
import { firstStart, lastEnd, type Booking } from '../../bookings/rules/booking.ts';
import { enqueue } from '../../outbox/actions.ts';
import { hasRole, type Actor } from '../../shared/actor.ts';
import { addMinutes } from '../../shared/time.ts';
import { allot, groupedBy, type Allotment, type Shortage } from '../rules/stock.ts';
import type { EquipmentItem } from '../schema.ts';
import {
  insertTakes,
  listItemsByVenue,
  listLiveTakes,
  lockItems,
  releaseTakes,
  type LiveTake,
  type RequestRow,
} from '../store.ts';

const dayMinutes = 1_440;

/** From the first use to the last thing carried back. */
export const spanOf = ({ uses }: Pick<Booking, 'uses'>) => ({
  from: firstStart(uses),
  until: addMinutes(lastEnd(uses), dayMinutes),
});

const byItem = (takes: readonly LiveTake[]): Map<string, LiveTake[]> =>
  groupedBy(takes, (take) => take.itemId);

export interface Tried {
  readonly items: readonly EquipmentItem[];
  readonly allotment: Allotment;
  /** What other bookings have in the time of this one. */
  readonly others: readonly LiveTake[];
}

/** Locks the items and looks who of the booking's requests could have what; nothing is written. */
export const tryAllotment = async (
  tx: Transaction,
  booking: Booking,
  requests: readonly RequestRow[],
): Promise<Tried> => {
  const itemIds = requests.map(({ itemId }) => itemId);
  await lockItems(tx, itemIds);
  const [all, live] = await Promise.all([
    listItemsByVenue(tx, booking.venueId),
    booking.uses.length === 0 ? [] : listLiveTakes(tx, itemIds, spanOf(booking)),
  ]);
  const items = all.filter(({ id }) => itemIds.includes(id));
  const others = live.filter(({ bookingId }) => bookingId !== booking.id);
  const asks = requests.flatMap(({ id, useId, itemId, quantity }) =>
    useId === null ? [] : [{ requestId: id, useId, itemId, quantity }],
  );
  return { items, others, allotment: allot(asks, booking.uses, items, byItem(others)) };
};

/** Replaces what the requests have by what was allotted to them. */
export const writeTakes = async (
  tx: Transaction,
  requests: readonly RequestRow[],
  { takes }: Allotment,
  now: Date,
): Promise<void> => {
  await releaseTakes(
    tx,
    requests.map(({ id }) => id),
    now,
  );
  const rows = requests.flatMap(({ id, itemId }) =>
    (takes.get(id) ?? []).map((take) => ({ ...take, requestId: id, itemId })),
  );
  await insertTakes(tx, rows);
};

const conflictsOf = (shortage: Shortage, others: readonly LiveTake[]) =>
  others.filter(
    (take) =>
      take.itemId === shortage.itemId && take.from < shortage.until && take.until > shortage.from,
  );

/** Staff see which bookings are in the way; organizers only when. */
export const showShortage = (
  shortage: Shortage,
  others: readonly LiveTake[],
  { actor, venueId }: { actor: Actor; venueId: Booking['venueId'] },
) => {
  const { requestId: _id, from: _from, until: _until, peakAt, ...shown } = shortage;
  const seesWho = hasRole(actor, venueId, ['desk', 'manager', 'finance']);
  return {
    ...shown,
    peakAt: peakAt.toISOString(),
    conflicts: conflictsOf(shortage, others).map(
      ({ from, until, quantity, bookingId, bookingNumber, title }) => ({
        from: from.toISOString(),
        until: until.toISOString(),
        ...(seesWho ? { quantity, bookingId, bookingNumber, title } : {}),
      }),
    ),
  };
};

export const withState = (row: RequestRow, { shortages }: Allotment): RequestRow => {
  if (row.state === 'dropped') return row;
  const isShort = shortages.some(({ requestId }) => requestId === row.id);
  return { ...row, state: isShort ? 'short' : 'promised' };
};

/** Pieces came back: whoever waits for some is looked at again. */
export const askRetry = (tx: Transaction, itemIds: readonly string[]): Promise<void> =>
  enqueue(tx, { task: 'equipment.retry_short', payload: { itemIds } });
