import { and, gte, inArray, lte, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import type { Queryable } from '#db/client.server.ts';
import { closedDayRules, closures } from '#db/schema/slots.ts';
import type { LocalDay } from '../../shared/time.ts';
import type { ClosedSpan } from '../rules/closed.ts';

/** What closes the venues or their rooms between two days: every year, or this once. */
export const listClosedSpans = (
  db: Queryable,
  venueIds: readonly string[],
  from: LocalDay,
  to: LocalDay,
): Promise<ClosedSpan[]> =>
  unionAll(
    db
      .select({
        venueId: closures.venueId,
        roomId: closures.roomId,
        isYearly: sql<boolean>`false`.as('is_yearly'),
        from: sql<string>`${closures.startsOn}::text`.as('from_day'),
        to: sql<string>`${closures.endsOn}::text`.as('to_day'),
        reasonJa: closures.reasonJa,
        reasonEn: closures.reasonEn,
      })
      .from(closures)
      .where(
        and(
          inArray(closures.venueId, [...venueIds]),
          lte(closures.startsOn, to),
          gte(closures.endsOn, from),
        ),
      ),
    db
      .select({
        venueId: closedDayRules.venueId,
        roomId: sql<string | null>`null::text`.as('room_id'),
        isYearly: sql<boolean>`true`.as('is_yearly'),
        from: closedDayRules.fromMonthDay,
        to: closedDayRules.toMonthDay,
        reasonJa: closedDayRules.reasonJa,
        reasonEn: closedDayRules.reasonEn,
      })
      .from(closedDayRules)
      .where(inArray(closedDayRules.venueId, [...venueIds])),
  );
