import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { bookings, occupancies, waitingClaims } from '#db/schema/bookings.ts';
import { organizations } from '#db/schema/organizations.ts';
import type { CellTime } from '../rules/line.ts';
import { timesOf } from './line.ts';

export interface VenueLine {
  readonly bookingId: string;
  readonly number: string;
  readonly title: string;
  readonly organizationName: string;
  readonly venueId: string;
  readonly state: 'optioned' | 'waiting';
  readonly queuedAt: string;
  readonly rank: number;
  readonly firstUsedOn: string;
  readonly lastUsedOn: string;
  readonly placesJa: readonly string[];
  readonly placesEn: readonly string[];
  /** The bookings that have the cells now. */
  readonly before: readonly {
    readonly bookingId: string;
    readonly number: string;
    readonly title: string;
    readonly organizationName: string;
    readonly state: string;
    readonly holdExpiresAt: string;
    readonly challengeEndsAt: string | null;
  }[];
}

const linesMost = 300;

/** Everyone in line at some venues, the nearest use first, then in the order in which they are served. */
export const listLinesOfVenues = async (
  db: Queryable,
  venueIds: readonly string[],
  now: Date,
): Promise<VenueLine[]> => {
  const { rows } = await db.execute<{ line: VenueLine }>(sql`
    with standing as (
      select b.* from bookings b
      where b.venue_id = any(${sql.param([...venueIds])}::text[])
        and b.state in ('optioned', 'waiting') and b.hold_expires_at > ${now.toISOString()}
    ), wanted as (
      select w.booking_id, w.cell_id, w.during from waiting_claims w
      join standing on standing.id = w.booking_id where w.released_at is null
    ), used as (
      select u.booking_id, min(u.used_on) as first_on, max(u.used_on) as last_on,
        array_agg(distinct r.name_ja || ' ' || c.name_ja) as places_ja,
        array_agg(distinct r.name_en || ' ' || c.name_en) as places_en
      from booking_uses u join standing on standing.id = u.booking_id
      join rooms r on r.id = u.room_id join configurations c on c.id = u.configuration_id
      group by u.booking_id
    )
    select json_build_object(
      'bookingId', s.id, 'number', s.number, 'title', s.title, 'organizationName', o.name,
      'venueId', s.venue_id, 'state', s.state, 'queuedAt', s.queued_at,
      'firstUsedOn', used.first_on, 'lastUsedOn', used.last_on,
      'placesJa', used.places_ja, 'placesEn', used.places_en,
      'rank', (case s.state when 'optioned' then 2 else 1 end) + (
        select count(distinct ahead.id) from standing ahead
        join wanted theirs on theirs.booking_id = ahead.id
        join wanted own on own.cell_id = theirs.cell_id and own.during && theirs.during
        where own.booking_id = s.id and ahead.state = s.state
          and (ahead.queued_at, ahead.number) < (s.queued_at, s.number)),
      'before', coalesce((
        select json_agg(json_build_object('bookingId', h.id, 'number', h.number, 'title', h.title,
          'organizationName', h.name, 'state', h.state, 'holdExpiresAt', h.hold_expires_at,
          'challengeEndsAt', h.challenge_ends_at) order by h.number)
        from (
          select distinct hb.id, hb.number, hb.title, ho.name, hb.state, hb.hold_expires_at, hb.challenge_ends_at
          from wanted own
          join occupancies taken on taken.cell_id = own.cell_id and taken.during && own.during
          join bookings hb on hb.id = taken.booking_id
          join organizations ho on ho.id = hb.organization_id
          where own.booking_id = s.id and taken.released_at is null) h), '[]')
    ) as line
    from standing s
    join organizations o on o.id = s.organization_id
    join used on used.booking_id = s.id
    order by used.first_on, s.state, s.queued_at, s.number
    limit ${linesMost}`);
  return rows.map(({ line }) => line);
};

/** A booking or a closure that keeps others out of some cells; a lapsed hold no longer does. */
export interface InTheWayRow {
  readonly state: 'held' | 'requested' | 'approved' | 'closed';
  readonly bookingId: string | null;
  readonly organizationId: string | null;
  readonly organizationName: string | null;
  readonly number: string | null;
  readonly title: string | null;
  readonly holdExpiresAt: Date | null;
  readonly challengedAt: Date | null;
  readonly challengeEndsAt: Date | null;
}

export const listInTheWay = (
  db: Queryable,
  times: readonly CellTime[],
  now: Date,
): Promise<InTheWayRow[]> =>
  db
    .selectDistinct({
      state: occupancies.state,
      bookingId: occupancies.bookingId,
      organizationId: bookings.organizationId,
      organizationName: organizations.name,
      number: bookings.number,
      title: bookings.title,
      holdExpiresAt: occupancies.expiresAt,
      challengedAt: bookings.challengedAt,
      challengeEndsAt: bookings.challengeEndsAt,
    })
    .from(occupancies)
    .innerJoin(
      timesOf(times),
      sql`wanted.cell_id = ${occupancies.cellId} and wanted.during && ${occupancies.during}`,
    )
    .leftJoin(bookings, eq(bookings.id, occupancies.bookingId))
    .leftJoin(organizations, eq(organizations.id, bookings.organizationId))
    .where(
      and(
        isNull(occupancies.releasedAt),
        sql`not (${occupancies.state} = 'held' and ${occupancies.expiresAt} <= ${now.toISOString()})`,
      ),
    )
    .orderBy(asc(bookings.number));

export interface InLineRow {
  readonly bookingId: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly number: string;
  readonly title: string;
  readonly state: 'optioned' | 'waiting';
  readonly queuedAt: Date;
}

/** Who stands in line for any of these times, in the order in which they are served. */
export const listInLine = async (
  db: Queryable,
  times: readonly CellTime[],
  now: Date,
): Promise<InLineRow[]> => {
  if (times.length === 0) return [];
  const rows = await db
    .selectDistinct({
      bookingId: bookings.id,
      organizationId: bookings.organizationId,
      organizationName: organizations.name,
      number: bookings.number,
      title: bookings.title,
      state: bookings.state,
      queuedAt: bookings.queuedAt,
    })
    .from(waitingClaims)
    .innerJoin(
      timesOf(times),
      sql`wanted.cell_id = ${waitingClaims.cellId} and wanted.during && ${waitingClaims.during}`,
    )
    .innerJoin(bookings, eq(bookings.id, waitingClaims.bookingId))
    .innerJoin(organizations, eq(organizations.id, bookings.organizationId))
    .where(
      and(
        isNull(waitingClaims.releasedAt),
        inArray(bookings.state, ['optioned', 'waiting']),
        gt(bookings.holdExpiresAt, now),
      ),
    )
    .orderBy(asc(bookings.state), asc(bookings.queuedAt), asc(bookings.number));
  return rows as InLineRow[];
};
