import { findVisibleBooking } from '../../bookings/actions/read.ts';
import { firstStart, type Booking } from '../../bookings/rules/booking.ts';
import type { Context } from '../../context.ts';
import { findPolicies } from '../../policies/actions.ts';
import { deadlineBefore, policyOver } from '../../policies/rules.ts';
import { listBookablePartsByIds } from '../../rooms/actions.ts';
import { findVenue } from '../../venues/actions.ts';
import { decideActuals, decideEquipmentChange } from '../rules/changes.ts';
import { quoteEquipment } from '../rules/price.ts';
import { freeForUse } from '../rules/stock.ts';
import type { EquipmentItem } from '../schema.ts';
import {
  listItemsByVenue,
  listLiveTakes,
  listRequestsByBooking,
  type RequestRow,
} from '../store.ts';
import { showShortage, spanOf } from './allot.ts';

/** The last moment at which the organizer may change the equipment. */
export const deadlineOf = async (context: Context, booking: Booking): Promise<Date> => {
  const db = context.reads;
  const ids = [...new Set(booking.uses.map(({ configurationId }) => configurationId))];
  const [venue, policies, parts] = await Promise.all([
    findVenue(db, booking.venueId),
    findPolicies(db, booking.venueId),
    listBookablePartsByIds(db, ids),
  ]);
  const { amendDeadlineDays } = policyOver(
    policies,
    parts.map(({ roomClass }) => roomClass),
  );
  return deadlineBefore(firstStart(booking.uses), amendDeadlineDays, venue.zone);
};

const canChange = (context: Context, booking: Booking, deadline: Date): boolean =>
  decideEquipmentChange(booking, { actor: context.actor, now: context.now(), deadline }).ok;

const shownRequest = ({
  id,
  useId,
  itemId,
  quantity,
  actualQuantity,
  unitFeeYen,
  state,
  note,
}: RequestRow) => ({
  id,
  useId,
  itemId,
  quantity,
  actualQuantity,
  unitFeeYen,
  state,
  note,
});

const showRetired = (item: EquipmentItem, requests: readonly RequestRow[]) =>
  !item.isRetired || requests.some(({ itemId }) => itemId === item.id);

/** The catalogue with what is free at each use, what the booking has, what it costs. */
export const viewEquipment = async (context: Context, bookingId: string) => {
  const booking = await findVisibleBooking(context, bookingId);
  const db = context.reads;
  const [all, requests, deadline] = await Promise.all([
    listItemsByVenue(db, booking.venueId),
    listRequestsByBooking(db, booking.id),
    deadlineOf(context, booking),
  ]);
  const items = all.filter((item) => showRetired(item, requests));
  const taken = await listLiveTakes(
    db,
    items.map(({ id }) => id),
    spanOf(booking),
  );
  const free = (item: EquipmentItem) => {
    const ofItem = taken.filter(({ itemId }) => itemId === item.id);
    return Object.fromEntries(
      booking.uses.map((use) => [use.id, freeForUse(item, use, ofItem, booking.uses)]),
    );
  };
  const shown = items.map((item) => ({ ...item, free: free(item) }));
  return {
    items: shown,
    requests: requests.map(shownRequest),
    shortages: shortagesOf(context, booking, shown, requests, taken),
    quote: quoteEquipment(requests, items, booking.uses),
    changeableUntil: deadline.toISOString(),
    canChange: canChange(context, booking, deadline),
    canRecord: decideActuals(booking, context.actor).ok,
  };
};

const shortagesOf = (
  context: Context,
  booking: Booking,
  items: readonly (EquipmentItem & { free: Record<string, number> })[],
  requests: readonly RequestRow[],
  taken: Awaited<ReturnType<typeof listLiveTakes>>,
) => {
  const useById = new Map(booking.uses.map((use) => [use.id as string, use]));
  const others = taken.filter((take) => take.bookingId !== booking.id);
  return requests.flatMap((request) => {
    const use = request.useId === null ? undefined : useById.get(request.useId);
    const item = items.find(({ id }) => id === request.itemId);
    if (request.state !== 'short' || !use || !item) return [];
    const free = item.free[use.id] ?? 0;
    const shortage = {
      requestId: request.id,
      itemId: item.id,
      useId: use.id,
      wanted: request.quantity,
      free,
      stock: item.stock,
      peak: item.stock - free,
      peakAt: use.startsAt,
      from: use.startsAt,
      until: use.endsAt,
    };
    return [showShortage(shortage, others, { actor: context.actor, venueId: booking.venueId })];
  });
};
