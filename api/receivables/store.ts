import { and, asc, desc, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { accounts } from '#db/schema/accounts.ts';
import { billingAccounts } from '#db/schema/billing_accounts.ts';
import { moneyEvents } from '#db/schema/ledgers.ts';
import { organizationBlocks, organizations } from '#db/schema/organizations.ts';
import { blockDecisions, dunningLevels, dunningPauses, dunnings } from '#db/schema/receivables.ts';
import type { Yen } from '../shared/money.ts';
import type { LocalDay } from '../shared/time.ts';

const balance = sql<Yen>`sum(${moneyEvents.amountYen})::int`;

export interface DebtFilter {
  readonly venueIds: readonly string[];
  readonly organizationId?: string | undefined;
  /** By the books up to a day; everything where absent. */
  readonly bookedUntil?: LocalDay | undefined;
}

/** Accounts that owe or have paid too much. */
export const listUnevenAccounts = (
  db: Queryable,
  { venueIds, organizationId, bookedUntil }: DebtFilter,
) =>
  db
    .select({
      billingAccountId: billingAccounts.id,
      number: billingAccounts.number,
      title: billingAccounts.title,
      state: billingAccounts.stage,
      venueId: billingAccounts.venueId,
      organizationId: billingAccounts.organizationId,
      organizationName: organizations.name,
      balanceYen: balance,
    })
    .from(moneyEvents)
    .innerJoin(billingAccounts, eq(billingAccounts.id, moneyEvents.billingAccountId))
    .innerJoin(organizations, eq(organizations.id, billingAccounts.organizationId))
    .where(
      and(
        inArray(billingAccounts.venueId, [...venueIds]),
        organizationId ? eq(billingAccounts.organizationId, organizationId) : undefined,
        bookedUntil ? lte(moneyEvents.bookedOn, bookedUntil) : undefined,
      ),
    )
    .groupBy(billingAccounts.id, organizations.id)
    .having(sql`sum(${moneyEvents.amountYen}) <> 0`)
    .orderBy(asc(organizations.name), asc(billingAccounts.number));

/** Lowest first. */
export const listDunningLevels = (db: Queryable, venueId: string) =>
  db
    .select()
    .from(dunningLevels)
    .where(eq(dunningLevels.venueId, venueId))
    .orderBy(asc(dunningLevels.level));

/** Oldest first, with who sent it where a person did. */
export const listDunningsByBillingAccounts = async (
  db: Queryable,
  billingAccountIds: readonly string[],
) => {
  const rows = await db
    .select({ dunning: dunnings, sentByName: accounts.name })
    .from(dunnings)
    .leftJoin(accounts, eq(accounts.id, dunnings.sentByAccountId))
    .where(inArray(dunnings.billingAccountId, [...billingAccountIds]))
    .orderBy(asc(dunnings.sentAt), asc(dunnings.level));
  return rows.map(({ dunning, sentByName }) => ({
    ...dunning,
    dueOn: dunning.dueOn as LocalDay,
    sentByName,
  }));
};

/** Keeps a dunning once for its cause; sent already, it answers false and does nothing. */
export const insertDunning = async (
  tx: Queryable,
  dunning: typeof dunnings.$inferInsert,
): Promise<boolean> => {
  const made = await tx
    .insert(dunnings)
    .values(dunning)
    .onConflictDoNothing({ target: dunnings.cause })
    .returning({ id: dunnings.id });
  return made.length > 0;
};

export const listLivePauses = async (db: Queryable, billingAccountIds: readonly string[]) => {
  const rows = await db
    .select({ pause: dunningPauses, pausedByName: accounts.name })
    .from(dunningPauses)
    .innerJoin(accounts, eq(accounts.id, dunningPauses.pausedByAccountId))
    .where(
      and(
        inArray(dunningPauses.billingAccountId, [...billingAccountIds]),
        isNull(dunningPauses.resumedAt),
      ),
    );
  return rows.map(({ pause, pausedByName }) => ({ ...pause, pausedByName }));
};

export const insertPause = async (
  tx: Queryable,
  pause: typeof dunningPauses.$inferInsert,
): Promise<void> => {
  await tx.insert(dunningPauses).values(pause);
};

export const savePauseEnded = async (
  tx: Queryable,
  id: string,
  ended: { resumedByAccountId: string | null; resumedAt: Date },
): Promise<void> => {
  await tx.update(dunningPauses).set(ended).where(eq(dunningPauses.id, id));
};

/** Dunnings that propose a block nobody has decided on yet. */
export const listUndecidedProposals = (db: Queryable, venueIds: readonly string[]) =>
  db
    .select({
      dunningId: dunnings.id,
      billingAccountId: billingAccounts.id,
      number: billingAccounts.number,
      title: billingAccounts.title,
      venueId: billingAccounts.venueId,
      organizationId: billingAccounts.organizationId,
      organizationName: organizations.name,
      dueOn: dunnings.dueOn,
      sentAt: dunnings.sentAt,
    })
    .from(dunnings)
    .innerJoin(billingAccounts, eq(billingAccounts.id, dunnings.billingAccountId))
    .innerJoin(organizations, eq(organizations.id, billingAccounts.organizationId))
    .innerJoin(
      dunningLevels,
      and(
        eq(dunningLevels.venueId, billingAccounts.venueId),
        eq(dunningLevels.level, dunnings.level),
      ),
    )
    .leftJoin(blockDecisions, eq(blockDecisions.dunningId, dunnings.id))
    .where(
      and(
        inArray(billingAccounts.venueId, [...venueIds]),
        eq(dunningLevels.proposesBlock, true),
        isNull(blockDecisions.dunningId),
        sql`(select sum(e.amount_yen) from money_events e where e.billing_account_id = ${billingAccounts.id}) > 0`,
      ),
    )
    .orderBy(asc(dunnings.sentAt), asc(dunnings.id));

export const insertBlockDecisions = async (
  tx: Queryable,
  decisions: readonly (typeof blockDecisions.$inferInsert)[],
): Promise<void> => {
  await tx.insert(blockDecisions).values([...decisions]);
};

/** Newest first. */
export const listLiveBlocksByVenues = async (db: Queryable, venueIds: readonly string[]) => {
  const rows = await db
    .select({
      block: organizationBlocks,
      organizationName: organizations.name,
      blockedByName: accounts.name,
    })
    .from(organizationBlocks)
    .innerJoin(organizations, eq(organizations.id, organizationBlocks.organizationId))
    .leftJoin(accounts, eq(accounts.id, organizationBlocks.blockedByAccountId))
    .where(
      and(inArray(organizationBlocks.venueId, [...venueIds]), isNull(organizationBlocks.liftedAt)),
    )
    .orderBy(desc(organizationBlocks.blockedAt), desc(organizationBlocks.id));
  return rows.map(({ block, ...names }) => ({ ...block, ...names }));
};
