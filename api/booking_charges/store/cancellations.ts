import { sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { moneyEvents } from '#db/schema/ledgers.ts';

/** What is kept is charged once for the end of a booking. */
export const keptCause = (ended: { readonly bookingId: string; readonly bookingVersion: number }) =>
  `cancellation:${ended.bookingId}:${ended.bookingVersion}`;

/** Cancelled bookings of which something is kept that has not been charged yet, oldest first. */
export const listUnchargedCancellations = async (
  db: Queryable,
  limit: number,
): Promise<string[]> => {
  const { rows } = await db.execute<{ booking_id: string }>(sql`
    select kept.booking_id from cancellations kept
    join bookings b on b.id = kept.booking_id and b.version = kept.booking_version
    where b.state = 'cancelled' and kept.kept_yen > 0 and not exists (select from charges
      where cause = 'cancellation:' || kept.booking_id || ':' || kept.booking_version)
    order by kept.created_at, kept.booking_id limit ${limit}`);
  return rows.map((row) => row.booking_id);
};

/** What stands of the fees for changes of a booking. */
export const findChangeFeesYen = async (db: Queryable, bookingId: string): Promise<number> => {
  const {
    rows: [row],
  } = await db.execute<{ standing_yen: number }>(sql`
    select coalesce(sum(e.amount_yen), 0)::int as standing_yen
    from ${moneyEvents} e join charges c on c.id = e.charge_id
    where e.billing_account_id = ${bookingId} and c.kind = 'change'
      and e.kind in ('charged', 'charge_reduced', 'charge_reversed', 'rebated')`);
  return row!.standing_yen;
};
