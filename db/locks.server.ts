import { sql } from 'drizzle-orm';
import type { Queryable } from './client.server.ts';

/**
 * Lets one transaction at a time change what is taken of these cells, until it ends.
 * Every writer of occupancies calls this before it looks; the database function keeps one order,
 * so that two of them never wait for each other.
 */
export const lockCells = async (tx: Queryable, cellIds: readonly string[]): Promise<void> => {
  await tx.execute(sql`select lock_cells(${sql.param([...new Set(cellIds)])}::text[])`);
};

/** Locks the cells only if nobody else has them: nothing is waited for, so nothing can deadlock. */
export const tryLockCells = async (tx: Queryable, cellIds: readonly string[]): Promise<boolean> => {
  const {
    rows: [row],
  } = await tx.execute<{ locked: boolean }>(sql`
    select coalesce(bool_and(pg_try_advisory_xact_lock(hashtextextended(id, 0))), true) as locked
    from unnest(${sql.param([...new Set(cellIds)])}::text[]) as id`);
  return row!.locked;
};
