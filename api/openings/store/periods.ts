import { and, asc, count, eq, gte, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { lotteries, lotteryDraws, lotteryEntries } from '#db/schema/openings.ts';
import { openingPeriods } from '#db/schema/slots.ts';
import { venues } from '#db/schema/venues.ts';
import type { RoomClass } from '../../rooms/schema.ts';
import type { LotteryId, VenueId } from '../../shared/ids.ts';
import type { LocalDay } from '../../shared/time.ts';
import { openingErrors } from '../errors.ts';
import type { Lottery } from '../rules/lottery.ts';

export type NewPeriod = typeof openingPeriods.$inferInsert;
export type NewLottery = typeof lotteries.$inferInsert;

/** One period of a venue is opened at a time. */
export const lockVenue = async (tx: Queryable, venueId: string): Promise<void> => {
  await tx
    .select({ id: venues.id })
    .from(venues)
    .where(eq(venues.id, venueId))
    .for('no key update');
};

export const insertPeriod = async (
  tx: Queryable,
  period: NewPeriod,
  lottery: NewLottery | undefined,
): Promise<void> => {
  await tx.insert(openingPeriods).values(period);
  if (lottery) await tx.insert(lotteries).values(lottery);
};

export const removePeriodRows = async (tx: Queryable, id: string): Promise<void> => {
  await tx.delete(lotteries).where(eq(lotteries.openingPeriodId, id));
  await tx.delete(openingPeriods).where(eq(openingPeriods.id, id));
};

const standing = sql<number>`count(*) filter (where ${lotteryEntries.state} <> 'withdrawn')::int`;
const winning = sql<number>`count(*) filter (where ${lotteryEntries.state} in ('won', 'accepted'))::int`;

const countsOf = (db: Queryable) =>
  db
    .select({
      lotteryId: lotteryEntries.lotteryId,
      entryCount: standing.as('entry_count'),
      wonCount: winning.as('won_count'),
    })
    .from(lotteryEntries)
    .groupBy(lotteryEntries.lotteryId)
    .as('counts');

/** Periods whose days have not all passed, with their lotteries; of the seed only what may be told. */
export const listPeriods = async (
  db: Queryable,
  asked: { readonly venueId?: string | undefined; readonly from: LocalDay },
) => {
  const counts = countsOf(db);
  return db
    .select({
      period: openingPeriods,
      lottery: {
        id: lotteries.id,
        collectsFrom: lotteries.collectsFrom,
        collectsUntil: lotteries.collectsUntil,
        drawsAt: lotteries.drawsAt,
        acceptBy: lotteries.acceptBy,
        entriesMost: lotteries.entriesMost,
        seedHash: lotteries.seedHash,
      },
      draw: { seed: lotteryDraws.seed, drawnAt: lotteryDraws.drawnAt },
      entryCount: sql<number>`coalesce(${counts.entryCount}, 0)::int`,
      wonCount: sql<number>`coalesce(${counts.wonCount}, 0)::int`,
    })
    .from(openingPeriods)
    .leftJoin(lotteries, eq(lotteries.openingPeriodId, openingPeriods.id))
    .leftJoin(lotteryDraws, eq(lotteryDraws.lotteryId, lotteries.id))
    .leftJoin(counts, eq(counts.lotteryId, lotteries.id))
    .where(
      and(
        gte(openingPeriods.usesUntil, asked.from),
        asked.venueId === undefined ? undefined : eq(openingPeriods.venueId, asked.venueId),
      ),
    )
    .orderBy(asc(openingPeriods.usesFrom), asc(openingPeriods.venueId), asc(openingPeriods.id));
};

export const listPeriodDays = async (db: Queryable, venueId: string) => {
  const rows = await db
    .select({
      roomClass: openingPeriods.roomClass,
      usesFrom: openingPeriods.usesFrom,
      usesUntil: openingPeriods.usesUntil,
    })
    .from(openingPeriods)
    .where(eq(openingPeriods.venueId, venueId));
  return rows.map((row) => ({
    ...row,
    usesFrom: row.usesFrom as LocalDay,
    usesUntil: row.usesUntil as LocalDay,
  }));
};

export const findPeriodForUpdate = async (tx: Queryable, id: string) => {
  const [row] = await tx
    .select()
    .from(openingPeriods)
    .where(eq(openingPeriods.id, id))
    .for('update');
  if (!row) throw openingErrors.unknown_period();
  return row;
};

export const countEntriesOfPeriod = async (tx: Queryable, periodId: string): Promise<number> => {
  const [row] = await tx
    .select({ entries: count() })
    .from(lotteryEntries)
    .innerJoin(lotteries, eq(lotteries.id, lotteryEntries.lotteryId))
    .where(eq(lotteries.openingPeriodId, periodId));
  return row!.entries;
};

const lotteryColumns = {
  id: lotteries.id,
  openingPeriodId: lotteries.openingPeriodId,
  venueId: lotteries.venueId,
  roomClass: lotteries.roomClass,
  usesFrom: lotteries.usesFrom,
  usesUntil: lotteries.usesUntil,
  collectsFrom: lotteries.collectsFrom,
  collectsUntil: lotteries.collectsUntil,
  drawsAt: lotteries.drawsAt,
  acceptBy: lotteries.acceptBy,
  entriesMost: lotteries.entriesMost,
  seedHash: lotteries.seedHash,
  opensAt: openingPeriods.opensAt,
  drawnAt: lotteryDraws.drawnAt,
};

type LotteryRow = Omit<Lottery, 'id' | 'venueId' | 'roomClass' | 'usesFrom' | 'usesUntil'> & {
  readonly [Key in 'id' | 'venueId' | 'roomClass' | 'usesFrom' | 'usesUntil']: string;
};

const lotteryOf = (row: LotteryRow): Lottery => ({
  ...row,
  id: row.id as LotteryId,
  venueId: row.venueId as VenueId,
  roomClass: row.roomClass as RoomClass,
  usesFrom: row.usesFrom as LocalDay,
  usesUntil: row.usesUntil as LocalDay,
});

const lotteryRows = (db: Queryable) =>
  db
    .select(lotteryColumns)
    .from(lotteries)
    .innerJoin(openingPeriods, eq(openingPeriods.id, lotteries.openingPeriodId))
    .leftJoin(lotteryDraws, eq(lotteryDraws.lotteryId, lotteries.id))
    .$dynamic();

export const findLottery = async (db: Queryable, id: string): Promise<Lottery> => {
  const [row] = await lotteryRows(db).where(eq(lotteries.id, id));
  if (!row) throw openingErrors.unknown();
  return lotteryOf(row);
};

/** The lottery with its row locked: numbers, draw and answers follow one another. */
export const findLotteryForUpdate = async (tx: Queryable, id: string): Promise<Lottery> => {
  await tx
    .select({ id: lotteries.id })
    .from(lotteries)
    .where(eq(lotteries.id, id))
    .for('no key update');
  return findLottery(tx, id);
};

/** Lotteries whose hour of the draw has come and that nobody has drawn. */
export const listDueLotteries = async (db: Queryable, now: Date): Promise<string[]> => {
  const rows = await db
    .select({ id: lotteries.id })
    .from(lotteries)
    .leftJoin(lotteryDraws, eq(lotteryDraws.lotteryId, lotteries.id))
    .where(
      and(
        sql`${lotteryDraws.lotteryId} is null`,
        sql`${lotteries.drawsAt} <= ${now.toISOString()}`,
      ),
    )
    .orderBy(asc(lotteries.drawsAt));
  return rows.map(({ id }) => id);
};

/** The seed, for the draw alone. */
export const findSeed = async (tx: Queryable, lotteryId: string): Promise<string> => {
  const [row] = await tx
    .select({ seed: lotteries.seed })
    .from(lotteries)
    .where(eq(lotteries.id, lotteryId));
  if (!row) throw openingErrors.unknown();
  return row.seed;
};
