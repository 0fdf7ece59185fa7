import { and, asc, eq, getTableColumns, inArray, isNull, notInArray, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { bookingUses, occupancies } from '#db/schema/bookings.ts';
import type { KeptClaim } from '../rules/amendment.ts';
import type { BookingUse } from '../rules/booking.ts';

/** What a booking has of the building now. */
export const listLiveClaims = async (tx: Queryable, bookingId: string): Promise<KeptClaim[]> => {
  const rows = await tx
    .select()
    .from(occupancies)
    .where(and(eq(occupancies.bookingId, bookingId), isNull(occupancies.releasedAt)))
    .orderBy(asc(occupancies.id));
  return rows.map(({ id, cellId, useId, during, isBuffer }) => ({
    id,
    cellId,
    useId: useId ?? '',
    ...during,
    ...(isBuffer ? { isBuffer } : {}),
  }));
};

export const releaseClaimRows = async (
  tx: Queryable,
  ids: readonly number[],
  now: Date,
): Promise<void> => {
  await tx
    .update(occupancies)
    .set({ releasedAt: now })
    .where(inArray(occupancies.id, [...ids]));
};

const { id: _id, bookingId: _bookingId, ...changeable } = getTableColumns(bookingUses);
const asGiven = Object.fromEntries(
  Object.entries(changeable).map(([key, { name }]) => [key, sql.raw(`excluded."${name}"`)]),
);

/** Uses as they are wanted: what is not among them goes, the rest is changed or added. */
export const saveUses = async (
  tx: Queryable,
  bookingId: string,
  uses: readonly BookingUse[],
): Promise<void> => {
  const ids = uses.map(({ id }) => id as string);
  const ofBooking = eq(bookingUses.bookingId, bookingId);
  await Promise.all([
    tx.delete(bookingUses).where(and(ofBooking, notInArray(bookingUses.id, ids))),
    tx
      .insert(bookingUses)
      .values(uses.map((use) => ({ ...use, bookingId })))
      .onConflictDoUpdate({ target: bookingUses.id, set: asGiven, setWhere: ofBooking }),
  ]);
};

/** Uses and their cells become another booking's; nobody sees them free in between. */
export const moveUses = async (
  tx: Queryable,
  toBookingId: string,
  useIds: readonly string[],
): Promise<void> => {
  const ids = [...useIds];
  await Promise.all([
    tx.update(bookingUses).set({ bookingId: toBookingId }).where(inArray(bookingUses.id, ids)),
    tx
      .update(occupancies)
      .set({ bookingId: toBookingId })
      .where(and(inArray(occupancies.useId, ids), isNull(occupancies.releasedAt))),
  ]);
};
