import { and, eq } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { reductionApplications } from '#db/schema/reductions.ts';

/** Whether somebody still has to decide about the fee. */
export const existsReductionApplied = async (
  db: Queryable,
  bookingId: string,
): Promise<boolean> => {
  const live = and(
    eq(reductionApplications.bookingId, bookingId),
    eq(reductionApplications.state, 'applied'),
  );
  return (await db.$count(reductionApplications, live)) > 0;
};
