import { sql } from 'drizzle-orm';
import type { Transaction } from './client.server.ts';

/**
 * Lets one transaction at a time change what is taken of these cells, until it ends.
 * Every writer of occupancies calls this before it looks; the order keeps two of them from waiting for each other.
 */
export const lockCells = async (tx: Transaction, cellIds: readonly string[]): Promise<void> => {
  const sorted = [...new Set(cellIds)].sort();
  if (sorted.length === 0) return;
  const rows = sql.join(
    sorted.map((id) => sql`(${id}::text)`),
    sql`, `,
  );
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(cell.id, 0)) from (values ${rows}) as cell (id)`,
  );
};
