import { and, asc, eq, gt, inArray, isNull, lt, ne, sql } from 'drizzle-orm';
import { faultOf, type Queryable } from '#db/client.server.ts';
import { bookings, bookingUses } from '#db/schema/bookings.ts';
import { equipmentItems, equipmentRequests, equipmentTakes } from '#db/schema/equipment.ts';
import { organizations } from '#db/schema/organizations.ts';
import { configurations, rooms } from '#db/schema/rooms.ts';
import { equipmentErrors } from './errors.ts';
import type { Take } from './rules/stock.ts';
import type { EquipmentItem } from './schema.ts';

export type RequestRow = typeof equipmentRequests.$inferSelect;

export const listItemsByVenue = (db: Queryable, venueId: string): Promise<EquipmentItem[]> =>
  db
    .select()
    .from(equipmentItems)
    .where(eq(equipmentItems.venueId, venueId))
    .orderBy(asc(equipmentItems.sortOrder), asc(equipmentItems.code));

export const findItem = async (db: Queryable, id: string): Promise<EquipmentItem> => {
  const [row] = await db.select().from(equipmentItems).where(eq(equipmentItems.id, id));
  if (!row) throw equipmentErrors.unknown_item();
  return row;
};

export const insertItem = async (tx: Queryable, item: EquipmentItem): Promise<void> => {
  try {
    await tx.insert(equipmentItems).values(item);
  } catch (error) {
    if (faultOf(error)?.code === '23505') throw equipmentErrors.code_taken({ cause: error });
    throw error;
  }
};

/** Whether the promises still hold is the database's to say; `promised` is for the sentence. */
export const saveItem = async (
  tx: Queryable,
  item: EquipmentItem,
  promised: { readonly day: string; readonly peak: number },
): Promise<void> => {
  const { id, ...set } = item;
  try {
    await tx.update(equipmentItems).set(set).where(eq(equipmentItems.id, id));
  } catch (error) {
    if (faultOf(error)?.constraint === 'equipment_items_keep_promises') {
      const { stock, unitJa, unitEn } = item;
      const params = { ...promised, stock, unitJa, unitEn };
      throw equipmentErrors.stock_promised({ cause: error, params });
    }
    throw error;
  }
};

/** One transaction at a time promises pieces of these items; the guard of the table takes the same locks. */
export const lockItems = async (tx: Queryable, itemIds: readonly string[]): Promise<void> => {
  await tx.execute(sql`
    select pg_advisory_xact_lock(keys.key) from (
      select distinct hashtextextended('equipment ' || id, 0) as key
      from unnest(${sql.param([...new Set(itemIds)])}::text[]) as id order by 1
    ) keys`);
};

export interface LiveTake extends Take {
  readonly itemId: string;
  readonly requestId: string;
  readonly useId: string | null;
  readonly bookingId: string;
  readonly bookingNumber: string;
  readonly title: string;
}

/** What is promised of these items between two moments. */
export const listLiveTakes = async (
  db: Queryable,
  itemIds: readonly string[],
  { from, until }: { readonly from: Date; readonly until: Date },
): Promise<LiveTake[]> => {
  if (itemIds.length === 0) return [];
  const window = `[${from.toISOString()},${until.toISOString()})`;
  const rows = await db
    .select({
      itemId: equipmentTakes.itemId,
      requestId: equipmentTakes.requestId,
      during: equipmentTakes.during,
      quantity: equipmentTakes.quantity,
      useId: equipmentRequests.useId,
      bookingId: bookings.id,
      bookingNumber: bookings.number,
      title: bookings.title,
    })
    .from(equipmentTakes)
    .innerJoin(equipmentRequests, eq(equipmentRequests.id, equipmentTakes.requestId))
    .innerJoin(bookings, eq(bookings.id, equipmentRequests.bookingId))
    .where(
      and(
        inArray(equipmentTakes.itemId, [...itemIds]),
        isNull(equipmentTakes.releasedAt),
        sql`${equipmentTakes.during} && ${window}::tstzrange`,
      ),
    )
    .orderBy(asc(equipmentTakes.id));
  return rows.map(({ during, ...row }) => ({ ...row, ...during }));
};

export const listRequestsByBooking = (db: Queryable, bookingId: string): Promise<RequestRow[]> =>
  db
    .select()
    .from(equipmentRequests)
    .where(and(eq(equipmentRequests.bookingId, bookingId), ne(equipmentRequests.state, 'dropped')))
    .orderBy(asc(equipmentRequests.createdAt), asc(equipmentRequests.id));

export const saveRequests = async (tx: Queryable, rows: readonly RequestRow[]): Promise<void> => {
  if (rows.length === 0) return;
  await tx
    .insert(equipmentRequests)
    .values([...rows])
    .onConflictDoUpdate({
      target: equipmentRequests.id,
      set: {
        quantity: sql`excluded.quantity`,
        actualQuantity: sql`excluded.actual_quantity`,
        unitFeeYen: sql`excluded.unit_fee_yen`,
        state: sql`excluded.state`,
        note: sql`excluded.note`,
        updatedAt: sql`excluded.updated_at`,
      },
    });
};

export const releaseTakes = async (
  tx: Queryable,
  requestIds: readonly string[],
  now: Date,
): Promise<void> => {
  if (requestIds.length === 0) return;
  await tx
    .update(equipmentTakes)
    .set({ releasedAt: now })
    .where(
      and(inArray(equipmentTakes.requestId, [...requestIds]), isNull(equipmentTakes.releasedAt)),
    );
};

