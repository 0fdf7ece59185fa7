import { and, asc, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import { faultOf, type Queryable } from '#db/client.server.ts';
import { occupancies, waitingClaims } from '#db/schema/bookings.ts';
import { bookingPolicies } from '#db/schema/policies.ts';
import { cells, rooms } from '#db/schema/rooms.ts';
import { lotteries } from '#db/schema/openings.ts';
import { bands, closedDayRules, closures, openingPeriods, slots } from '#db/schema/slots.ts';
import { venues } from '#db/schema/venues.ts';
import type { LocalTime } from '../shared/time.ts';
import { slotErrors } from './errors.ts';
import type { OccupiedTime } from './rules/availability.ts';
import type { ClosedDayRule } from './rules/closures.ts';
import type { OpeningPeriod } from './rules/window.ts';

export { lockCells } from '#db/locks.server.ts';

interface TimeRange {
  readonly from: Date;
  readonly until: Date;
}

interface VenueSlot {
  readonly code: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly startsTime: LocalTime;
  readonly endsTime: LocalTime;
}

interface VenueBand {
  readonly code: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly slotCodes: readonly string[];
}

const slotsOfVenue = sql<VenueSlot[]>`array(select json_build_object('code', code,
    'nameJa', name_ja, 'nameEn', name_en, 'startsTime', starts_time, 'endsTime', ends_time)
  from ${slots} where ${slots}.venue_id = ${venues}.id order by sort_order)`;

const bandsOfVenue = sql<VenueBand[]>`array(select json_build_object('code', code,
    'nameJa', name_ja, 'nameEn', name_en, 'slotCodes', slot_codes)
  from ${bands} where ${bands}.venue_id = ${venues}.id order by sort_order)`;

const closedDayRulesOfVenue = sql<ClosedDayRule[]>`array(select json_build_object(
    'fromMonthDay', from_month_day, 'toMonthDay', to_month_day,
    'reasonJa', reason_ja, 'reasonEn', reason_en)
  from ${closedDayRules} where ${closedDayRules}.venue_id = ${venues}.id
  order by ${closedDayRules}.id)`;

type PeriodRow = Omit<OpeningPeriod, 'opensAt' | 'lottery'> & {
  readonly opensAt: string;
  readonly lottery: { id: string; collectsFrom: string; collectsUntil: string } | null;
};

const periodOf = ({ opensAt, lottery, ...row }: PeriodRow): OpeningPeriod => ({
  ...row,
  opensAt: new Date(opensAt),
  lottery: lottery && {
    id: lottery.id,
    collectsFrom: new Date(lottery.collectsFrom),
    collectsUntil: new Date(lottery.collectsUntil),
  },
});

const openingPeriodsOfVenue = sql<PeriodRow[]>`array(select json_build_object(
    'roomClass', period.room_class, 'usesFrom', period.uses_from, 'usesUntil', period.uses_until,
    'opensAt', period.opens_at, 'lottery', case when lottery.id is not null then json_build_object(
      'id', lottery.id, 'collectsFrom', lottery.collects_from,
      'collectsUntil', lottery.collects_until) end)
  from ${openingPeriods} period left join ${lotteries} lottery on lottery.opening_period_id = period.id
  where period.venue_id = ${venues}.id order by period.uses_from, period.id)`;

/** How long a room of each class stands empty after a use, where its rules ask for it. */
const bufferMinutesOfVenue = sql<Record<string, number>>`(
  select coalesce(json_object_agg(room_class, buffer_minutes), '{}') from ${bookingPolicies}
  where ${bookingPolicies}.venue_id = ${venues}.id)`;

/** How many days before use approval of a room of each class has to be applied for. */
const requestDeadlineDaysOfVenue = sql<Record<string, number>>`(
  select coalesce(json_object_agg(room_class, request_deadline_days), '{}') from ${bookingPolicies}
  where ${bookingPolicies}.venue_id = ${venues}.id)`;

/** All that places a use in time, in one query; nothing where there is no such venue. */
export const findOptionalHours = async (db: Queryable, venueId: string) => {
  const [row] = await db
    .select({
      venue: {
        id: venues.id,
        nameJa: venues.nameJa,
        nameEn: venues.nameEn,
        phone: venues.phone,
        zone: venues.zone,
        holdDays: venues.holdDays,
        opensAtTime: venues.opensAtTime,
        numberPrefix: venues.numberPrefix,
      },
      slots: slotsOfVenue,
      bands: bandsOfVenue,
      closedDayRules: closedDayRulesOfVenue,
      openingPeriods: openingPeriodsOfVenue,
      bufferMinutes: bufferMinutesOfVenue,
      requestDeadlineDays: requestDeadlineDaysOfVenue,
    })
    .from(venues)
    .where(eq(venues.id, venueId));
  return row && { ...row, openingPeriods: row.openingPeriods.map(periodOf) };
};

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

const isWithin = (range: TimeRange) =>
  and(
    isNull(occupancies.releasedAt),
    sql`${occupancies.during} && tstzrange(${range.from.toISOString()}, ${range.until.toISOString()})`,
  );

const isOnCells = (cellIds: readonly string[], range: TimeRange) =>
  and(inArray(occupancies.cellId, [...cellIds]), isWithin(range));

/** A hold somebody stands in line behind is not free the moment it lapses: the next in line has it. */
const endOfHold = sql<Date | null>`case when ${occupancies.state} = 'held' and exists (
    select from ${waitingClaims} where ${waitingClaims.cellId} = ${occupancies.cellId}
      and ${waitingClaims.during} && ${occupancies.during} and ${waitingClaims.releasedAt} is null
  ) then null else ${occupancies.expiresAt} end`.mapWith(occupancies.expiresAt);

/** What is taken of a venue, or of one room, in a period: from the one table that knows. */
export const listOccupiedTimes = async (
  db: Queryable,
  place: { readonly venueId: string; readonly roomCode?: string | undefined },
  range: TimeRange,
): Promise<OccupiedTime[]> => {
  const rows = await db
    .select({
      cellId: occupancies.cellId,
      during: occupancies.during,
      state: occupancies.state,
      expiresAt: endOfHold,
      isBuffer: occupancies.isBuffer,
      closureKind: closures.kind,
    })
    .from(rooms)
    .innerJoin(cells, eq(cells.roomId, rooms.id))
    .innerJoin(occupancies, eq(occupancies.cellId, cells.id))
    .leftJoin(closures, eq(closures.id, occupancies.closureId))
    .where(
      and(
        eq(rooms.venueId, place.venueId),
        place.roomCode === undefined ? undefined : eq(rooms.code, place.roomCode),
        isWithin(range),
      ),
    );
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

export type NewClosure = typeof closures.$inferInsert;

/** A closure together with the time it takes of every cell. */
export const insertClosure = async (
  tx: Queryable,
  closure: NewClosure,
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
