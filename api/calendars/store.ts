import {
  and,
  asc,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNull,
  lt,
  lte,
  notInArray,
  or,
  sql,
  type SQL,
} from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { bookings, bookingUses, occupancies } from '#db/schema/bookings.ts';
import { calendarFeeds } from '#db/schema/calendars.ts';
import { organizationMembers, organizations } from '#db/schema/organizations.ts';
import { cells, configurations, rooms } from '#db/schema/rooms.ts';
import { closures } from '#db/schema/slots.ts';
import { venues } from '#db/schema/venues.ts';
import type { BookingState } from '../bookings/rules/booking.ts';
import { addDays, instantAt, type LocalDay } from '../shared/time.ts';
import { calendarErrors } from './errors.ts';
import {
  busyKindOf,
  type BusyPeriod,
  type CalendarClosure,
  type CalendarSpan,
  type CalendarUse,
  type PublicUse,
} from './rules.ts';

export type Feed = typeof calendarFeeds.$inferSelect;

const listUses = async (db: Queryable, which: SQL | undefined): Promise<CalendarUse[]> => {
  const rows = await db
    .select({
      useId: bookingUses.id,
      bookingId: bookings.id,
      number: bookings.number,
      version: bookings.version,
      state: bookings.state,
      title: bookings.title,
      isPublic: bookings.isPublic,
      holdExpiresAt: bookings.holdExpiresAt,
      updatedAt: bookings.updatedAt,
      venueNameJa: venues.nameJa,
      zone: venues.zone,
      roomId: rooms.id,
      roomNameJa: rooms.nameJa,
      configurationNameJa: configurations.nameJa,
      usedOn: bookingUses.usedOn,
      startsAt: bookingUses.startsAt,
      endsAt: bookingUses.endsAt,
      phase: bookingUses.phase,
    })
    .from(bookingUses)
    .innerJoin(bookings, eq(bookings.id, bookingUses.bookingId))
    .innerJoin(venues, eq(venues.id, bookings.venueId))
    .innerJoin(configurations, eq(configurations.id, bookingUses.configurationId))
    .innerJoin(rooms, eq(rooms.id, bookingUses.roomId))
    .where(which)
    .orderBy(asc(bookingUses.startsAt), asc(bookingUses.id));
  return rows.map((row) => ({ ...row, usedOn: row.usedOn as LocalDay }));
};

const isShown = (
  whose: SQL,
  states: readonly BookingState[],
  { from, to, cancelledSince }: CalendarSpan,
) =>
  and(
    whose,
    gte(bookingUses.usedOn, from),
    lte(bookingUses.usedOn, to),
    or(
      inArray(bookings.state, [...states]),
      and(eq(bookings.state, 'cancelled'), gte(bookings.cancelledAt, cancelledSince)),
    ),
  );

export const listUsesByVenue = (
  db: Queryable,
  venueId: string,
  states: readonly BookingState[],
  span: CalendarSpan,
): Promise<CalendarUse[]> => listUses(db, isShown(eq(bookings.venueId, venueId), states, span));

export const listUsesByOrganization = (
  db: Queryable,
  organizationId: string,
  states: readonly BookingState[],
  span: CalendarSpan,
): Promise<CalendarUse[]> =>
  listUses(db, isShown(eq(bookings.organizationId, organizationId), states, span));

const statesInLine: readonly BookingState[] = ['optioned', 'waiting'];

/** Whatever became of it; a booking that only waits in line has no time of its own yet. */
export const listUsesOfBooking = (db: Queryable, bookingId: string): Promise<CalendarUse[]> =>
  listUses(db, and(eq(bookings.id, bookingId), notInArray(bookings.state, [...statesInLine])));

/** Where an answer to a letter about a booking goes: the desk of its venue. */
export const findReplyAddress = async (
  db: Queryable,
  bookingId: string,
): Promise<string | undefined> => {
  const [row] = await db
    .select({ email: venues.email })
    .from(bookings)
    .innerJoin(venues, eq(venues.id, bookings.venueId))
    .where(eq(bookings.id, bookingId));
  return row?.email ?? undefined;
};

/** Uses the organizer agreed to show, the event itself only: not its set-up, not its rehearsal. */
export const listPublicUses = async (
  db: Queryable,
  states: readonly BookingState[],
  { from, to }: Pick<CalendarSpan, 'from' | 'to'>,
): Promise<PublicUse[]> => {
  const rows = await db
    .select({
      bookingId: bookings.id,
      venueId: venues.id,
      venueNameJa: venues.nameJa,
      venueNameEn: venues.nameEn,
      title: bookings.title,
      usedOn: bookingUses.usedOn,
      startsAt: bookingUses.startsAt,
      endsAt: bookingUses.endsAt,
      roomNameJa: rooms.nameJa,
      roomNameEn: rooms.nameEn,
    })
    .from(bookingUses)
    .innerJoin(bookings, eq(bookings.id, bookingUses.bookingId))
    .innerJoin(venues, eq(venues.id, bookings.venueId))
    .innerJoin(rooms, eq(rooms.id, bookingUses.roomId))
    .where(
      and(
        lt(bookingUses.startsAt, instantAt(addDays(to, 1), '00:00')),
        gt(bookingUses.endsAt, instantAt(from, '00:00')),
        eq(bookingUses.phase, 'event'),
        eq(bookings.isPublic, true),
        inArray(bookings.state, [...states]),
      ),
    )
    .orderBy(asc(bookingUses.startsAt), asc(venues.sortOrder), asc(bookingUses.id));
  return rows.map((row) => ({ ...row, usedOn: row.usedOn as LocalDay }));
};

