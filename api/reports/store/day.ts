import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { bookings, bookingUses, occupancies } from '#db/schema/bookings.ts';
import { organizations } from '#db/schema/organizations.ts';
import { moneyEvents } from '#db/schema/ledgers.ts';
import { cells, configurations, rooms } from '#db/schema/rooms.ts';
import { slots } from '#db/schema/slots.ts';
import { venues } from '#db/schema/venues.ts';
import { addDays, instantAt, type LocalDay } from '../../shared/time.ts';
import type { BoardBooking, BoardCell, BoardFacts, ShownState } from '../rules/board.ts';
import { loadClosed } from './closed.ts';

const shownStates: readonly ShownState[] = ['held', 'requested', 'approved', 'in_use', 'settled'];

/** Owed less received; absent while nothing was charged. */
const balanceYen = sql<number | null>`(
  select sum(${moneyEvents.amountYen})::int from ${moneyEvents}
  where ${moneyEvents.billingAccountId} = ${bookings.id})`;

/** A lapsed hold is free even before the sweep has written it down. */
const isLive = (now: Date) => or(ne(bookings.state, 'held'), gt(bookings.holdExpiresAt, now));

/** Whoever is in the house on a day: also who came the evening before and stays past midnight. */
export const listUsesOn = async (
  db: Queryable,
  venueIds: readonly string[],
  day: LocalDay,
  now: Date,
) => {
  const rows = await db
    .select({
      bookingId: bookings.id,
      number: bookings.number,
      title: bookings.title,
      organizationName: organizations.name,
      state: bookings.state,
      phase: bookingUses.phase,
      venueId: bookings.venueId,
      roomNameJa: rooms.nameJa,
      roomNameEn: rooms.nameEn,
      configurationNameJa: configurations.nameJa,
      configurationNameEn: configurations.nameEn,
      bandCode: bookingUses.bandCode,
      startsAt: bookingUses.startsAt,
      endsAt: bookingUses.endsAt,
      attendance: bookings.attendance,
      balanceYen,
    })
    .from(bookingUses)
    .innerJoin(bookings, eq(bookings.id, bookingUses.bookingId))
    .innerJoin(organizations, eq(organizations.id, bookings.organizationId))
    .innerJoin(rooms, eq(rooms.id, bookingUses.roomId))
    .innerJoin(venues, eq(venues.id, bookings.venueId))
    .innerJoin(configurations, eq(configurations.id, bookingUses.configurationId))
    .where(
      and(
        lt(bookingUses.startsAt, instantAt(addDays(day, 1), '00:00')),
        gt(bookingUses.endsAt, instantAt(day, '00:00')),
        inArray(bookings.venueId, [...venueIds]),
        inArray(bookings.state, [...shownStates]),
        isLive(now),
      ),
    )
    .orderBy(asc(venues.sortOrder), asc(bookingUses.startsAt), asc(rooms.sortOrder));
  return rows.map((row) => ({ ...row, state: row.state as ShownState }));
};

const listCells = async (db: Queryable, venueId: string): Promise<BoardCell[]> => {
  const rows = await db
    .select({ cell: cells, room: rooms })
    .from(cells)
    .innerJoin(rooms, eq(rooms.id, cells.roomId))
    .where(eq(rooms.venueId, venueId))
    .orderBy(asc(rooms.sortOrder), asc(cells.sortOrder));
  return rows.map(({ cell, room }) => ({
    cellId: cell.id,
    nameJa: cell.nameJa,
    nameEn: cell.nameEn,
    room,
  }));
};

const listBookingsOn = async (
  db: Queryable,
  venueId: string,
  day: LocalDay,
  now: Date,
): Promise<BoardBooking[]> => {
  const from = instantAt(day, '00:00').toISOString();
  const until = instantAt(addDays(day, 1), '00:00').toISOString();
  const rows = await db
    .select({
      cellId: occupancies.cellId,
      during: occupancies.during,
      bookingId: bookings.id,
      number: bookings.number,
      title: bookings.title,
      organizationName: organizations.name,
      phase: bookingUses.phase,
      state: bookings.state,
      balanceYen,
      isBuffer: occupancies.isBuffer,
    })
    .from(occupancies)
    .innerJoin(bookings, eq(bookings.id, occupancies.bookingId))
    .innerJoin(organizations, eq(organizations.id, bookings.organizationId))
    .innerJoin(bookingUses, eq(bookingUses.id, occupancies.useId))
    .where(
      and(
        eq(bookings.venueId, venueId),
        isNull(occupancies.releasedAt),
        isNotNull(occupancies.useId),
        sql`${occupancies.during} && tstzrange(${from}, ${until})`,
        inArray(bookings.state, [...shownStates]),
        isLive(now),
      ),
    );
  return rows.map(({ during, ...row }) => ({
    ...row,
    from: during.from,
    until: during.until,
    state: row.state as ShownState,
  }));
};

/** The board of a venue's day in five queries. */
export const loadBoardFacts = async (
  db: Queryable,
  venueId: string,
  day: LocalDay,
  now: Date,
): Promise<BoardFacts> => {
  const [slotsFound, cellsFound, bookingsFound, closed] = await Promise.all([
    db
      .select({
        code: slots.code,
        nameJa: slots.nameJa,
        nameEn: slots.nameEn,
        startsTime: slots.startsTime,
        endsTime: slots.endsTime,
      })
      .from(slots)
      .where(eq(slots.venueId, venueId))
      .orderBy(asc(slots.sortOrder)),
    listCells(db, venueId),
    listBookingsOn(db, venueId, day, now),
    loadClosed(db, [venueId], day, day),
  ]);
  return { slots: slotsFound, cells: cellsFound, bookings: bookingsFound, closed };
};
