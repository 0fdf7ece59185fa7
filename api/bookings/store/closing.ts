import type { CellTime } from '../rules/line.ts';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { faultOf, type Queryable } from '#db/client.server.ts';
import { occupancies } from '#db/schema/bookings.ts';
import { bookingErrors } from '../errors.ts';

export type ClaimRow = Pick<
  typeof occupancies.$inferSelect,
  'cellId' | 'during' | 'state' | 'useId' | 'expiresAt' | 'isBuffer'
>;

const liveOf = (bookingId: string) =>
  and(eq(occupancies.bookingId, bookingId), isNull(occupancies.releasedAt));

const wantedTimes = (times: readonly CellTime[]) => sql`(
  select cell_id, range_agg(during) as closed
  from unnest(${sql.param(times.map(({ cellId }) => cellId))}::text[],
    ${sql.param(times.map(({ from, until }) => `[${from.toISOString()},${until.toISOString()})`))}::tstzrange[])
    as wanted (cell_id, during) group by cell_id)`;

/** Bookings that keep a cell at one of these times, and whether anything but empty time is theirs there. */
export const listKeepers = async (
  db: Queryable,
  times: readonly CellTime[],
): Promise<{ bookingId: string; isUse: boolean }[]> => {
  const { rows } = await db.execute<{ booking_id: string; is_use: boolean }>(sql`
    select o.booking_id, bool_or(not o.is_buffer) as is_use
    from ${wantedTimes(times)} w
    join occupancies o on o.cell_id = w.cell_id and o.during && w.closed
    where o.released_at is null and o.booking_id is not null
    group by o.booking_id order by o.booking_id`);
  return rows.map((row) => ({ bookingId: row.booking_id, isUse: row.is_use }));
};

export const listClaimRows = (tx: Queryable, bookingId: string): Promise<ClaimRow[]> =>
  tx
    .select({
      cellId: occupancies.cellId,
      during: occupancies.during,
      state: occupancies.state,
      useId: occupancies.useId,
      expiresAt: occupancies.expiresAt,
      isBuffer: occupancies.isBuffer,
    })
    .from(occupancies)
    .where(liveOf(bookingId));

/** The cells a booking gave back last, as an approved booking keeps them. */
export const listLastClaimRows = async (tx: Queryable, bookingId: string): Promise<ClaimRow[]> => {
  const rows = await tx
    .select()
    .from(occupancies)
    .where(
      and(
        eq(occupancies.bookingId, bookingId),
        sql`${occupancies.releasedAt} = (select max(released_at) from occupancies
          where booking_id = ${bookingId})`,
      ),
    );
  return rows.map(({ cellId, during, useId, isBuffer }) => {
    return { cellId, during, useId, isBuffer, state: 'approved', expiresAt: null };
  });
};

/** Takes these times out of what any booking keeps; what is left of a row stays its booking's. */
export const cutClaims = async (
  tx: Queryable,
  times: readonly CellTime[],
  now: Date,
): Promise<void> => {
  await tx.execute(sql`
    with cut as (
      update occupancies o set released_at = ${now.toISOString()}
      from ${wantedTimes(times)} w
      where o.cell_id = w.cell_id and o.during && w.closed
        and o.released_at is null and o.booking_id is not null
      returning o.cell_id, o.state, o.booking_id, o.use_id, o.expires_at, o.is_buffer,
        tstzmultirange(o.during) - w.closed as left_over
    )
    insert into occupancies (cell_id, during, state, booking_id, use_id, expires_at, is_buffer)
    select cell_id, unnest(left_over), state, booking_id, use_id, expires_at, is_buffer from cut`);
};

/** Puts the cells of a booking back as they were noted. */
export const restoreClaims = async (
  tx: Queryable,
  bookingId: string,
  rows: readonly ClaimRow[],
  now: Date,
): Promise<void> => {
  await tx.update(occupancies).set({ releasedAt: now }).where(liveOf(bookingId));
  try {
    await tx.insert(occupancies).values(rows.map((row) => ({ ...row, bookingId })));
  } catch (error) {
    if (faultOf(error)?.code === '23P01') throw bookingErrors.slot_taken({ cause: error });
    throw error;
  }
};