/** The guard of the table has the last word. */
export const insertTakes = async (
  tx: Queryable,
  takes: readonly (Take & { readonly requestId: string; readonly itemId: string })[],
): Promise<void> => {
  if (takes.length === 0) return;
  try {
    await tx
      .insert(equipmentTakes)
      .values(takes.map(({ from, until, ...take }) => ({ ...take, during: { from, until } })));
  } catch (error) {
    if (faultOf(error)?.constraint === 'equipment_takes_within_stock') {
      throw equipmentErrors.not_enough({ cause: error });
    }
    throw error;
  }
};

/** A use that went to another booking takes its requests along. */
export const followUses = async (tx: Queryable, bookingId: string): Promise<string[]> => {
  const { rows } = await tx.execute<{ booking_id: string }>(sql`
    update equipment_requests request set booking_id = used.booking_id
    from booking_uses used
    where used.id = request.use_id and request.booking_id = ${bookingId}
      and used.booking_id <> request.booking_id
    returning request.booking_id`);
  return [...new Set(rows.map((row) => row.booking_id))];
};

/** Bookings that wait for pieces of these items, in the order asked. */
export const listShortBookings = async (
  db: Queryable,
  itemIds: readonly string[],
): Promise<string[]> => {
  if (itemIds.length === 0) return [];
  const rows = await db
    .select({ bookingId: equipmentRequests.bookingId, createdAt: equipmentRequests.createdAt })
    .from(equipmentRequests)
    .where(
      and(inArray(equipmentRequests.itemId, [...itemIds]), eq(equipmentRequests.state, 'short')),
    )
    .orderBy(asc(equipmentRequests.createdAt), asc(equipmentRequests.id));
  return [...new Set(rows.map((row) => row.bookingId))];
};

const requestsWithPlaces = (db: Queryable) =>
  db
    .select({
      itemId: equipmentRequests.itemId,
      quantity: equipmentRequests.quantity,
      state: equipmentRequests.state,
      note: equipmentRequests.note,
      useId: bookingUses.id,
      usedOn: bookingUses.usedOn,
      startsAt: bookingUses.startsAt,
      endsAt: bookingUses.endsAt,
      roomNameJa: rooms.nameJa,
      roomNameEn: rooms.nameEn,
      configurationNameJa: configurations.nameJa,
      configurationNameEn: configurations.nameEn,
      bookingId: bookings.id,
      bookingNumber: bookings.number,
      title: bookings.title,
      organizationName: organizations.name,
    })
    .from(equipmentRequests)
    .innerJoin(bookingUses, eq(bookingUses.id, equipmentRequests.useId))
    .innerJoin(rooms, eq(rooms.id, bookingUses.roomId))
    .innerJoin(configurations, eq(configurations.id, bookingUses.configurationId))
    .innerJoin(bookings, eq(bookings.id, equipmentRequests.bookingId))
    .innerJoin(organizations, eq(organizations.id, bookings.organizationId));

/** What is to be carried where on a day, room by room in the order of time. */
export const listPicksOn = (db: Queryable, venueId: string, day: { from: Date; until: Date }) =>
  requestsWithPlaces(db)
    .where(
      and(
        eq(bookings.venueId, venueId),
        ne(equipmentRequests.state, 'dropped'),
        lt(bookingUses.startsAt, day.until),
        gt(bookingUses.endsAt, day.from),
      ),
    )
    .orderBy(
      asc(rooms.sortOrder),
      asc(bookingUses.startsAt),
      asc(bookingUses.id),
      asc(equipmentRequests.createdAt),
    );

/** Requests the stock does not reach, from a moment on. */
export const listShortages = (db: Queryable, venueId: string, from: Date) =>
  requestsWithPlaces(db)
    .where(
      and(
        eq(bookings.venueId, venueId),
        eq(equipmentRequests.state, 'short'),
        gt(bookingUses.endsAt, from),
      ),
    )
    .orderBy(asc(bookingUses.startsAt));

/** Takes of a venue that touch a day, with who has them and where. */
export const listTakesOn = async (
  db: Queryable,
  venueId: string,
  { from, until }: { readonly from: Date; readonly until: Date },
) => {
  const window = `[${from.toISOString()},${until.toISOString()})`;
  const rows = await db
    .select({
      itemId: equipmentTakes.itemId,
      during: equipmentTakes.during,
      quantity: equipmentTakes.quantity,
      bookingId: bookings.id,
      bookingNumber: bookings.number,
      title: bookings.title,
      organizationName: organizations.name,
      roomNameJa: rooms.nameJa,
      roomNameEn: rooms.nameEn,
    })
    .from(equipmentTakes)
    .innerJoin(equipmentRequests, eq(equipmentRequests.id, equipmentTakes.requestId))
    .innerJoin(bookingUses, eq(bookingUses.id, equipmentRequests.useId))
    .innerJoin(rooms, eq(rooms.id, bookingUses.roomId))
    .innerJoin(bookings, eq(bookings.id, equipmentRequests.bookingId))
    .innerJoin(organizations, eq(organizations.id, bookings.organizationId))
    .where(
      and(
        eq(bookings.venueId, venueId),
        isNull(equipmentTakes.releasedAt),
        sql`${equipmentTakes.during} && ${window}::tstzrange`,
      ),
    )
    .orderBy(sql`lower(${equipmentTakes.during})`, asc(equipmentTakes.id));
  return rows.map(({ during, ...row }) => ({ ...row, ...during }));
};
