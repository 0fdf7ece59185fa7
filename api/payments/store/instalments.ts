import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { moneyEvents } from '#db/schema/ledgers.ts';
import { charges, instalments } from '#db/schema/payments.ts';
import { instalmentTerms } from '#db/schema/receivables.ts';
import { rooms } from '#db/schema/rooms.ts';
import type { Yen } from '../../shared/money.ts';
import type { LocalDay } from '../../shared/time.ts';
import type { Publication } from '../../venues/schema.ts';
import type { InstalmentTerm } from '../rules/instalment.ts';
import { chargeEventKinds, type Instalment, type StandingCharge } from '../rules/ledger.ts';

/** The terms of the first class of the rooms that has any: halls of exhibitions before meeting rooms. */
export const listInstalmentTerms = async (
  db: Queryable,
  { venueId, roomIds }: { venueId: string; roomIds: readonly string[] },
): Promise<(InstalmentTerm & { publication: Publication; source: string })[]> => {
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

export const insertInstalments = async (
  tx: Queryable,
  parts: readonly Instalment[],
): Promise<void> => {
  if (parts.length > 0) await tx.insert(instalments).values([...parts]);
};

export interface StandingOfBooking extends StandingCharge {
  readonly bookingId: string;
}

/** What stands of the charges of some bookings, by the books up to a day where one is named. */
export const listStandingCharges = async (
  db: Queryable,
  bookingIds: readonly string[],
  bookedUntil?: LocalDay,
): Promise<StandingOfBooking[]> => {
  if (bookingIds.length === 0) return [];
  const isOfBookings = inArray(charges.bookingId, [...bookingIds]);
  const [standing, parts] = await Promise.all([
    db
      .select({
        id: charges.id,
        bookingId: charges.bookingId,
        dueOn: charges.dueOn,
        createdAt: charges.createdAt,
        standingYen: sql<Yen>`coalesce(sum(${moneyEvents.amountYen}), 0)::int`,
      })
      .from(charges)
      .innerJoin(moneyEvents, eq(moneyEvents.chargeId, charges.id))
      .where(
        and(
          isOfBookings,
          inArray(moneyEvents.kind, chargeEventKinds),
          bookedUntil ? lte(moneyEvents.bookedOn, bookedUntil) : undefined,
        ),
      )
      .groupBy(charges.id)
      .orderBy(asc(charges.createdAt), asc(charges.id)),
    db
      .select({ part: instalments })
      .from(instalments)
      .innerJoin(charges, eq(charges.id, instalments.chargeId))
      .where(isOfBookings)
      .orderBy(asc(instalments.chargeId), asc(instalments.position)),
  ]);
  return standing.map((charge) => ({
    ...charge,
    id: charge.id as StandingCharge['id'],
    dueOn: charge.dueOn as LocalDay,
    instalments: parts
      .filter(({ part }) => part.chargeId === charge.id)
      .map(({ part }) => ({ ...part, dueOn: part.dueOn as LocalDay })),
  }));
};