/** The rooms of a closure, each with the parts that are shut where others of it are not. */
const closedPlaces = sql<string[]>`array(
  select room.name_ja || case when bool_and(kept) then '' else
    ' ' || string_agg(cell.name_ja, '・' order by cell.sort_order) filter (where kept) end
  from rooms room join cells cell on cell.room_id = room.id
  cross join lateral (
    select coalesce(cell.id = any(${closures}.cell_ids), room.id = ${closures}.room_id) as kept) shut
  where room.venue_id = ${closures}.venue_id
  group by room.id having bool_or(kept) order by room.sort_order)`;

/** The hours of the band that is shut of each day; absent where the day is. */
const closedHours = sql<{ startsTime: string; endsTime: string } | null>`(
  select json_build_object('startsTime', min(slot.starts_time), 'endsTime', max(slot.ends_time))
  from bands band join slots slot on slot.venue_id = band.venue_id and slot.code = any(band.slot_codes)
  where band.venue_id = ${closures}.venue_id and band.code = ${closures}.band_code
  having count(*) > 0)`;

/** Closures in force, with what of the venue they are of; no place stands for all of it. */
export const listClosuresByVenue = async (
  db: Queryable,
  venueId: string,
  { from, to }: CalendarSpan,
): Promise<CalendarClosure[]> => {
  const rows = await db
    .select({
      id: closures.id,
      startsOn: closures.startsOn,
      endsOn: closures.endsOn,
      reasonJa: closures.reasonJa,
      places: closedPlaces,
      hours: closedHours,
      createdAt: closures.createdAt,
    })
    .from(closures)
    .where(
      and(
        eq(closures.venueId, venueId),
        eq(closures.state, 'in_force'),
        lte(closures.startsOn, to),
        gte(closures.endsOn, from),
      ),
    )
    .orderBy(asc(closures.startsOn), asc(closures.id));
  return rows.map((row) => ({
    ...row,
    startsOn: row.startsOn as LocalDay,
    endsOn: row.endsOn as LocalDay,
  }));
};

/** Times in which any cell of the venue, or of one room, is taken; a hold that is over takes nothing. */
export const listBusyPeriods = async (
  db: Queryable,
  place: { venueId: string; roomId?: string },
  within: { from: Date; until: Date },
  now: Date,
): Promise<BusyPeriod[]> => {
  const range = `[${within.from.toISOString()},${within.until.toISOString()})`;
  const rows = await db
    .select({ during: occupancies.during, state: occupancies.state })
    .from(occupancies)
    .innerJoin(cells, eq(cells.id, occupancies.cellId))
    .innerJoin(rooms, eq(rooms.id, cells.roomId))
    .where(
      and(
        eq(rooms.venueId, place.venueId),
        place.roomId === undefined ? undefined : eq(rooms.id, place.roomId),
        isNull(occupancies.releasedAt),
        sql`${occupancies.during} && ${range}::tstzrange`,
        or(isNull(occupancies.expiresAt), sql`${occupancies.expiresAt} > ${now.toISOString()}`),
      ),
    );
  return rows.map(({ during, state }) => ({ ...during, kind: busyKindOf[state] }));
};

export const insertFeed = async (tx: Queryable, feed: Feed): Promise<void> => {
  await tx.insert(calendarFeeds).values(feed);
};

export const listFeedsByAccount = (db: Queryable, accountId: string): Promise<Feed[]> =>
  db
    .select()
    .from(calendarFeeds)
    .where(eq(calendarFeeds.accountId, accountId))
    .orderBy(desc(calendarFeeds.createdAt), desc(calendarFeeds.id));

export const findFeedOfAccount = async (
  tx: Queryable,
  id: string,
  accountId: string,
): Promise<Feed> => {
  const [row] = await tx
    .select()
    .from(calendarFeeds)
    .where(and(eq(calendarFeeds.id, id), eq(calendarFeeds.accountId, accountId)))
    .for('update');
  if (!row) throw calendarErrors.unknown();
  return row;
};

export const saveFeedRevoked = async (tx: Queryable, id: string, revokedAt: Date) => {
  await tx.update(calendarFeeds).set({ revokedAt }).where(eq(calendarFeeds.id, id));
};

/** The feed a token opens, with whose it is and whether its owner still belongs there. */
export const findFeedByToken = async (db: Queryable, tokenSha256: string) => {
  const [row] = await db
    .select({
      feed: calendarFeeds,
      organizationName: organizations.name,
      memberId: organizationMembers.accountId,
    })
    .from(calendarFeeds)
    .innerJoin(organizations, eq(organizations.id, calendarFeeds.organizationId))
    .leftJoin(
      organizationMembers,
      and(
        eq(organizationMembers.organizationId, calendarFeeds.organizationId),
        eq(organizationMembers.accountId, calendarFeeds.accountId),
      ),
    )
    .where(eq(calendarFeeds.tokenSha256, tokenSha256));
  if (!row) throw calendarErrors.unknown();
  return row;
};
