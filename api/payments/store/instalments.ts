import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { moneyEvents } from '#db/schema/ledgers.ts';
import { charges, instalments } from '#db/schema/payments.ts';
import type { Yen } from '../../shared/money.ts';
import type { LocalDay } from '../../shared/time.ts';
import { chargeEventKinds, type Instalment, type StandingCharge } from '../rules/ledger.ts';

export const insertInstalments = async (
  tx: Queryable,
  parts: readonly Instalment[],
): Promise<void> => {
  if (parts.length === 0) return;
  const rows = parts.map(({ terms, ...part }) => ({ ...part, ...terms! }));
  await tx.insert(instalments).values(rows);
};

export interface StandingOfBillingAccount extends StandingCharge {
  readonly billingAccountId: string;
}

/** What stands of the charges of some accounts, by the books up to a day where one is named. */
export const listStandingCharges = async (
  db: Queryable,
  billingAccountIds: readonly string[],
  bookedUntil?: LocalDay,
): Promise<StandingOfBillingAccount[]> => {
  if (billingAccountIds.length === 0) return [];
  const isOfThese = inArray(charges.billingAccountId, [...billingAccountIds]);
  const [standing, parts] = await Promise.all([
    db
      .select({
        id: charges.id,
        billingAccountId: charges.billingAccountId,
        dueOn: charges.dueOn,
        createdAt: charges.createdAt,
        standingYen: sql<Yen>`coalesce(sum(${moneyEvents.amountYen}), 0)::int`,
      })
      .from(charges)
      .innerJoin(moneyEvents, eq(moneyEvents.chargeId, charges.id))
      .where(
        and(
          isOfThese,
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
      .where(isOfThese)
      .orderBy(asc(instalments.chargeId), asc(instalments.position)),
  ]);
  return standing.map((charge) => ({
    ...charge,
    id: charge.id as StandingCharge['id'],
    dueOn: charge.dueOn as LocalDay,
    instalments: parts
      .filter(({ part }) => part.chargeId === charge.id)
      .map(({ part: { publication, source, ...part } }) => ({
        ...part,
        dueOn: part.dueOn as LocalDay,
        terms: { publication, source },
      })),
  }));
};
