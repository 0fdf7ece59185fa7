import { and, asc, desc, eq, gte, lt, sql, type SQL } from 'drizzle-orm';
import { faultOf, type Queryable } from '#db/client.server.ts';
import { accounts } from '#db/schema/accounts.ts';
import { billingAccounts } from '#db/schema/billing_accounts.ts';
import { cashMovements, drawerCounts } from '#db/schema/drawers.ts';
import { moneyEvents, payments } from '#db/schema/ledgers.ts';
import { organizations } from '#db/schema/organizations.ts';
import { refunds } from '#db/schema/refunds.ts';
import type { Yen } from '../shared/money.ts';
import { drawerErrors } from './errors.ts';

/** Who counts or moves cash waits for whoever does so at the same venue. */
export const lockDrawer = async (tx: Queryable, venueId: string): Promise<void> => {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`drawer ${venueId}`}, 0))`);
};

/** Notes and coins change hands with cash payments, and with refunds paid out in cash. */
const isCash: SQL = sql`(${moneyEvents.kind} = 'received' and ${payments.method} = 'cash')
  or (${moneyEvents.kind} in ('returned', 'return_bounced') and ${refunds.route} = 'cash')`;

/** All cash that came and went before an instant; of everything that is known where there is none. */
export const findCashYen = async (db: Queryable, venueId: string, until?: Date): Promise<Yen> => {
  const [money] = await db
    .select({ yen: sql<number>`coalesce(-sum(${moneyEvents.amountYen}), 0)::int` })
    .from(moneyEvents)
    .leftJoin(payments, eq(payments.id, moneyEvents.paymentId))
    .leftJoin(refunds, eq(refunds.id, moneyEvents.refundId))
    .where(
      and(
        eq(moneyEvents.venueId, venueId),
        until && lt(moneyEvents.recordedAt, until),
        sql`(${isCash})`,
      ),
    );
  const [moved] = await db
    .select({ yen: sql<number>`coalesce(sum(${cashMovements.amountYen}), 0)::int` })
    .from(cashMovements)
    .where(and(eq(cashMovements.venueId, venueId), until && lt(cashMovements.movedAt, until)));
  return money!.yen + moved!.yen;
};

interface Stretch {
  readonly from: Date;
  readonly until: Date;
}

const listCashEvents = async (db: Queryable, venueId: string, { from, until }: Stretch) => {
  const rows = await db
    .select({
      id: moneyEvents.id,
      kind: moneyEvents.kind,
      amountYen: sql<number>`-${moneyEvents.amountYen}`,
      at: moneyEvents.recordedAt,
      billingAccountId: moneyEvents.billingAccountId,
      number: billingAccounts.number,
      organizationName: organizations.name,
      note: payments.payerName,
      by: accounts.name,
    })
    .from(moneyEvents)
    .leftJoin(payments, eq(payments.id, moneyEvents.paymentId))
    .leftJoin(refunds, eq(refunds.id, moneyEvents.refundId))
    .leftJoin(billingAccounts, eq(billingAccounts.id, moneyEvents.billingAccountId))
    .leftJoin(organizations, eq(organizations.id, billingAccounts.organizationId))
    .leftJoin(accounts, sql`${accounts.id} = ${moneyEvents.actor}->>'accountId'`)
    .where(
      and(
        eq(moneyEvents.venueId, venueId),
        gte(moneyEvents.recordedAt, from),
        lt(moneyEvents.recordedAt, until),
        sql`(${isCash})`,
      ),
    );
  return rows.map((row) => ({
    ...row,
    kind: row.kind === 'received' ? ('payment' as const) : ('refund' as const),
  }));
};

const listMovements = async (db: Queryable, venueId: string, { from, until }: Stretch) => {
  const rows = await db
    .select({
      id: cashMovements.id,
      kind: cashMovements.kind,
      amountYen: cashMovements.amountYen,
      at: cashMovements.movedAt,
      note: cashMovements.note,
      by: accounts.name,
    })
    .from(cashMovements)
    .leftJoin(accounts, eq(accounts.id, cashMovements.accountId))
    .where(
      and(
        eq(cashMovements.venueId, venueId),
        gte(cashMovements.movedAt, from),
        lt(cashMovements.movedAt, until),
      ),
    )
    .orderBy(asc(cashMovements.movedAt), asc(cashMovements.id));
  const none = { billingAccountId: null, number: null, organizationName: null };
  return rows.map((row) => ({ ...row, ...none }));
};

/** Everything that went into the drawer or out of it, in the order in which it happened. */
export const listCash = async (db: Queryable, venueId: string, stretch: Stretch) => {
  const [events, movements] = await Promise.all([
    listCashEvents(db, venueId, stretch),
    listMovements(db, venueId, stretch),
  ]);
  return [...events, ...movements].sort(
    (one, other) => one.at.getTime() - other.at.getTime() || one.id.localeCompare(other.id),
  );
};

export const insertMovement = async (
  tx: Queryable,
  movement: typeof cashMovements.$inferInsert,
): Promise<void> => {
  await tx.insert(cashMovements).values(movement);
};

/** @throws drawers.already_counted when somebody has counted that day */
export const insertCount = async (
  tx: Queryable,
  count: typeof drawerCounts.$inferInsert,
): Promise<void> => {
  try {
    await tx.insert(drawerCounts).values(count);
  } catch (error) {
    if (faultOf(error)?.code === '23505') throw drawerErrors.already_counted({ cause: error });
    throw error;
  }
};

/** Newest first; the last ones, or the one of a day. */
export const listCounts = async (
  db: Queryable,
  venueId: string,
  { on, limit }: { readonly on?: string; readonly limit: number },
) => {
  const rows = await db
    .select({ count: drawerCounts, countedBy: accounts.name })
    .from(drawerCounts)
    .leftJoin(accounts, eq(accounts.id, drawerCounts.countedByAccountId))
    .where(and(eq(drawerCounts.venueId, venueId), on ? eq(drawerCounts.countedOn, on) : undefined))
    .orderBy(desc(drawerCounts.countedOn))
    .limit(limit);
  return rows.map(({ count, countedBy }) => ({
    ...count,
    differenceYen: count.countedYen - count.expectedYen,
    countedBy,
  }));
};

/** The last day on or before `to` on which cash moved; a drawer is counted for it before it is closed. */
export const findLastCashDay = async (
  db: Queryable,
  venueId: string,
  to: string,
): Promise<string | null> => {
  const day = (column: unknown) => sql`(${column} at time zone 'Asia/Tokyo')::date`;
  const {
    rows: [row],
  } = await db.execute<{ day: string | null }>(sql`
    select greatest(
      (select max(${day(moneyEvents.recordedAt)}) from ${moneyEvents}
        left join ${payments} on ${payments.id} = ${moneyEvents.paymentId}
        left join ${refunds} on ${refunds.id} = ${moneyEvents.refundId}
        where ${moneyEvents.venueId} = ${venueId} and (${isCash})
          and ${day(moneyEvents.recordedAt)} <= ${to}),
      (select max(${day(cashMovements.movedAt)}) from ${cashMovements}
        where ${cashMovements.venueId} = ${venueId} and ${cashMovements.kind} <> 'difference'
          and ${day(cashMovements.movedAt)} <= ${to})
    )::text as day`);
  return row!.day;
};
