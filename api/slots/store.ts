import { and, asc, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import { faultOf, type Queryable } from '#db/client.server.ts';
import { occupancies } from '#db/schema/bookings.ts';
import { bands, closedDayRules, closures, slots } from '#db/schema/slots.ts';
import { venues } from '#db/schema/venues.ts';
import { slotErrors } from './errors.ts';
import type { OccupiedTime } from './rules/availability.ts';
import type { ClosedDayRule } from './rules/closures.ts';

export { lockCells } from '#db/locks.server.ts';

interface TimeRange {
  readonly from: Date;
  readonly until: Date;
}

/** The booking rules of a venue with its slots, in one query; nothing where there is no such venue. */
export const findOptionalHours = async (db: Queryable, venueId: string) => {
  const rows = await db
    .select({
      venue: {
        id: venues.id,
        nameJa: venues.nameJa,
        nameEn: venues.nameEn,
        zone: venues.zone,
        holdDays: venues.holdDays,
        opensAtTime: venues.opensAtTime,
        numberPrefix: venues.numberPrefix,
      },
      slot: {
        code: slots.code,
        nameJa: slots.nameJa,
        nameEn: slots.nameEn,
        startsTime: slots.startsTime,
        endsTime: slots.endsTime,
      },
    })
    .from(venues)
    .leftJoin(slots, eq(slots.venueId, venues.id))
    .where(eq(venues.id, venueId))
    .orderBy(asc(slots.sortOrder));
  const [first] = rows;
  return first && { venue: first.venue, slots: rows.flatMap(({ slot }) => slot ?? []) };
};

export const listBandsByVenue = (db: Queryable, venueId: string) =>
  db
    .select({
      code: bands.code,
      nameJa: bands.nameJa,
      nameEn: bands.nameEn,
      slotCodes: bands.slotCodes,
    })
    .from(bands)
    .where(eq(bands.venueId, venueId))
    .orderBy(asc(bands.sortOrder));

export const listClosedDayRulesByVenue = (
  db: Queryable,
  venueId: string,
): Promise<ClosedDayRule[]> =>
  db
    .select({
      fromMonthDay: closedDayRules.fromMonthDay,
      toMonthDay: closedDayRules.toMonthDay,
      reasonJa: closedDayRules.reasonJa,
      reasonEn: closedDayRules.reasonEn,
    })
    .from(closedDayRules)
    .where(eq(closedDayRules.venueId, venueId))
    .orderBy(asc(closedDayRules.id));

const isOnCells = (cellIds: readonly string[], range: TimeRange) =>
  and(
    isNull(occupancies.releasedAt),
    inArray(occupancies.cellId, [...cellIds]),
    sql`${occupancies.during} && tstzrange(${range.from.toISOString()}, ${range.until.toISOString()})`,
  );

/** What is taken of these cells in a period, from the one table that knows. */
export const listOccupiedTimes = async (
  db: Queryable,
  cellIds: readonly string[],
  range: TimeRange,
): Promise<OccupiedTime[]> => {
  if (cellIds.length === 0) return [];
  const rows = await db
    .select({
      cellId: occupancies.cellId,
      during: occupancies.during,
      state: occupancies.state,
      expiresAt: occupancies.expiresAt,
      closureKind: closures.kind,
    })
    .from(occupancies)
    .leftJoin(closures, eq(closures.id, occupancies.closureId))
    .where(isOnCells(cellIds, range));
  return rows.map(({ during, ...row }) => ({
    ...row,
    startsAt: during.from,
    endsAt: during.until,
  }));
};

export const listTakenTimes = (tx: Queryable, cellIds: readonly string[], range: TimeRange) =>
  tx
    .select({
      cellId: occupancies.cellId,
      during: occupancies.during,
      bookingId: occupancies.bookingId,
      closureId: occupancies.closureId,
    })
    .from(occupancies)
    .where(isOnCells(cellIds, range))
    .orderBy(asc(occupancies.cellId), asc(occupancies.during));

/** A lapsed hold keeps nothing; its row would still stand in the way of the constraint. */
export const saveLapsedReleased = async (
  tx: Queryable,
  cellIds: readonly string[],
  range: TimeRange,
  now: Date,
): Promise<void> => {
  await tx
    .update(occupancies)
    .set({ releasedAt: now })
    .where(
      and(
        isOnCells(cellIds, range),
        eq(occupancies.state, 'held'),
        lte(occupancies.expiresAt, now),
      ),
    );
};

export const existsAnnualClosure = async (
  tx: Queryable,
  venueId: string,
  startsOn: string,
): Promise<boolean> => {
  const rows = await tx
    .select({ id: closures.id })
    .from(closures)
    .where(
      and(
        eq(closures.venueId, venueId),
        eq(closures.kind, 'annual'),
        eq(closures.startsOn, startsOn),
      ),
    );
  return rows.length > 0;
};

export type Closure = typeof closures.$inferSelect;

/** A closure together with the time it takes of every cell. */
export const insertClosure = async (
  tx: Queryable,
  closure: Closure,
  cellIds: readonly string[],
  during: TimeRange,
): Promise<void> => {
  await tx.insert(closures).values(closure);
  try {
    await tx.insert(occupancies).values(
      cellIds.map((cellId) => ({
        cellId,
        during,
        state: 'closed' as const,
        closureId: closure.id,
      })),
    );
  } catch (error) {
    if (faultOf(error)?.code !== '23P01') throw error;
    const { startsOn, endsOn } = closure;
    throw slotErrors.closure_clashes({ params: { startsOn, endsOn }, cause: error });
  }
};
