import { and, asc, desc, eq, gt, isNull, lte, sql, type SQL } from 'drizzle-orm';
import { faultOf, type Queryable } from '#db/client.server.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { bookings, bookingUses, occupancies, waitingClaims } from '#db/schema/bookings.ts';
import { rooms } from '#db/schema/rooms.ts';
import { bookingErrors } from '../errors.ts';
import type { CellTime } from '../rules/line.ts';

export { lockCells, tryLockCells } from '#db/locks.server.ts';

const rangeText = ({ from, until }: CellTime) => `[${from.toISOString()},${until.toISOString()})`;

/** Times as rows of a query, called `wanted`. */
export const timesOf = (times: readonly CellTime[]): SQL => {
  const cellIds = times.map(({ cellId }) => cellId);
  const ranges = times.map(rangeText);
  return sql`unnest(${sql.param(cellIds)}::text[], ${sql.param(ranges)}::tstzrange[]) as wanted (cell_id, during)`;
};

/** The cells a booking has or wants, with all the cells of those who wait for any of them. */
export const listCellsOfLine = async (tx: Queryable, bookingId: string): Promise<string[]> => {
  const { rows } = await tx.execute<{ cell_id: string }>(sql`
    with own as (
      select cell_id, during from occupancies where booking_id = ${bookingId} and released_at is null
      union all
      select cell_id, during from waiting_claims where booking_id = ${bookingId} and released_at is null
    ), behind as (
      select distinct w.booking_id from waiting_claims w join own on own.cell_id = w.cell_id and own.during && w.during
      where w.released_at is null
    )
    select cell_id from own
    union
    select w.cell_id from waiting_claims w join behind using (booking_id) where w.released_at is null`);
  return rows.map((row) => row.cell_id);
};

export interface NextInLine {
  readonly bookingId: string;
  readonly cellIds: readonly string[];
}

/**
 * Who of those in line could have all they want, options before waits, each in the order of coming.
 * With `lapsedAt`, holds over by then do not count as taken.
 */
export const listServable = async (
  db: Queryable,
  asked: { readonly times?: readonly CellTime[]; readonly now: Date; readonly lapsedAt?: Date },
): Promise<NextInLine[]> => {
  const { times, now, lapsedAt } = asked;
  if (times?.length === 0) return [];
  const { rows } = await db.execute<{ id: string; cell_ids: string[] }>(sql`
    select b.id, array(select distinct own.cell_id from waiting_claims own
      where own.booking_id = b.id and own.released_at is null) as cell_ids
    from bookings b
    where b.state in ('optioned', 'waiting') and b.hold_expires_at > ${now.toISOString()}
      ${
        times
          ? sql`and b.id in (select w.booking_id from ${timesOf(times)}
        join waiting_claims w on w.cell_id = wanted.cell_id and w.during && wanted.during
        where w.released_at is null)`
          : sql``
      }
      and not exists (select 1 from waiting_claims own
        join occupancies o on o.cell_id = own.cell_id and o.during && own.during
        where own.booking_id = b.id and own.released_at is null and o.released_at is null
          ${lapsedAt ? sql`and not (o.state = 'held' and o.expires_at <= ${lapsedAt.toISOString()})` : sql``})
    order by b.state, b.queued_at, b.number
    limit 200`);
  return rows.map((row) => ({ bookingId: row.id, cellIds: row.cell_ids }));
};

/** Lapsed holds on any cell of these times, or of what those in line for them want. */
export const listLapsedInLine = async (
  db: Queryable,
  times: readonly CellTime[],
  now: Date,
): Promise<string[]> => {
  const { rows } = await db.execute<{ booking_id: string }>(sql`
    with behind as (select w.booking_id from ${timesOf(times)}
        join waiting_claims w on w.cell_id = wanted.cell_id and w.during && wanted.during
        where w.released_at is null),
      reach as (select wanted.cell_id, wanted.during from ${timesOf(times)}
        union all
        select w.cell_id, w.during from waiting_claims w join behind using (booking_id)
        where w.released_at is null)
    select distinct o.booking_id from occupancies o
    join reach on reach.cell_id = o.cell_id and reach.during && o.during
    where o.released_at is null and o.state = 'held' and o.expires_at <= ${now.toISOString()}
    order by 1`);
  return rows.map((row) => row.booking_id);
};

export const insertWaitingClaims = async (
  tx: Queryable,
  bookingId: string,
  times: readonly CellTime[],
): Promise<void> => {
  await tx
    .insert(waitingClaims)
    .values(
      times.map(({ cellId, from, until }) => ({ bookingId, cellId, during: { from, until } })),
    );
};

