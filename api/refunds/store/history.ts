import { asc, eq, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { accounts } from '#db/schema/accounts.ts';
import { auditEntries } from '#db/schema/audit.ts';
import type { RefundState } from '../rules/refund.ts';

/** Everything that happened to a refund, oldest first; jobs and Stripe have no name. */
export const listRefundHistory = (db: Queryable, refundId: string) =>
  db
    .select({
      happenedAt: auditEntries.happenedAt,
      action: auditEntries.action,
      byName: accounts.name,
      state: sql<RefundState | null>`${auditEntries.after} ->> 'state'`,
      failureCode: sql<string | null>`${auditEntries.after} ->> 'failureCode'`,
    })
    .from(auditEntries)
    .leftJoin(accounts, eq(accounts.id, sql`${auditEntries.actor} ->> 'accountId'`))
    .where(eq(auditEntries.subjectId, refundId))
    .orderBy(asc(auditEntries.happenedAt), asc(auditEntries.id));
