import { and, asc, eq, gt, inArray, lt, not, or, sql, type SQL } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { keyset } from '#db/keyset.server.ts';
import { accounts } from '#db/schema/accounts.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { bookingQuotes, bookings, bookingUses } from '#db/schema/bookings.ts';
import { organizations } from '#db/schema/organizations.ts';
import { configurations, rooms } from '#db/schema/rooms.ts';
import { venues } from '#db/schema/venues.ts';
import type { PageOf } from '../../shared/lists.ts';
import { searchPatterns } from '../../shared/search.ts';
import { addDays, dayOf, instantAt, type LocalDay } from '../../shared/time.ts';
import { bookingStates, keepsCells, type BookingState } from '../rules/booking.ts';
import { isInLine } from '../rules/line.ts';
import type { BookingSort } from '../schema/list.ts';

export interface PlaceNames {
  readonly configurationId: string;
  readonly configurationNameJa: string;
  readonly configurationNameEn: string;
  readonly roomNameJa: string;
  readonly roomNameEn: string;
}

/** Names of the configurations of a booking and of their rooms. */
export const listPlaceNames = (
  db: Queryable,
  configurationIds: readonly string[],
): Promise<PlaceNames[]> =>
  db
    .select({
      configurationId: configurations.id,
      configurationNameJa: configurations.nameJa,
      configurationNameEn: configurations.nameEn,
      roomNameJa: rooms.nameJa,
      roomNameEn: rooms.nameEn,
    })
    .from(configurations)
    .innerJoin(rooms, eq(rooms.id, configurations.roomId))
    .where(inArray(configurations.id, [...configurationIds]));

export interface BookingFilter {
  /** What the reader may see; nothing of both means nothing at all. */
  readonly venueIds?: readonly string[];
  readonly organizationIds?: readonly string[];
  readonly state?: BookingState | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly query?: string | undefined;
  readonly endsBy?: LocalDay | undefined;
  readonly part?: 'live' | 'past' | undefined;
  readonly now: Date;
}

const usesOf = sql`(select min(${bookingUses.usedOn}) as first_on, max(${bookingUses.usedOn}) as last_on,
    array_agg(distinct ${rooms.nameJa}) as names_ja, array_agg(distinct ${rooms.nameEn}) as names_en
  from ${bookingUses} join ${rooms} on ${rooms.id} = ${bookingUses.roomId}
  where ${bookingUses.bookingId} = ${bookings.id})`;

/** `search` is kept by the database in the form of `searchText`. */
const contains = (query: string): SQL =>
  or(
    ...searchPatterns(query).map(
      (pattern) =>
        sql`(${bookings}.search like ${pattern} or ${organizations}.search like ${pattern})`,
    ),
  ) ?? sql`false`;

/** A use that goes on past midnight is on the next day, too. */
const isUsedWithin = ({ from, to }: Pick<BookingFilter, 'from' | 'to'>): SQL => {
  const midnightOf = (day: SQL) => sql`(${day}::timestamp at time zone ${venues.zone})`;
  return sql`exists (select 1 from ${bookingUses}
    join ${venues} on ${venues.id} = ${bookings.venueId}
    where ${bookingUses.bookingId} = ${bookings.id}
      and ${from ? sql`${bookingUses.endsAt} > ${midnightOf(sql`${from}::date`)}` : sql`true`}
      and ${to ? sql`${bookingUses.startsAt} < ${midnightOf(sql`(${to}::date + 1)`)}` : sql`true`})`;
};

const liveStates = bookingStates.filter(
  (state) => isInLine(state) || (keepsCells(state) && state !== 'settled'),
);

/** Somebody still has something to do with it, or to look forward to. */
const isLive = (now: Date): SQL => sql`(${inArray(bookings.state, liveStates)}
  and exists (select from ${bookingUses} where ${bookingUses.bookingId} = ${bookings.id}
    and ${bookingUses.usedOn} >= ${dayOf(now)}))`;

