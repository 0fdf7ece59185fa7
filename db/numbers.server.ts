import { sql } from 'drizzle-orm';
import type { Queryable } from './client.server.ts';
import { numberSequences } from './schema/numbers.ts';

/** The next number of a sequence, without gaps: the row stays locked until the transaction ends. */
export const takeNumber = async (tx: Queryable, sequence: string): Promise<number> => {
  const [row] = await tx
    .insert(numberSequences)
    .values({ id: sequence, lastNumber: 1 })
    .onConflictDoUpdate({
      target: numberSequences.id,
      set: { lastNumber: sql`${numberSequences.lastNumber} + 1` },
    })
    .returning({ number: numberSequences.lastNumber });
  return row!.number;
};
