import { and, asc, desc, eq, gte, inArray, isNull, lte } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { cancellations, cancellationTerms } from '#db/schema/cancellations.ts';
import { rooms } from '#db/schema/rooms.ts';
import { closures } from '#db/schema/slots.ts';
import type { CancelGround } from '../bookings/rules/booking.ts';
import type { RoomClass } from '../rooms/schema.ts';
import type { BookingId } from '../shared/ids.ts';
import type { LocalDay } from '../shared/time.ts';
import type { KeptReason } from './rules/kept.ts';
import type { CancellationTerm } from './rules/terms.ts';

export const listTermsByVenue = async (
  db: Queryable,
  venueId: string,
): Promise<CancellationTerm[]> => {
  const rows = await db
    .select()
    .from(cancellationTerms)
    .where(eq(cancellationTerms.venueId, venueId))
    .orderBy(asc(cancellationTerms.roomClass), asc(cancellationTerms.keptBp));
  return rows.map(({ venueId: _venue, ...row }) => ({
    ...row,
    effectiveFrom: row.effectiveFrom as LocalDay,
  }));
};

export const findClassesOfRooms = async (
  db: Queryable,
  roomIds: readonly string[],
): Promise<ReadonlyMap<string, RoomClass>> => {
  const rows = await db
    .select({ id: rooms.id, roomClass: rooms.roomClass })
    .from(rooms)
    .where(inArray(rooms.id, [...roomIds]));
  return new Map(rows.map(({ id, roomClass }) => [id, roomClass]));
};

/** Stretches of days on which the whole venue is closed. */
export const listClosedStretches = (
  db: Queryable,
  venueId: string,
  range: { readonly from: LocalDay; readonly until: LocalDay },
) =>
  db
    .select({ startsOn: closures.startsOn, endsOn: closures.endsOn })
    .from(closures)
    .where(
      and(
        eq(closures.venueId, venueId),
        eq(closures.state, 'in_force'),
        isNull(closures.roomId),
        isNull(closures.cellIds),
        isNull(closures.bandCode),
        lte(closures.startsOn, range.until),
        gte(closures.endsOn, range.from),
      ),
    );

/** What was kept of a booking that ended, and why. */
export interface Cancellation {
  readonly bookingId: BookingId;
  readonly bookingVersion: number;
  readonly ground: CancelGround;
  readonly noticedOn: LocalDay;
  readonly feeYen: number;
  readonly keptYen: number;
  readonly reasons: readonly KeptReason[];
  readonly publication: 'published' | 'provisional';
  readonly createdAt: Date;
}

export const insertCancellation = async (tx: Queryable, row: Cancellation): Promise<void> => {
  await tx.insert(cancellations).values(row);
};

/** The newest: a booking that was restored can end again. */
export const findOptionalCancellation = async (
  db: Queryable,
  bookingId: string,
): Promise<Cancellation | undefined> => {
  const [row] = await db
    .select()
    .from(cancellations)
    .where(eq(cancellations.bookingId, bookingId))
    .orderBy(desc(cancellations.bookingVersion))
    .limit(1);
  return (
    row && {
      ...row,
      bookingId: row.bookingId as BookingId,
      noticedOn: row.noticedOn as LocalDay,
    }
  );
};
