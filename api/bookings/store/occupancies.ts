import { and, eq, isNull, sql } from 'drizzle-orm';
import { faultOf, type Queryable } from '#db/client.server.ts';
import { occupancies } from '#db/schema/bookings.ts';
import { bookingErrors } from '../errors.ts';
import type { CellClaim } from '../rules/placement.ts';

/** Something live on a cell that a claim wants. */
export interface Obstacle {
  readonly cellId: string;
  readonly from: Date;
  readonly until: Date;
  readonly state: 'held' | 'requested' | 'approved' | 'closed';
  readonly bookingId: string | null;
  readonly expiresAt: Date | null;
  readonly isBuffer: boolean;
}

const rangeText = ({ from, until }: CellClaim) => `[${from.toISOString()},${until.toISOString()})`;

export const listObstacles = async (
  tx: Queryable,
  claims: readonly CellClaim[],
): Promise<Obstacle[]> => {
  const cellIds = claims.map(({ cellId }) => cellId);
  const ranges = claims.map(rangeText);
  const { rows } = await tx.execute<{
    cell_id: string;
    starts: string;
    ends: string;
    state: Obstacle['state'];
    booking_id: string | null;
    expires_at: string | null;
    is_buffer: boolean;
  }>(sql`
    select o.cell_id, lower(o.during) as starts, upper(o.during) as ends, o.state, o.booking_id, o.expires_at, o.is_buffer
    from unnest(${sql.param(cellIds)}::text[], ${sql.param(ranges)}::tstzrange[]) as wanted (cell_id, during)
    join occupancies o on o.cell_id = wanted.cell_id and o.during && wanted.during
    where o.released_at is null`);
  return rows.map((row) => ({
    cellId: row.cell_id,
    from: new Date(row.starts),
    until: new Date(row.ends),
    state: row.state,
    bookingId: row.booking_id,
    expiresAt: row.expires_at === null ? null : new Date(row.expires_at),
    isBuffer: row.is_buffer,
  }));
};

/** The constraint has the last word: what it refuses is `bookings.slot_taken`. */
export const insertClaims = async (
  tx: Queryable,
  claims: readonly CellClaim[],
  held: { bookingId: string; expiresAt: Date | null; state?: 'held' | 'requested' | 'approved' },
): Promise<void> => {
  try {
    await tx.insert(occupancies).values(
      claims.map(({ cellId, useId, from, until, isBuffer = false }) => ({
        cellId,
        useId,
        during: { from, until },
        isBuffer,
        state: 'held' as const,
        ...held,
      })),
    );
  } catch (error) {
    if (faultOf(error)?.code === '23P01') throw bookingErrors.slot_taken({ cause: error });
    throw error;
  }
};

const liveOf = (bookingId: string) =>
  and(eq(occupancies.bookingId, bookingId), isNull(occupancies.releasedAt));

export const saveClaimState = async (
  tx: Queryable,
  bookingId: string,
  state: 'requested' | 'approved',
) => {
  await tx.update(occupancies).set({ state, expiresAt: null }).where(liveOf(bookingId));
};

/** Gives the cells back and says which, and when they were taken for. */
export const releaseClaims = async (
  tx: Queryable,
  bookingId: string,
  now: Date,
): Promise<{ cellId: string; from: Date; until: Date }[]> => {
  const rows = await tx
    .update(occupancies)
    .set({ releasedAt: now })
    .where(liveOf(bookingId))
    .returning({ cellId: occupancies.cellId, during: occupancies.during });
  return rows.map(({ cellId, during }) => ({ cellId, ...during }));
};
