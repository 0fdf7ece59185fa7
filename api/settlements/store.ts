import { eq } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { accounts } from '#db/schema/accounts.ts';
import { settlements } from '#db/schema/settlements.ts';

export const findOptionalSettlement = async (db: Queryable, bookingId: string) => {
  const [row] = await db
    .select({ settlement: settlements, settledByName: accounts.name })
    .from(settlements)
    .leftJoin(accounts, eq(accounts.id, settlements.settledByAccountId))
    .where(eq(settlements.bookingId, bookingId));
  return row && { ...row.settlement, settledByName: row.settledByName };
};

export const insertSettlement = async (
  tx: Queryable,
  row: typeof settlements.$inferInsert,
): Promise<void> => {
  await tx.insert(settlements).values(row);
};
