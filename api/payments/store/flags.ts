import { sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import type { BillingStage } from '../../billing_accounts/rules.ts';
import type { LocalDay } from '../../shared/time.ts';

export interface FlagFacts {
  readonly stage: BillingStage;
  readonly owedYen: number;
  /** What should have been paid before today and was not. */
  readonly overdueYen: number;
}

/** What the flags of accounts are derived from, by account. */
export const findFlagFacts = async (
  db: Queryable,
  billingAccountIds: readonly string[],
  today: LocalDay,
): Promise<ReadonlyMap<string, FlagFacts>> => {
  const { rows } = await db.execute<{
    id: string;
    stage: BillingStage;
    owed_yen: number;
    overdue_yen: number;
  }>(sql`
    select b.id, b.stage, coalesce(sum(e.amount_yen), 0)::int as owed_yen,
      coalesce(sum(e.amount_yen) filter (where c.due_on < ${today}
        or e.kind not in ('charged', 'charge_reduced', 'charge_reversed', 'rebated')), 0)::int as overdue_yen
    from billing_accounts b
    left join money_events e on e.billing_account_id = b.id
    left join charges c on c.id = e.charge_id
    where b.id = any(${sql.param([...new Set(billingAccountIds)])}::text[])
    group by b.id`);
  return new Map(
    rows.map(({ id, stage, owed_yen: owedYen, overdue_yen: overdueYen }) => [
      id,
      { stage, owedYen, overdueYen },
    ]),
  );
};

/** Money of venues that belongs to nobody yet. */
export const findUnmatched = async (
  db: Queryable,
  venueIds: readonly string[],
): Promise<{ count: number; yen: number }> => {
  const {
    rows: [row],
  } = await db.execute<{ count: number; yen: number }>(sql`
    select count(*)::int as count, coalesce(sum(pot.yen), 0)::int as yen from (
      select -sum(amount_yen) as yen from money_events
      where billing_account_id is null and venue_id = any(${sql.param([...venueIds])}::text[])
      group by payment_id having sum(amount_yen) < 0) pot`);
  return { count: row!.count, yen: row!.yen };
};
