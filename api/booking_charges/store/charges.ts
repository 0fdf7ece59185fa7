import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { bookings } from '#db/schema/bookings.ts';
import { moneyEvents } from '#db/schema/ledgers.ts';
import { charges } from '#db/schema/payments.ts';
import { instalmentTerms } from '#db/schema/receivables.ts';
import { rooms } from '#db/schema/rooms.ts';
import { agreedStates } from '../../bookings/rules/booking.ts';
import type { Yen } from '../../shared/money.ts';
import type { InstalmentTerm } from '../rules/instalment.ts';

/** The terms of the first class of the rooms that has any: halls of exhibitions before meeting rooms. */
export const listInstalmentTerms = async (
  db: Queryable,
  { venueId, roomIds }: { venueId: string; roomIds: readonly string[] },
): Promise<InstalmentTerm[]> => {
  const rows = await db
    .selectDistinct({ term: instalmentTerms })
    .from(instalmentTerms)
    .innerJoin(rooms, eq(rooms.roomClass, instalmentTerms.roomClass))
    .where(and(eq(instalmentTerms.venueId, venueId), inArray(rooms.id, [...roomIds])))
    .orderBy(asc(instalmentTerms.roomClass), asc(instalmentTerms.position));
  const classes = instalmentTerms.roomClass.enumValues;
  const first = classes.find((one) => rows.some(({ term }) => term.roomClass === one));
  return rows.map(({ term }) => term).filter(({ roomClass }) => roomClass === first);
};

// A rebate leaves the promised price as it is, so it is no part of what is brought to that price.
const priceKinds = sql`('charged', 'charge_reduced', 'charge_reversed')`;

/** What stands charged of the promised price for the use itself; not what was settled afterwards. */
export const findChargedYen = async (db: Queryable, bookingId: string): Promise<Yen> => {
  const [row] = await db
    .select({ chargedYen: sql<number>`coalesce(sum(${moneyEvents.amountYen}), 0)::int` })
    .from(moneyEvents)
    .innerJoin(charges, eq(charges.id, moneyEvents.chargeId))
    .where(
      and(
        eq(moneyEvents.billingAccountId, bookingId),
        sql`${moneyEvents.kind} in ${priceKinds}`,
        inArray(charges.kind, ['booking', 'amendment']),
        isNull(charges.reversedAt),
      ),
    );
  return row!.chargedYen;
};

/** Charged bookings whose promised price is another one now. */
export const listUnadjustedBookings = async (db: Queryable, limit: number): Promise<string[]> => {
  const { rows } = await db.execute<{ id: string }>(sql`
    select b.id from bookings b
    join lateral (select sum(e.amount_yen) as charged_yen from money_events e
      join charges c on c.id = e.charge_id
      where e.billing_account_id = b.id and e.kind in ${priceKinds} and c.kind in ('booking', 'amendment')
        and c.reversed_at is null
      having count(*) > 0) money on true
    join lateral (select q.total_yen from booking_quotes q where q.booking_id = b.id
      order by q.booking_version desc limit 1) promised on true
    where b.state in ('approved', 'in_use') and money.charged_yen <> promised.total_yen
    order by b.id limit ${limit}`);
  return rows.map(({ id }) => id);
};

/** Approved bookings nothing has been charged for, oldest approval first. */
export const listUnchargedBookings = async (db: Queryable, limit: number): Promise<string[]> => {
  const rows = await db
    .select({ id: bookings.id })
    .from(bookings)
    .leftJoin(charges, eq(charges.billingAccountId, bookings.id))
    .where(and(inArray(bookings.state, [...agreedStates]), isNull(charges.id)))
    .orderBy(asc(bookings.decidedAt), asc(bookings.id))
    .limit(limit);
  return rows.map(({ id }) => id);
};
