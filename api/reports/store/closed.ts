import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { occupancies } from '#db/schema/bookings.ts';
import { closedDayRules, closures } from '#db/schema/slots.ts';
import { addDays, instantAt, type LocalDay } from '../../shared/time.ts';
import { closedBy, type Closed, type ClosedTime } from '../rules/closed.ts';

/** Closures as the cells they keep, from the one table that knows; what was lifted too late is told. */
const listClosedTimes = async (
  db: Queryable,
  venueIds: readonly string[],
  from: LocalDay,
  to: LocalDay,
): Promise<ClosedTime[]> => {
  const range = [instantAt(from, '00:00'), instantAt(addDays(to, 1), '00:00')] as const;
  const rows = await db
    .select({
      cellId: occupancies.cellId,
      during: occupancies.during,
      liftedAt: occupancies.releasedAt,
      reasonJa: closures.reasonJa,
      reasonEn: closures.reasonEn,
    })
    .from(closures)
    .innerJoin(occupancies, eq(occupancies.closureId, closures.id))
    .where(
      and(
        inArray(closures.venueId, [...venueIds]),
        sql`${occupancies.during} && tstzrange(${range[0].toISOString()}, ${range[1].toISOString()})`,
        or(
          isNull(occupancies.releasedAt),
          sql`${occupancies.releasedAt} > lower(${occupancies.during})`,
        ),
      ),
    );
  return rows.map(({ during, ...row }) => ({ ...row, ...during }));
};

const listRules = (db: Queryable, venueIds: readonly string[]) =>
  db
    .select({
      venueId: closedDayRules.venueId,
      fromMonthDay: closedDayRules.fromMonthDay,
      toMonthDay: closedDayRules.toMonthDay,
      reasonJa: closedDayRules.reasonJa,
      reasonEn: closedDayRules.reasonEn,
    })
    .from(closedDayRules)
    .where(inArray(closedDayRules.venueId, [...venueIds]));

/** What is closed of these venues between two days: cells for a time, days of every year. */
export const loadClosed = async (
  db: Queryable,
  venueIds: readonly string[],
  from: LocalDay,
  to: LocalDay,
): Promise<Closed> => {
  const [times, rules] = await Promise.all([
    listClosedTimes(db, venueIds, from, to),
    listRules(db, venueIds),
  ]);
  return closedBy(times, rules);
};
