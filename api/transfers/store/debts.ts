import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { billingAccounts } from '#db/schema/billing_accounts.ts';
import { moneyEvents } from '#db/schema/ledgers.ts';
import { organizations } from '#db/schema/organizations.ts';

const owedSum = sql<number>`coalesce(sum(${moneyEvents.amountYen}), 0)::int`;

const balances = (db: Queryable) =>
  db
    .select({
      billingAccountId: billingAccounts.id,
      venueId: billingAccounts.venueId,
      number: billingAccounts.number,
      title: billingAccounts.title,
      organizationId: organizations.id,
      organizationName: organizations.name,
      organizationKana: organizations.nameKana,
      owedYen: owedSum,
    })
    .from(billingAccounts)
    .innerJoin(organizations, eq(organizations.id, billingAccounts.organizationId))
    .leftJoin(moneyEvents, eq(moneyEvents.billingAccountId, billingAccounts.id))
    .groupBy(billingAccounts.id, organizations.id);

export type DebtRow = Awaited<ReturnType<typeof balances>>[number];

/** Everything that is owed at some venues. */
export const listOwing = (db: Queryable, venueIds: readonly string[]): Promise<DebtRow[]> =>
  balances(db)
    .where(inArray(billingAccounts.venueId, [...venueIds]))
    .having(sql`${owedSum} > 0`)
    .orderBy(billingAccounts.number);

export const findOptionalByNumber = async (
  db: Queryable,
  venueId: string,
  number: string,
): Promise<DebtRow | undefined> => {
  const [row] = await balances(db).where(
    and(eq(billingAccounts.venueId, venueId), eq(billingAccounts.number, number)),
  );
  return row;
};

export const listBalances = (
  db: Queryable,
  venueId: string,
  billingAccountIds: readonly string[],
): Promise<DebtRow[]> =>
  balances(db).where(
    and(eq(billingAccounts.venueId, venueId), inArray(billingAccounts.id, [...billingAccountIds])),
  );
