import { and, asc, desc, eq, inArray, lte } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { takeNumber } from '#db/numbers.server.ts';
import { cells, configurationCells } from '#db/schema/rooms.ts';
import { refunds } from '#db/schema/refunds.ts';
import { dunningLevels, dunnings } from '#db/schema/receivables.ts';
import { bankAccounts } from '#db/schema/transfers.ts';
import { venueIssuers } from '#db/schema/venues.ts';
import type { LocalDay } from '../../shared/time.ts';
import type { PlanCell } from '../rules/content.ts';

export const takePaperPosition = (tx: Queryable, sequence: string): Promise<number> =>
  takeNumber(tx, `documents/${sequence}`);

/** Who issues the papers of the venue on that day. */
export const findIssuer = async (db: Queryable, venueId: string, day: LocalDay) => {
  const [row] = await db
    .select()
    .from(venueIssuers)
    .where(and(eq(venueIssuers.venueId, venueId), lte(venueIssuers.effectiveFrom, day)))
    .orderBy(desc(venueIssuers.effectiveFrom))
    .limit(1);
  if (!row) throw new RangeError(`nobody issues papers of ${venueId} on ${day}`);
  return row;
};

/** The cells of a room as drawn, those of the configurations marked as used. */
export const listPlanCells = async (
  db: Queryable,
  roomId: string,
  configurationIds: readonly string[],
): Promise<PlanCell[]> => {
  const rows = await db
    .select()
    .from(cells)
    .where(eq(cells.roomId, roomId))
    .orderBy(asc(cells.sortOrder));
  const used = await db
    .select({ cellId: configurationCells.cellId })
    .from(configurationCells)
    .where(inArray(configurationCells.configurationId, [...configurationIds]));
  const usedIds = new Set(used.map(({ cellId }) => cellId));
  return rows.map((cell) => ({
    x: cell.planX,
    y: cell.planY,
    width: cell.planWidth,
    height: cell.planHeight,
    isUsed: usedIds.has(cell.id),
  }));
};

/** The accounts of a venue into which money may be transferred. */
export const listBankAccounts = (db: Queryable, venueId: string) =>
  db
    .select()
    .from(bankAccounts)
    .where(eq(bankAccounts.venueId, venueId))
    .orderBy(asc(bankAccounts.bankCode), asc(bankAccounts.number));

/** A reminder that left, with its level where the venue still has it. */
export const findOptionalDunning = async (db: Queryable, id: string, venueId: string) => {
  const [row] = await db
    .select({ dunning: dunnings, level: dunningLevels })
    .from(dunnings)
    .leftJoin(
      dunningLevels,
      and(eq(dunningLevels.venueId, venueId), eq(dunningLevels.level, dunnings.level)),
    )
    .where(eq(dunnings.id, id));
  return row;
};

export const findDunnedBooking = async (
  db: Queryable,
  dunningId: string,
): Promise<string | undefined> => {
  const [row] = await db
    .select({ bookingId: dunnings.billingAccountId })
    .from(dunnings)
    .where(eq(dunnings.id, dunningId));
  return row?.bookingId;
};

/** Whose refund it was; none for money of nobody. */
export const findRefundedBooking = async (
  db: Queryable,
  refundId: string,
): Promise<string | null> => {
  const [row] = await db
    .select({ bookingId: refunds.billingAccountId })
    .from(refunds)
    .where(eq(refunds.id, refundId));
  return row?.bookingId ?? null;
};
