import { and, asc, count, eq, inArray, max, ne, sql } from 'drizzle-orm';
import { faultOf, type Queryable } from '#db/client.server.ts';
import { bookings } from '#db/schema/bookings.ts';
import { lotteries, lotteryDraws, lotteryEntries } from '#db/schema/openings.ts';
import { organizations } from '#db/schema/organizations.ts';
import { openingPeriods } from '#db/schema/slots.ts';
import { openingErrors } from '../errors.ts';
import type { DrawOutcome, DrawResult } from '../rules/draw.ts';
import type { Entry, EntryState } from '../rules/lottery.ts';

type EntryRow = typeof lotteryEntries.$inferSelect;

const entryOf = (row: EntryRow): Entry => {
  const { cells, uses } = row.claims;
  return {
    ...row,
    id: row.id as Entry['id'],
    lotteryId: row.lotteryId as Entry['lotteryId'],
    organizationId: row.organizationId as Entry['organizationId'],
    accountId: row.accountId as Entry['accountId'],
    bookingId: row.bookingId as Entry['bookingId'],
    claims: cells,
    uses,
  };
};

/** Numbers run from 1; the lottery is locked meanwhile. */
export const nextEntryNumber = async (tx: Queryable, lotteryId: string): Promise<number> => {
  const [row] = await tx
    .select({ last: max(lotteryEntries.number) })
    .from(lotteryEntries)
    .where(eq(lotteryEntries.lotteryId, lotteryId));
  return (row?.last ?? 0) + 1;
};

export const countStandingEntries = async (
  tx: Queryable,
  lotteryId: string,
  organizationId: string,
): Promise<number> => {
  const [row] = await tx
    .select({ entries: count() })
    .from(lotteryEntries)
    .where(
      and(
        eq(lotteryEntries.lotteryId, lotteryId),
        eq(lotteryEntries.organizationId, organizationId),
        ne(lotteryEntries.state, 'withdrawn'),
      ),
    );
  return row!.entries;
};

export const insertEntry = async (tx: Queryable, entry: Entry): Promise<void> => {
  const { uses, claims, ...row } = entry;
  await tx.insert(lotteryEntries).values({ ...row, claims: { cells: claims, uses } });
};

export const saveEntry = async (
  tx: Queryable,
  { id, state, bookingId }: Pick<Entry, 'id' | 'state' | 'bookingId'>,
): Promise<void> => {
  await tx.update(lotteryEntries).set({ state, bookingId }).where(eq(lotteryEntries.id, id));
};

export const listEntries = async (
  db: Queryable,
  lotteryId: string,
  states?: readonly EntryState[],
): Promise<Entry[]> => {
  const rows = await db
    .select()
    .from(lotteryEntries)
    .where(
      and(
        eq(lotteryEntries.lotteryId, lotteryId),
        states ? inArray(lotteryEntries.state, [...states]) : undefined,
      ),
    )
    .orderBy(asc(lotteryEntries.number));
  return rows.map(entryOf);
};

export const findOptionalEntry = async (
  db: Queryable,
  lotteryId: string,
  entryId: string,
): Promise<Entry | undefined> => {
  const [row] = await db
    .select()
    .from(lotteryEntries)
    .where(and(eq(lotteryEntries.lotteryId, lotteryId), eq(lotteryEntries.id, entryId)));
  return row && entryOf(row);
};

/** Entries with whose they are and what became of their bookings. */
export const listNamedEntries = async (
  db: Queryable,
  lotteryId: string,
  organizationIds?: readonly string[],
) => {
  const rows = await db
    .select({
      entry: lotteryEntries,
      organizationName: organizations.name,
      bookingNumber: bookings.number,
      acceptBy: bookings.holdExpiresAt,
    })
    .from(lotteryEntries)
    .innerJoin(organizations, eq(organizations.id, lotteryEntries.organizationId))
    .leftJoin(bookings, eq(bookings.id, lotteryEntries.bookingId))
    .where(
      and(
        eq(lotteryEntries.lotteryId, lotteryId),
        organizationIds ? inArray(lotteryEntries.organizationId, [...organizationIds]) : undefined,
      ),
    )
    .orderBy(asc(lotteryEntries.number));
  return rows.map(({ entry, ...row }) => ({ entry: entryOf(entry), ...row }));
};

export interface Drawn extends DrawOutcome, DrawResult {
  readonly seed: string;
  readonly drawnAt: Date;
}

/** A lottery is drawn once: the second row has no place. */
export const insertDraw = async (tx: Queryable, lotteryId: string, drawn: Drawn): Promise<void> => {
  const { order, won, lost, blocked, seed, drawnAt } = drawn;
  try {
    await tx
      .insert(lotteryDraws)
      .values({ lotteryId, seed, drawnAt, order, result: { won, lost, blocked } });
  } catch (error) {
    if (faultOf(error)?.code === '23505') throw openingErrors.already_drawn({ cause: error });
    throw error;
  }
};

export const findOptionalDraw = async (
  db: Queryable,
  lotteryId: string,
): Promise<Drawn | undefined> => {
  const [row] = await db.select().from(lotteryDraws).where(eq(lotteryDraws.lotteryId, lotteryId));
  if (!row) return undefined;
  const { seed, drawnAt, order, result } = row;
  return { seed, drawnAt, order, ...result };
};

/** Entries of drawn lotteries whose booking has moved on without them. */
export const listUnfollowed = async (db: Queryable) => {
  const rows = await db
    .select({ lotteryId: lotteryEntries.lotteryId, entryId: lotteryEntries.id })
    .from(lotteryEntries)
    .innerJoin(bookings, eq(bookings.id, lotteryEntries.bookingId))
    .where(and(eq(lotteryEntries.state, 'won'), ne(bookings.state, 'held')));
  return rows;
};

/** Lotteries with somebody in line, and whether their days are open to all by now. */
export const listLotteriesWithLine = async (db: Queryable, now: Date) => {
  const rows = await db
    .selectDistinct({ lotteryId: lotteries.id, opensAt: openingPeriods.opensAt })
    .from(lotteryEntries)
    .innerJoin(lotteries, eq(lotteries.id, lotteryEntries.lotteryId))
    .innerJoin(openingPeriods, eq(openingPeriods.id, lotteries.openingPeriodId))
    .where(eq(lotteryEntries.state, 'next_in_line'));
  return rows.map(({ lotteryId, opensAt }) => ({ lotteryId, isOpen: opensAt <= now }));
};

/** Of those in line, the entries none of whose times anything has taken. */
export const listFittingEntries = async (
  db: Queryable,
  lotteryId: string,
  now: Date,
): Promise<Entry[]> => {
  const rows = await db
    .select()
    .from(lotteryEntries)
    .where(
      and(
        eq(lotteryEntries.lotteryId, lotteryId),
        eq(lotteryEntries.state, 'next_in_line'),
        sql`not exists (
          select from jsonb_to_recordset(${lotteryEntries.claims}->'cells')
            as wanted ("cellId" text, "from" timestamptz, "until" timestamptz)
          join occupancies taken on taken.cell_id = wanted."cellId"
            and taken.during && tstzrange(wanted."from", wanted."until")
          where taken.released_at is null
            and not (taken.state = 'held' and taken.expires_at <= ${now.toISOString()}))`,
      ),
    )
    .orderBy(asc(lotteryEntries.number));
  return rows.map(entryOf);
};
