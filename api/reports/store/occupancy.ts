import { and, asc, between, eq, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { bookings, bookingUses } from '#db/schema/bookings.ts';
import {
  occupancyDefinitions,
  occupancyFigureRooms,
  occupancyFigures,
  occupancyPlans,
} from '#db/schema/reports.ts';
import { cells, rooms } from '#db/schema/rooms.ts';
import { bands, slots } from '#db/schema/slots.ts';
import { venues } from '#db/schema/venues.ts';
import type { LocalDay } from '../../shared/time.ts';
import type { MeasuredRoom, MeasuredUse } from '../rules/measure.ts';
import type { Figure, OccupancyFacts } from '../rules/occupancy.ts';
import { loadClosed } from './closed.ts';

const countedStates = ['approved', 'in_use', 'settled'] as const;

const listRooms = (db: Queryable, venueIds: readonly string[]): Promise<MeasuredRoom[]> =>
  db
    .select({
      id: rooms.id,
      venueId: rooms.venueId,
      nameJa: rooms.nameJa,
      nameEn: rooms.nameEn,
      slots: sql<MeasuredRoom['slots']>`array(
        select json_build_object('code', ${slots.code}, 'startsTime', ${slots.startsTime},
          'endsTime', ${slots.endsTime})
        from ${slots} where ${slots.venueId} = ${rooms.venueId} order by ${slots.sortOrder})`,
      cellIds: sql<string[]>`array(
        select ${cells.id} from ${cells} where ${cells.roomId} = ${rooms.id}
        order by ${cells.sortOrder})`,
    })
    .from(rooms)
    .innerJoin(venues, eq(venues.id, rooms.venueId))
    .where(inArray(rooms.venueId, [...venueIds]))
    .orderBy(asc(venues.sortOrder), asc(rooms.sortOrder));

const listUses = (
  db: Queryable,
  venueIds: readonly string[],
  from: LocalDay,
  to: LocalDay,
): Promise<MeasuredUse[]> =>
  db
    .selectDistinct({
      roomId: bookingUses.roomId,
      usedOn: sql<LocalDay>`${bookingUses.usedOn}::text`,
      slotCodes: bands.slotCodes,
      isEvent: sql<boolean>`${bookingUses.phase} = 'event'`,
    })
    .from(bookingUses)
    .innerJoin(bookings, eq(bookings.id, bookingUses.bookingId))
    .innerJoin(
      bands,
      and(eq(bands.venueId, bookings.venueId), eq(bands.code, bookingUses.bandCode)),
    )
    .where(
      and(
        between(bookingUses.usedOn, from, to),
        inArray(bookings.venueId, [...venueIds]),
        inArray(bookings.state, [...countedStates]),
      ),
    );

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

/** Everything a report is counted from, in five queries whatever the size. */
export const loadOccupancyFacts = async (
  db: Queryable,
  venueIds: readonly string[],
  from: LocalDay,
  to: LocalDay,
): Promise<OccupancyFacts> => {
  const [roomsFound, uses, closed, figures] = await Promise.all([
    listRooms(db, venueIds),
    listUses(db, venueIds, from, to),
    loadClosed(db, venueIds, from, to),
    listFigures(db, venueIds),
  ]);
  return { rooms: roomsFound, uses, closed, figures };
};
