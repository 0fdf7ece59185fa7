import { and, asc, eq, sql } from 'drizzle-orm';
import { faultOf, type Queryable } from '#db/client.server.ts';
import { accounts } from '#db/schema/accounts.ts';
import { parkingTakes, planItems, plans, presences } from '#db/schema/plans.ts';
import { rooms } from '#db/schema/rooms.ts';
import type { LocalDay } from '../../shared/time.ts';
import type { Publication } from '../../venues/schema.ts';
import { planErrors } from '../errors.ts';
import type { SavedItem } from '../rules/checklist.ts';
import type { Presence } from '../rules/presence.ts';

export interface PlanRow {
  readonly meetsAt: Date | null;
  readonly metAt: Date | null;
  readonly note: string;
}

const unplanned: PlanRow = { meetsAt: null, metAt: null, note: '' };

/** A booking nobody has planned yet has an empty plan. */
export const findPlan = async (db: Queryable, bookingId: string): Promise<PlanRow> => {
  const [row] = await db
    .select({ meetsAt: plans.meetsAt, metAt: plans.metAt, note: plans.note })
    .from(plans)
    .where(eq(plans.bookingId, bookingId));
  return row ?? unplanned;
};

export const savePlan = async (
  tx: Queryable,
  bookingId: string,
  plan: PlanRow,
  now: Date,
): Promise<void> => {
  await tx
    .insert(plans)
    .values({ bookingId, ...plan, updatedAt: now })
    .onConflictDoUpdate({ target: plans.bookingId, set: { ...plan, updatedAt: now } });
};

export const listItemsByBooking = (db: Queryable, bookingId: string): Promise<SavedItem[]> =>
  db
    .select({
      code: planItems.code,
      state: planItems.state,
      note: planItems.note,
      fileId: planItems.fileId,
      settledByName: accounts.name,
      settledAt: planItems.settledAt,
    })
    .from(planItems)
    .leftJoin(accounts, eq(accounts.id, planItems.settledByAccountId))
    .where(eq(planItems.bookingId, bookingId));

export const saveItem = async (
  tx: Queryable,
  row: typeof planItems.$inferInsert,
): Promise<void> => {
  const { bookingId: _booking, code: _code, ...change } = row;
  await tx
    .insert(planItems)
    .values(row)
    .onConflictDoUpdate({ target: [planItems.bookingId, planItems.code], set: change });
};

export const clearFileOfItems = async (tx: Queryable, fileId: string): Promise<void> => {
  await tx
    .update(planItems)
    .set({ fileId: null, state: 'open', settledAt: null, settledByAccountId: null })
    .where(eq(planItems.fileId, fileId));
};

export const listRoomClasses = async (
  db: Queryable,
  roomIds: readonly string[],
): Promise<string[]> => {
  const rows = await db
    .selectDistinct({ roomClass: rooms.roomClass })
    .from(rooms)
    .where(sql`${rooms.id} = any(${sql.param([...roomIds])}::text[])`);
  return rows.map(({ roomClass }) => roomClass);
};

export interface ParkingDay {
  readonly usedOn: LocalDay;
  readonly spaces: number;
  readonly leftSpaces: number;
  readonly capacitySpaces: number;
  readonly reasonJa: string;
  readonly reasonEn: string;
  readonly publication: Publication;
  readonly source: string;
}

/** Of each day: the venue's spaces, those this booking keeps, and those nobody keeps. */
export const listParkingDays = async (
  db: Queryable,
  place: { readonly venueId: string; readonly bookingId: string },
  days: readonly LocalDay[],
): Promise<ParkingDay[]> => {
  const { rows } = await db.execute<{
    used_on: string;
    spaces: number;
    taken: number;
    capacity: number;
    reason_ja: string;
    reason_en: string;
    publication: Publication;
    source: string;
  }>(sql`
    select day.used_on::text, coalesce(own.spaces, 0)::int as spaces, coalesce(taken.spaces, 0)::int as taken,
      capacity.spaces as capacity, capacity.reason_ja, capacity.reason_en, capacity.publication, capacity.source
    from (select wanted::date as used_on from unnest(${sql.param([...days])}::text[]) as wanted) day
    join lateral (select * from parking_capacities
      where venue_id = ${place.venueId} and starts_on <= day.used_on
        and (ends_on is null or ends_on >= day.used_on)
      order by starts_on desc limit 1) capacity on true
    left join parking_takes own on own.booking_id = ${place.bookingId} and own.used_on = day.used_on
    left join lateral (select sum(spaces) as spaces from parking_takes
      where venue_id = ${place.venueId} and used_on = day.used_on) taken on true
    order by day.used_on`);
  return rows.map((row) => ({
    usedOn: row.used_on as LocalDay,
    spaces: row.spaces,
    leftSpaces: row.capacity - row.taken,
    capacitySpaces: row.capacity,
    reasonJa: row.reason_ja,
    reasonEn: row.reason_en,
    publication: row.publication,
    source: row.source,
  }));
};

/** The same lock the trigger takes: who asks later sees what is really left. */
export const lockParking = async (
  tx: Queryable,
  venueId: string,
  usedOn: LocalDay,
): Promise<void> => {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`parking ${venueId}${usedOn}`}, 0))`,
  );
};

/** The trigger has the last word on how many there are. */
export const saveParking = async (
  tx: Queryable,
  row: typeof parkingTakes.$inferInsert,
): Promise<void> => {
  try {
    await tx
      .insert(parkingTakes)
      .values(row)
      .onConflictDoUpdate({
        target: [parkingTakes.bookingId, parkingTakes.usedOn],
        set: { spaces: row.spaces },
      });
  } catch (error) {
    if (faultOf(error)?.constraint !== 'parking_takes_within_capacity') throw error;
    throw planErrors.parking_full({
      params: { day: row.usedOn, left: 0 },
      detail: { usedOn: row.usedOn },
      cause: error,
    });
  }
};

export const removeParking = async (tx: Queryable, bookingId: string): Promise<void> => {
  await tx.delete(parkingTakes).where(eq(parkingTakes.bookingId, bookingId));
};

const nobodyYet: Presence = { arrivedAt: null, leftAt: null };

export const findPresenceForUpdate = async (tx: Queryable, useId: string): Promise<Presence> => {
  const [row] = await tx
    .select({ arrivedAt: presences.arrivedAt, leftAt: presences.leftAt })
    .from(presences)
    .where(eq(presences.useId, useId))
    .for('update');
  return row ?? nobodyYet;
};

export const listPresencesByBooking = (db: Queryable, bookingId: string) =>
  db
    .select({
      useId: presences.useId,
      arrivedAt: presences.arrivedAt,
      leftAt: presences.leftAt,
    })
    .from(presences)
    .where(and(eq(presences.bookingId, bookingId)))
    .orderBy(asc(presences.useId));

export const savePresence = async (
  tx: Queryable,
  row: typeof presences.$inferInsert,
): Promise<void> => {
  const { useId: _use, bookingId: _booking, ...change } = row;
  await tx
    .insert(presences)
    .values(row)
    .onConflictDoUpdate({ target: presences.useId, set: change });
};