const waitingOf = (bookingId: string) =>
  and(eq(waitingClaims.bookingId, bookingId), isNull(waitingClaims.releasedAt));

export const listWaitingTimes = async (db: Queryable, bookingId: string): Promise<CellTime[]> => {
  const rows = await db
    .select({ cellId: waitingClaims.cellId, during: waitingClaims.during })
    .from(waitingClaims)
    .where(waitingOf(bookingId))
    .orderBy(asc(waitingClaims.id));
  return rows.map(({ cellId, during }) => ({ cellId, ...during }));
};

export const releaseWaiting = async (
  tx: Queryable,
  bookingId: string,
  now: Date,
): Promise<void> => {
  await tx.update(waitingClaims).set({ releasedAt: now }).where(waitingOf(bookingId));
};

/**
 * What was waited for is taken, each cell for the use that wants it; time no use wants is the
 * empty time after one. The constraint has the last word.
 */
export const takeWhatWasWaitedFor = async (
  tx: Queryable,
  bookingId: string,
  expiresAt: Date,
): Promise<void> => {
  try {
    await tx.execute(sql`
      insert into occupancies (cell_id, during, state, booking_id, use_id, expires_at, is_buffer)
      select w.cell_id, w.during, 'held', w.booking_id, used.id, ${expiresAt.toISOString()}, used.id is null
      from waiting_claims w
      left join lateral (
        select u.id from booking_uses u
        join configuration_cells part on part.configuration_id = u.configuration_id and part.cell_id = w.cell_id
        where u.booking_id = w.booking_id and tstzrange(u.starts_at, u.ends_at) && w.during
        order by array_position(array['event', 'rehearsal', 'setup', 'teardown', 'storage'], u.phase), u.position
        limit 1
      ) used on true
      where w.booking_id = ${bookingId} and w.released_at is null`);
  } catch (error) {
    if (faultOf(error)?.code === '23P01') throw bookingErrors.slot_taken({ cause: error });
    throw error;
  }
};

/** Moves the end of a hold on its cells, too. */
export const saveClaimExpiry = async (
  tx: Queryable,
  bookingId: string,
  expiresAt: Date,
): Promise<void> => {
  await tx.execute(sql`update occupancies set expires_at = ${expiresAt.toISOString()}
    where booking_id = ${bookingId} and released_at is null and state = 'held'`);
};

export const listRoomClasses = async (db: Queryable, bookingId: string) => {
  const rows = await db
    .selectDistinct({ roomClass: rooms.roomClass })
    .from(bookingUses)
    .innerJoin(rooms, eq(rooms.id, bookingUses.roomId))
    .where(eq(bookingUses.bookingId, bookingId));
  return rows.map(({ roomClass }) => roomClass);
};

export const listChallengedBy = async (db: Queryable, optionId: string): Promise<string[]> => {
  const rows = await db
    .select({ id: bookings.id })
    .from(bookings)
    .where(and(eq(bookings.challengedByBookingId, optionId), eq(bookings.state, 'held')))
    .orderBy(asc(bookings.id));
  return rows.map(({ id }) => id);
};

/** When the hold would have ended without the newest challenge: the trail knows. */
export const findExpiryBeforeChallenge = async (
  db: Queryable,
  holdId: string,
): Promise<Date | undefined> => {
  const [row] = await db
    .select({ before: sql<string | null>`${auditEntries.before}->>'holdExpiresAt'` })
    .from(auditEntries)
    .where(and(eq(auditEntries.subjectId, holdId), eq(auditEntries.action, 'bookings.challenged')))
    .orderBy(desc(auditEntries.happenedAt), desc(auditEntries.id))
    .limit(1);
  return row?.before ? new Date(row.before) : undefined;
};

export const listTakenTimes = async (db: Queryable, bookingId: string): Promise<CellTime[]> => {
  const rows = await db
    .select({ cellId: occupancies.cellId, during: occupancies.during })
    .from(occupancies)
    .where(and(eq(occupancies.bookingId, bookingId), isNull(occupancies.releasedAt)));
  return rows.map(({ cellId, during }) => ({ cellId, ...during }));
};

/** Live holds ending by a time, the first to end first. */
export const listHoldsEndingBy = async (
  db: Queryable,
  asked: { readonly now: Date; readonly until: Date; readonly limit: number },
): Promise<string[]> => {
  const rows = await db
    .select({ id: bookings.id })
    .from(bookings)
    .where(
      and(
        eq(bookings.state, 'held'),
        gt(bookings.holdExpiresAt, asked.now),
        lte(bookings.holdExpiresAt, asked.until),
      ),
    )
    .orderBy(asc(bookings.holdExpiresAt))
    .limit(asked.limit);
  return rows.map(({ id }) => id);
};
