import { eq } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { billingAccounts } from '#db/schema/billing_accounts.ts';
import type { BillingAccount } from './rules.ts';

const accountOf = (row: typeof billingAccounts.$inferSelect): BillingAccount => ({
  ...row,
  id: row.id as BillingAccount['id'],
  venueId: row.venueId as BillingAccount['venueId'],
  organizationId: row.organizationId as BillingAccount['organizationId'],
});

export const findOptionalBillingAccount = async (
  db: Queryable,
  id: string,
): Promise<BillingAccount | undefined> => {
  const [row] = await db.select().from(billingAccounts).where(eq(billingAccounts.id, id));
  return row && accountOf(row);
};

export const findOptionalBillingAccountForUpdate = async (
  tx: Queryable,
  id: string,
): Promise<BillingAccount | undefined> => {
  const [row] = await tx
    .select()
    .from(billingAccounts)
    .where(eq(billingAccounts.id, id))
    .for('update');
  return row && accountOf(row);
};
