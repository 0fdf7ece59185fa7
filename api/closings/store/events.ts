import { and, asc, between, eq, gte, isNull, lt, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { accounts } from '#db/schema/accounts.ts';
import { billingAccounts } from '#db/schema/billing_accounts.ts';
import { cashMovements } from '#db/schema/drawers.ts';
import { moneyEvents, payments } from '#db/schema/ledgers.ts';
import { organizations } from '#db/schema/organizations.ts';
import { charges } from '#db/schema/payments.ts';
import { refunds } from '#db/schema/refunds.ts';
import type { LocalDay } from '../../shared/time.ts';
import type { BookSum, Period } from '../rules/closing.ts';

/** What failed at Stripe and was then paid out leaves from our account, whatever its first route was. */
const routeOf = sql<'stripe' | 'bank' | 'cash' | null>`case
  when ${refunds.route} = 'stripe' and ${moneyEvents.cause} like 'paid\\_out:%' then 'bank'
  else ${refunds.route} end`;

/** The way the money came, or for what went back the way it went. */
const methodOf = sql<string | null>`case
  when ${moneyEvents.kind} in ('received', 'allocated') then ${payments.method}
  when ${moneyEvents.kind} in ('returned', 'return_bounced') then ${routeOf}
  when ${moneyEvents.kind} in ('dispute_withdrawn', 'dispute_reinstated') then 'stripe' end`;

/** Sums of what is booked between two days, by day, kind and method. */
export const listSums = async (
  db: Queryable,
  venueId: string,
  { from, to }: { readonly from: LocalDay | null; readonly to: LocalDay },
): Promise<(BookSum & { bookedOn: LocalDay })[]> => {
  const isPot = isNull(moneyEvents.billingAccountId);
  const rows = await db
    .select({
      bookedOn: moneyEvents.bookedOn,
      kind: moneyEvents.kind,
      method: methodOf.as('shown_method'),
      isPot: sql<boolean>`${isPot}`.as('of_pot'),
      count: sql<number>`count(*)::int`,
      amountYen: sql<number>`sum(${moneyEvents.amountYen})::int`,
    })
    .from(moneyEvents)
    .leftJoin(payments, eq(payments.id, moneyEvents.paymentId))
    .leftJoin(refunds, eq(refunds.id, moneyEvents.refundId))
    .where(
      and(
        eq(moneyEvents.venueId, venueId),
        from ? gte(moneyEvents.bookedOn, from) : undefined,
        sql`${moneyEvents.bookedOn} <= ${to}`,
      ),
    )
    .groupBy(moneyEvents.bookedOn, moneyEvents.kind, sql`shown_method`, sql`of_pot`);
  return rows.map((row) => ({ ...row, bookedOn: row.bookedOn as LocalDay }));
};

/** Every fact booked between two days, in the order of the books. */
export const listEvents = async (db: Queryable, venueId: string, { from, to }: Period) => {
  const rows = await db
    .select({
      id: moneyEvents.id,
      kind: moneyEvents.kind,
      amountYen: moneyEvents.amountYen,
      bookedOn: moneyEvents.bookedOn,
      happenedAt: moneyEvents.happenedAt,
      recordedAt: moneyEvents.recordedAt,
      isPot: sql<boolean>`${isNull(moneyEvents.billingAccountId)}`,
      shownMethod: methodOf,
      method: payments.method,
      route: routeOf,
      taxRateBp: charges.taxRateBp,
      billingAccountId: moneyEvents.billingAccountId,
      number: billingAccounts.number,
      title: billingAccounts.title,
      organizationName: organizations.name,
      payerName: payments.payerName,
      by: accounts.name,
    })
    .from(moneyEvents)
    .leftJoin(payments, eq(payments.id, moneyEvents.paymentId))
    .leftJoin(refunds, eq(refunds.id, moneyEvents.refundId))
    .leftJoin(charges, eq(charges.id, moneyEvents.chargeId))
    .leftJoin(billingAccounts, eq(billingAccounts.id, moneyEvents.billingAccountId))
    .leftJoin(organizations, eq(organizations.id, billingAccounts.organizationId))
    .leftJoin(accounts, sql`${accounts.id} = ${moneyEvents.actor}->>'accountId'`)
    .where(and(eq(moneyEvents.venueId, venueId), between(moneyEvents.bookedOn, from, to)))
    .orderBy(asc(moneyEvents.bookedOn), asc(moneyEvents.recordedAt), asc(moneyEvents.id));
  return rows.map((row) => ({ ...row, bookedOn: row.bookedOn as LocalDay }));
};

/** Cash moved beside payments and refunds, in the order in which it moved. */
export const listCashMovements = (
  db: Queryable,
  venueId: string,
  { from, until }: { readonly from: Date; readonly until: Date },
) =>
  db
    .select({
      kind: cashMovements.kind,
      amountYen: cashMovements.amountYen,
      movedAt: cashMovements.movedAt,
      note: cashMovements.note,
    })
    .from(cashMovements)
    .where(
      and(
        eq(cashMovements.venueId, venueId),
        gte(cashMovements.movedAt, from),
        lt(cashMovements.movedAt, until),
      ),
    )
    .orderBy(asc(cashMovements.movedAt), asc(cashMovements.id));
