import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { bookings } from '#db/schema/bookings.ts';
import { moneyEvents } from '#db/schema/ledgers.ts';
import { organizations } from '#db/schema/organizations.ts';

const owedSum = sql<number>`coalesce(sum(${moneyEvents.amountYen}), 0)::int`;

const balances = (db: Queryable) =>
  db
    .select({
      bookingId: bookings.id,
      venueId: bookings.venueId,
      number: bookings.number,
      title: bookings.title,
      organizationId: organizations.id,
      organizationName: organizations.name,
      organizationKana: organizations.nameKana,
      owedYen: owedSum,
    })
    .from(bookings)
    .innerJoin(organizations, eq(organizations.id, bookings.organizationId))
    .leftJoin(moneyEvents, eq(moneyEvents.bookingId, bookings.id))
    .groupBy(bookings.id, organizations.id);

export type BookingBalance = Awaited<ReturnType<typeof balances>>[number];

/** Every booking of some venues that owes something. */
export const listOwing = (db: Queryable, venueIds: readonly string[]): Promise<BookingBalance[]> =>
  balances(db)
    .where(inArray(bookings.venueId, [...venueIds]))
    .having(sql`${owedSum} > 0`)
    .orderBy(bookings.number);

export const findOptionalByNumber = async (
  db: Queryable,
  venueId: string,
  number: string,
): Promise<BookingBalance | undefined> => {
  const [row] = await balances(db).where(
    and(eq(bookings.venueId, venueId), eq(bookings.number, number)),
  );
  return row;
};

export const listBalances = (
  db: Queryable,
  venueId: string,
  bookingIds: readonly string[],
): Promise<BookingBalance[]> =>
  balances(db).where(and(eq(bookings.venueId, venueId), inArray(bookings.id, [...bookingIds])));
