import { asc, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { lotteries } from '#db/schema/openings.ts';
import {
  cells,
  configurationCells,
  configurationLayouts,
  configurations,
  roomFeatures,
  rooms,
} from '#db/schema/rooms.ts';
import { bookingPolicies } from '#db/schema/policies.ts';
import { bands, closedDayRules, openingPeriods, slots } from '#db/schema/slots.ts';
import { venues } from '#db/schema/venues.ts';
import type { SlotHours } from '../slots/rules/band.ts';
import type { ClosedDayRule } from '../slots/rules/closures.ts';
import { defaultPolicy } from '../policies/rules.ts';
import type { FinderBand, FinderPart, FinderPeriod, FinderVenue } from './rules/catalogue.ts';
import { cellMarks, type OccupiedCell } from './rules/timeline.ts';

const slotsOfVenue = sql<SlotHours[]>`array(select json_build_object('code', code,
    'startsTime', starts_time, 'endsTime', ends_time)
  from ${slots} where ${slots}.venue_id = ${venues}.id order by sort_order)`;

const bandsOfVenue = sql<FinderBand[]>`array(select json_build_object('code', code,
    'slotCodes', slot_codes)
  from ${bands} where ${bands}.venue_id = ${venues}.id order by sort_order)`;

const closedDaysOfVenue = sql<ClosedDayRule[]>`array(select json_build_object(
    'fromMonthDay', from_month_day, 'toMonthDay', to_month_day,
    'reasonJa', reason_ja, 'reasonEn', reason_en)
  from ${closedDayRules} where ${closedDayRules}.venue_id = ${venues}.id
  order by ${closedDayRules}.id)`;

type PeriodRow = Omit<FinderPeriod, 'opensAt'> & { readonly opensAt: string };

const periodsOfVenue = sql<PeriodRow[]>`array(select json_build_object(
    'roomClass', period.room_class, 'usesFrom', period.uses_from, 'usesUntil', period.uses_until,
    'opensAt', period.opens_at, 'isDrawn', exists (
      select from ${lotteries} lottery where lottery.opening_period_id = period.id))
  from ${openingPeriods} period where period.venue_id = ${venues}.id
  order by period.uses_from, period.id)`;

const listVenueHours = async (db: Queryable) => {
  const rows = await db
    .select({
      id: venues.id,
      nameJa: venues.nameJa,
      nameEn: venues.nameEn,
      phone: venues.phone,
      zone: venues.zone,
      opensAtTime: venues.opensAtTime,
      slots: slotsOfVenue,
      bands: bandsOfVenue,
      closedDayRules: closedDaysOfVenue,
      openingPeriods: periodsOfVenue,
    })
    .from(venues)
    .orderBy(asc(venues.sortOrder), asc(venues.id));
  return rows.map((row) => ({
    ...row,
    openingPeriods: row.openingPeriods.map((period) => ({
      ...period,
      opensAt: new Date(period.opensAt),
    })),
  }));
};

/** What holds for a class of rooms without conditions of its own. */
const { runDaysMost: runDaysUsual, requestDeadlineDays: deadlineUsual } = defaultPolicy({
  holdDays: 0,
});

type PartRow = Omit<FinderPart, 'isDivisible'>;

/** Every configuration of every house with all that is asked of it, in one statement. */
const listParts = async (db: Queryable): Promise<FinderPart[]> => {
  const rows: PartRow[] = [
    ...(
      await db.execute<PartRow & Record<string, unknown>>(sql`
      with part_cells as (
        select joined.configuration_id, json_agg(json_build_object('id', cell.id,
          'nameJa', cell.name_ja, 'nameEn', cell.name_en) order by cell.sort_order) as cells
        from ${configurationCells} joined join ${cells} cell on cell.id = joined.cell_id
        group by joined.configuration_id
      ), part_layouts as (
        select configuration_id, json_agg(json_build_object('layout', layout,
          'capacity', capacity, 'publication', publication) order by capacity desc) as layouts
        from ${configurationLayouts} group by configuration_id
      ), features as (
        select room_id, json_agg(json_build_object('code', code,
          'publication', publication) order by code) as features
        from ${roomFeatures} group by room_id
      )
      select part.id, part.code, part.name_ja as "nameJa", part.name_en as "nameEn",
        part.area_sqm::float8 as "areaSqm", part.opens_months_before as "opensMonthsBefore",
        room.venue_id as "venueId", room.id as "roomId", room.code as "roomCode",
        room.name_ja as "roomNameJa", room.name_en as "roomNameEn",
        room.room_class as "roomClass", room.floor,
        coalesce(policy.buffer_minutes, 0) as "bufferMinutes",
        coalesce(policy.run_days_most, ${runDaysUsual}::int) as "runDaysMost",
        coalesce(policy.request_deadline_days, ${deadlineUsual}::int) as "requestDeadlineDays",
        part_cells.cells, coalesce(part_layouts.layouts, '[]') as layouts,
        coalesce(features.features, '[]') as features
      from ${configurations} part
      join ${rooms} room on room.id = part.room_id
      join part_cells on part_cells.configuration_id = part.id
      left join part_layouts on part_layouts.configuration_id = part.id
      left join ${bookingPolicies} policy
        on policy.venue_id = room.venue_id and policy.room_class = room.room_class
      left join features on features.room_id = room.id
      order by room.venue_id, room.sort_order, part.sort_order`)
    ).rows,
  ];
  const counts = new Map<string, number>();
  for (const { roomId } of rows) counts.set(roomId, (counts.get(roomId) ?? 0) + 1);
  return rows.map((row) => ({ ...row, isDivisible: counts.get(row.roomId)! > 1 }));
};

/** The houses with their rooms, in two statements however many there are. */
export const listFinderVenues = async (db: Queryable): Promise<FinderVenue[]> => {
  const [houses, parts] = await Promise.all([listVenueHours(db), listParts(db)]);
  const byVenue = new Map<string, FinderPart[]>(houses.map(({ id }) => [id, []]));
  for (const part of parts) byVenue.get(part.venueId)?.push(part);
  return houses.map((house) => ({ ...house, parts: byVenue.get(house.id)! }));
};

interface Taken {
  readonly from: Date;
  readonly until: Date;
  readonly now: Date;
  /** A booking that is to move does not stand in its own way. */
  readonly exceptBookingId?: string | undefined;
}

/** Live time of every cell, gathered by the database: one row a cell instead of one an occupancy. */
export const listOccupiedCells = async (
  db: Queryable,
  { from, until, now, exceptBookingId }: Taken,
): Promise<OccupiedCell[]> => {
  const marks = sql.param([...cellMarks]);
  const { rows } = await db.execute<{ cellId: string; times: string }>(sql`
    select taken.cell_id as "cellId", string_agg(concat_ws(' ',
        extract(epoch from lower(taken.during))::bigint,
        extract(epoch from upper(taken.during))::bigint,
        array_position(${marks}::text[], case
          when taken.is_buffer then 'buffer'
          when taken.state = 'closed' then coalesce(closure.kind, 'block')
          when taken.state = 'approved' then 'taken'
          else 'held' end) - 1), ',') as times
    from occupancies taken left join closures closure on closure.id = taken.closure_id
    where taken.released_at is null
      and taken.during && tstzrange(${from.toISOString()}, ${until.toISOString()})
      and not (taken.state = 'held' and coalesce(taken.expires_at <= ${now.toISOString()}, false))
      and taken.booking_id is distinct from ${exceptBookingId ?? null}
    group by taken.cell_id`);
  return rows.flatMap(({ cellId, times }) =>
    times.split(',').map((time) => {
      const [startsAt, endsAt, mark] = time.split(' ').map(Number) as [number, number, number];
      return {
        cellId,
        startsAt: startsAt * 1_000,
        endsAt: endsAt * 1_000,
        mark: cellMarks[mark]!,
      };
    }),
  );
};