const isOfPart = (part: 'live' | 'past', now: Date): SQL =>
  part === 'live' ? isLive(now) : not(isLive(now));

/** Holds that still stand and end by the end of the day. */
const endsBy = (day: LocalDay, now: Date): SQL | undefined =>
  and(
    eq(bookings.state, 'held'),
    gt(bookings.holdExpiresAt, now),
    lt(bookings.holdExpiresAt, instantAt(addDays(day, 1), '00:00')),
  );

const matches = (filter: BookingFilter): SQL | undefined =>
  and(
    filter.venueIds ? inArray(bookings.venueId, [...filter.venueIds]) : undefined,
    filter.organizationIds
      ? inArray(bookings.organizationId, [...filter.organizationIds])
      : undefined,
    filter.state ? eq(bookings.state, filter.state) : undefined,
    filter.from || filter.to ? isUsedWithin(filter) : undefined,
    filter.query ? contains(filter.query) : undefined,
    filter.endsBy ? endsBy(filter.endsBy, filter.now) : undefined,
    filter.part ? isOfPart(filter.part, filter.now) : undefined,
  );

export const countBookings = async (db: Queryable, filter: BookingFilter): Promise<number> => {
  const [row] = await db
    .select({ total: sql<number>`count(*)::int` })
    .from(bookings)
    .innerJoin(organizations, eq(organizations.id, bookings.organizationId))
    .where(matches(filter));
  return row!.total;
};

const sortKeys = {
  createdAt: bookings.createdAt,
  requestedAt: sql`coalesce(${bookings.requestedAt}, ${bookings.createdAt})`,
  holdExpiresAt: bookings.holdExpiresAt,
  firstUsedOn: sql`used.first_on`,
  totalYen: sql`quoted.total_yen`,
};

export const listSummaries = (db: Queryable, filter: BookingFilter, page: PageOf<BookingSort>) => {
  const { isAfter, order, at } = keyset(sortKeys, bookings.id, page);
  return db
    .select({
      at,
      id: bookings.id,
      number: bookings.number,
      venueId: bookings.venueId,
      organizationName: organizations.name,
      state: bookings.state,
      title: bookings.title,
      firstUsedOn: sql<string>`used.first_on::text`,
      lastUsedOn: sql<string>`used.last_on::text`,
      roomNamesJa: sql<string[]>`used.names_ja`,
      roomNamesEn: sql<string[]>`used.names_en`,
      totalYen: sql<number>`quoted.total_yen`,
      isProvisional: sql<boolean>`quoted.is_provisional`,
      holdExpiresAt: bookings.holdExpiresAt,
      requestedAt: bookings.requestedAt,
      createdAt: bookings.createdAt,
      version: bookings.version,
    })
    .from(bookings)
    .innerJoin(organizations, eq(organizations.id, bookings.organizationId))
    .innerJoin(sql`lateral ${usesOf} as used`, sql`true`)
    .innerJoin(
      sql`lateral (select ${bookingQuotes.totalYen}, ${bookingQuotes.isProvisional} from ${bookingQuotes}
        where ${bookingQuotes.bookingId} = ${bookings.id}
        order by ${bookingQuotes.bookingVersion} desc limit 1) as quoted`,
      sql`true`,
    )
    .where(and(matches(filter), isAfter))
    .orderBy(...order)
    .limit(page.limit);
};

/** Who did what with the booking, oldest first, with names where a person acted. */
export const listHistory = (db: Queryable, bookingId: string) =>
  db
    .select({
      happenedAt: auditEntries.happenedAt,
      action: auditEntries.action,
      actorKind: sql<string>`${auditEntries.actor}->>'kind'`,
      actorName: accounts.name,
      reason: sql<string | null>`${auditEntries.after}->>'reason'`,
    })
    .from(auditEntries)
    .leftJoin(accounts, eq(accounts.id, sql`${auditEntries.actor}->>'accountId'`))
    .where(eq(auditEntries.subjectId, bookingId))
    .orderBy(asc(auditEntries.happenedAt), asc(auditEntries.id));
