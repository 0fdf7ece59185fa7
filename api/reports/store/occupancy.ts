import { and, asc, between, eq, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { bookings, bookingUses } from '#db/schema/bookings.ts';
import { organizations } from '#db/schema/organizations.ts';
import {
  occupancyDefinitions,
  occupancyFigureRooms,
  occupancyFigures,
  occupancyPlans,
} from '#db/schema/reports.ts';
import { cells, configurations, rooms } from '#db/schema/rooms.ts';
import { bands, slots } from '#db/schema/slots.ts';
import { venues } from '#db/schema/venues.ts';
import { agreedStates } from '../../bookings/rules/booking.ts';
import { fiscalYearOf, localDay, type FiscalYear, type LocalDay } from '../../shared/time.ts';
import type { MeasuredRoom, MeasuredUse } from '../rules/measure.ts';
import type { Figure, OccupancyFacts } from '../rules/occupancy.ts';
import { loadClosed } from './closed.ts';

const listRooms = (db: Queryable, venueIds: readonly string[]): Promise<MeasuredRoom[]> =>
  db
    .select({
      id: rooms.id,
      venueId: rooms.venueId,
      nameJa: rooms.nameJa,
      nameEn: rooms.nameEn,
      slots: sql<MeasuredRoom['slots']>`array(
        select json_build_object('code', ${slots.code}, 'nameJa', ${slots.nameJa},
          'nameEn', ${slots.nameEn}, 'startsTime', ${slots.startsTime}, 'endsTime', ${slots.endsTime})
        from ${slots} where ${slots.venueId} = ${rooms.venueId} order by ${slots.sortOrder})`,
      cellIds: sql<string[]>`array(
        select ${cells.id} from ${cells} where ${cells.roomId} = ${rooms.id}
        order by ${cells.sortOrder})`,
    })
    .from(rooms)
    .innerJoin(venues, eq(venues.id, rooms.venueId))
    .where(inArray(rooms.venueId, [...venueIds]))
    .orderBy(asc(venues.sortOrder), asc(rooms.sortOrder));

const measured = {
  roomId: bookingUses.roomId,
  usedOn: sql<LocalDay>`${bookingUses.usedOn}::text`,
  slotCodes: bands.slotCodes,
  isEvent: sql<boolean>`${bookingUses.phase} = 'event'`,
};

const bandOfUse = and(eq(bands.venueId, bookings.venueId), eq(bands.code, bookingUses.bandCode));

const isCounted = (venueIds: readonly string[], from: LocalDay, to: LocalDay) =>
  and(
    between(bookingUses.usedOn, from, to),
    inArray(bookings.venueId, [...venueIds]),
    inArray(bookings.state, [...agreedStates]),
  );

const listUses = (
  db: Queryable,
  venueIds: readonly string[],
  from: LocalDay,
  to: LocalDay,
): Promise<MeasuredUse[]> =>
  db
    .selectDistinct(measured)
    .from(bookingUses)
    .innerJoin(bookings, eq(bookings.id, bookingUses.bookingId))
    .innerJoin(bands, bandOfUse)
    .where(isCounted(venueIds, from, to));

/** The uses a report counts, each with the booking it is of. */
export const listCountedUses = (
  db: Queryable,
  venueIds: readonly string[],
  from: LocalDay,
  to: LocalDay,
) =>
  db
    .select({
      ...measured,
      bookingId: bookings.id,
      number: bookings.number,
      title: bookings.title,
      organizationName: organizations.name,
      phase: bookingUses.phase,
      configurationNameJa: configurations.nameJa,
      configurationNameEn: configurations.nameEn,
      startsAt: bookingUses.startsAt,
      endsAt: bookingUses.endsAt,
    })
    .from(bookingUses)
    .innerJoin(bookings, eq(bookings.id, bookingUses.bookingId))
    .innerJoin(organizations, eq(organizations.id, bookings.organizationId))
    .innerJoin(configurations, eq(configurations.id, bookingUses.configurationId))
    .innerJoin(bands, bandOfUse)
    .where(isCounted(venueIds, from, to))
    .orderBy(asc(bookingUses.startsAt), asc(bookingUses.id));

/** From the beginning of the first fiscal year to the end of the last. */
const yearsAround = (from: LocalDay, to: LocalDay): [LocalDay, LocalDay] => [
  localDay(`${fiscalYearOf(from)}-04-01`),
  localDay(`${fiscalYearOf(to) + 1}-03-31`),
];

/** The fiscal years between two days in which a venue has any booking, whatever became of it. */
const listYears = async (
  db: Queryable,
  venueIds: readonly string[],
  from: LocalDay,
  to: LocalDay,
): Promise<OccupancyFacts['years']> => {
  const year = sql<FiscalYear>`extract(year from ${bookingUses.usedOn} - interval '3 months')::int`;
  const rows = await db
    .selectDistinct({ venueId: bookings.venueId, year })
    .from(bookingUses)
    .innerJoin(bookings, eq(bookings.id, bookingUses.bookingId))
    .where(
      and(
        between(bookingUses.usedOn, ...yearsAround(from, to)),
        inArray(bookings.venueId, [...venueIds]),
      ),
    );
  const years = new Map<string, Set<FiscalYear>>();
  for (const row of rows)
    years.set(row.venueId, (years.get(row.venueId) ?? new Set()).add(row.year));
  return years;
};

const listFigures = (db: Queryable, venueIds: readonly string[]): Promise<Figure[]> =>
  db
    .select({
      id: occupancyFigures.id,
      venueId: occupancyFigures.venueId,
      nameJa: occupancyFigures.nameJa,
      nameEn: occupancyFigures.nameEn,
      roomIds: sql<string[]>`array(
        select ${occupancyFigureRooms.roomId} from ${occupancyFigureRooms}
        where ${occupancyFigureRooms.figureId} = ${occupancyFigures.id})`,
      plans: sql<Figure['plans']>`(
        select coalesce(json_agg(json_build_object(
          'fiscalYear', ${occupancyPlans.fiscalYear},
          'plannedRateBp', ${occupancyPlans.plannedRateBp},
          'source', ${occupancyPlans.source})), '[]')
        from ${occupancyPlans} where ${occupancyPlans.figureId} = ${occupancyFigures.id})`,
      definitions: sql<Figure['definitions']>`(
        select coalesce(json_agg(json_build_object(
          'effectiveFrom', ${occupancyDefinitions.effectiveFrom},
          'definition', ${occupancyDefinitions.definition},
          'countsSetup', ${occupancyDefinitions.countsSetup},
          'source', ${occupancyDefinitions.source})), '[]')
        from ${occupancyDefinitions}
        where ${occupancyDefinitions.figureId} = ${occupancyFigures.id})`,
    })
    .from(occupancyFigures)
    .innerJoin(venues, eq(venues.id, occupancyFigures.venueId))
    .where(inArray(occupancyFigures.venueId, [...venueIds]))
    .orderBy(asc(venues.sortOrder), asc(occupancyFigures.sortOrder));

/** Everything a report is counted from, in six queries whatever the size. */
export const loadOccupancyFacts = async (
  db: Queryable,
  venueIds: readonly string[],
  from: LocalDay,
  to: LocalDay,
): Promise<OccupancyFacts> => {
  const [roomsFound, uses, closed, figures, years] = await Promise.all([
    listRooms(db, venueIds),
    listUses(db, venueIds, from, to),
    loadClosed(db, venueIds, from, to),
    listFigures(db, venueIds),
    listYears(db, venueIds, from, to),
  ]);
  return { rooms: roomsFound, uses, closed, figures, years };
};
