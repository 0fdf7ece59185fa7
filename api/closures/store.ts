import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm';
import { faultOf, type Queryable } from '#db/client.server.ts';
import { accounts } from '#db/schema/accounts.ts';
import { bookings, occupancies } from '#db/schema/bookings.ts';
import { closureEffects } from '#db/schema/closures.ts';
import { organizations } from '#db/schema/organizations.ts';
import { moneyEvents } from '#db/schema/ledgers.ts';
import { closures } from '#db/schema/slots.ts';
import type { CellTime } from '../bookings/rules/line.ts';
import { closureErrors } from './errors.ts';

export type ClosureRow = typeof closures.$inferSelect;
export type EffectRow = typeof closureEffects.$inferSelect;

/** What has been paid for each of these bookings. */
export const listPaidYen = async (
  db: Queryable,
  bookingIds: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  const rows = await db
    .select({
      bookingId: moneyEvents.billingAccountId,
      paidYen: sql<number>`coalesce(-sum(${moneyEvents.amountYen})
        filter (where ${moneyEvents.kind} in ('received', 'allocated', 'returned', 'return_bounced',
          'dispute_withdrawn', 'dispute_reinstated')),
        0)::int`,
    })
    .from(moneyEvents)
    .where(inArray(moneyEvents.billingAccountId, [...bookingIds]))
    .groupBy(moneyEvents.billingAccountId);
  return new Map(rows.map((row) => [row.bookingId!, row.paidYen]));
};

export const insertClosure = async (
  tx: Queryable,
  closure: typeof closures.$inferInsert,
  times: readonly CellTime[],
): Promise<void> => {
  await tx.insert(closures).values(closure);
  try {
    await tx.insert(occupancies).values(
      times.map(({ cellId, from, until }) => ({
        cellId,
        during: { from, until },
        state: 'closed' as const,
        closureId: closure.id,
      })),
    );
  } catch (error) {
    if (faultOf(error)?.code === '23P01') throw closureErrors.already_closed({ cause: error });
    throw error;
  }
};

export const findClosureForUpdate = async (tx: Queryable, id: string): Promise<ClosureRow> => {
  const [row] = await tx.select().from(closures).where(eq(closures.id, id)).for('update');
  if (!row) throw closureErrors.unknown();
  return row;
};

export const saveClosure = async (
  tx: Queryable,
  id: string,
  change: Partial<Pick<ClosureRow, 'state' | 'undoneAt' | 'lettersSentAt'>>,
): Promise<void> => {
  await tx.update(closures).set(change).where(eq(closures.id, id));
};

/** Opens again what a closure kept, and says which cells and when. */
export const releaseClosure = async (
  tx: Queryable,
  closureId: string,
  now: Date,
): Promise<CellTime[]> => {
  const rows = await tx
    .update(occupancies)
    .set({ releasedAt: now })
    .where(and(eq(occupancies.closureId, closureId), isNull(occupancies.releasedAt)))
    .returning({ cellId: occupancies.cellId, during: occupancies.during });
  return rows.map(({ cellId, during }) => ({ cellId, ...during }));
};

export const insertEffects = async (
  tx: Queryable,
  rows: readonly (typeof closureEffects.$inferInsert)[],
): Promise<void> => {
  if (rows.length > 0) await tx.insert(closureEffects).values([...rows]);
};

export const listEffects = (tx: Queryable, closureId: string): Promise<EffectRow[]> =>
  tx
    .select()
    .from(closureEffects)
    .where(eq(closureEffects.closureId, closureId))
    .orderBy(asc(closureEffects.createdAt), asc(closureEffects.bookingId));

export const saveEffectsUndone = async (
  tx: Queryable,
  closureId: string,
  now: Date,
): Promise<void> => {
  await tx
    .update(closureEffects)
    .set({ undoneAt: now })
    .where(eq(closureEffects.closureId, closureId));
};

export const listShownEffects = (db: Queryable, closureId: string) =>
  db
    .select({
      bookingId: closureEffects.bookingId,
      number: bookings.number,
      title: bookings.title,
      organizationName: organizations.name,
      decision: closureEffects.decision,
      undoneAt: closureEffects.undoneAt,
    })
    .from(closureEffects)
    .innerJoin(bookings, eq(bookings.id, closureEffects.bookingId))
    .innerJoin(organizations, eq(organizations.id, bookings.organizationId))
    .where(eq(closureEffects.closureId, closureId))
    .orderBy(asc(bookings.number));

/** The rooms a closure keeps, by name; a room divided is named with its part. */
const placesOf = (name: 'name_ja' | 'name_en') => sql<string[]>`array(
  select distinct room.${sql.identifier(name)} from cells cell
  join rooms room on room.id = cell.room_id
  where case when ${closures.cellIds} is not null then cell.id = any(${closures.cellIds})
    when ${closures.roomId} is not null then room.id = ${closures.roomId}
    else room.venue_id = ${closures.venueId} end
  order by 1)`;

/** A venue is shut whole when none of its cells is left open. */
const isWholeVenue = sql<boolean>`(${closures.roomId} is null and not exists (
  select from cells cell join rooms room on room.id = cell.room_id
  where room.venue_id = ${closures.venueId}
    and ${closures.cellIds} is not null and cell.id <> all(${closures.cellIds})))`;

const shown = {
  id: closures.id,
  venueId: closures.venueId,
  kind: closures.kind,
  startsOn: closures.startsOn,
  endsOn: closures.endsOn,
  bandCode: closures.bandCode,
  reasonJa: closures.reasonJa,
  reasonEn: closures.reasonEn,
  state: closures.state,
  isWholeVenue,
  placesJa: placesOf('name_ja'),
  placesEn: placesOf('name_en'),
  createdByName: accounts.name,
  createdAt: closures.createdAt,
  lettersLeaveAt: closures.lettersLeaveAt,
  lettersSentAt: closures.lettersSentAt,
  undoneAt: closures.undoneAt,
  effectCount: sql<number>`(select count(*)::int from ${closureEffects}
    where ${closureEffects.closureId} = ${closures.id})`,
};

const closuresMost = 200;

/** Those still to come first, the nearest on top. */
export const listClosures = (
  db: Queryable,
  filter: { readonly venueIds: readonly string[]; readonly from: string },
) =>
  db
    .select(shown)
    .from(closures)
    .leftJoin(accounts, eq(accounts.id, closures.createdByAccountId))
    .where(and(inArray(closures.venueId, [...filter.venueIds]), gte(closures.endsOn, filter.from)))
    .orderBy(asc(closures.startsOn), desc(closures.createdAt))
    .limit(closuresMost);

export const findOptionalClosure = async (db: Queryable, id: string) => {
  const [row] = await db
    .select(shown)
    .from(closures)
    .leftJoin(accounts, eq(accounts.id, closures.createdByAccountId))
    .where(eq(closures.id, id));
  return row;
};

/** Closures whose letters are due, oldest first. */
export const listLettersDue = async (db: Queryable, now: Date): Promise<string[]> => {
  const rows = await db
    .select({ id: closures.id })
    .from(closures)
    .where(
      and(
        eq(closures.state, 'in_force'),
        isNotNull(closures.lettersLeaveAt),
        isNull(closures.lettersSentAt),
        lte(closures.lettersLeaveAt, now),
      ),
    )
    .orderBy(asc(closures.lettersLeaveAt));
  return rows.map(({ id }) => id);
};
