import { and, desc, eq, inArray } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Queryable } from '#db/client.server.ts';
import { accounts } from '#db/schema/accounts.ts';
import { billingAccounts } from '#db/schema/billing_accounts.ts';
import { organizations } from '#db/schema/organizations.ts';
import { writeOffs } from '#db/schema/refunds.ts';
import { refundErrors } from '../errors.ts';
import type { WriteOff } from '../rules/write_off.ts';

const writeOffOf = (row: typeof writeOffs.$inferSelect): WriteOff => ({
  ...row,
  venueId: row.venueId as WriteOff['venueId'],
  billingAccountId: row.billingAccountId as WriteOff['billingAccountId'],
  requestedByAccountId: row.requestedByAccountId as WriteOff['requestedByAccountId'],
  decidedByAccountId: row.decidedByAccountId as WriteOff['decidedByAccountId'],
});

export const insertWriteOff = async (tx: Queryable, writeOff: WriteOff): Promise<void> => {
  await tx.insert(writeOffs).values(writeOff);
};

export const saveWriteOff = async (tx: Queryable, writeOff: WriteOff): Promise<void> => {
  const { id, ...change } = writeOff;
  await tx.update(writeOffs).set(change).where(eq(writeOffs.id, id));
};

export const findWriteOffForUpdate = async (tx: Queryable, id: string): Promise<WriteOff> => {
  const [row] = await tx.select().from(writeOffs).where(eq(writeOffs.id, id)).for('update');
  if (!row) throw refundErrors.unknown_write_off();
  return writeOffOf(row);
};

const requester = alias(accounts, 'requester');
const decider = alias(accounts, 'decider');
const listMost = 200;

const selectViews = (db: Queryable) =>
  db
    .select({
      writeOff: writeOffs,
      number: billingAccounts.number,
      title: billingAccounts.title,
      organizationName: organizations.name,
      requestedByName: requester.name,
      decidedByName: decider.name,
    })
    .from(writeOffs)
    .innerJoin(billingAccounts, eq(billingAccounts.id, writeOffs.billingAccountId))
    .innerJoin(organizations, eq(organizations.id, billingAccounts.organizationId))
    .innerJoin(requester, eq(requester.id, writeOffs.requestedByAccountId))
    .leftJoin(decider, eq(decider.id, writeOffs.decidedByAccountId));

const viewOf = ({ writeOff, ...about }: Awaited<ReturnType<typeof selectViews>>[number]) => ({
  writeOff: writeOffOf(writeOff),
  ...about,
});

export type WriteOffView = ReturnType<typeof viewOf>;

/** Newest first. */
export const listWriteOffViews = async (
  db: Queryable,
  filter: { readonly venueIds: readonly string[]; readonly state: WriteOff['state'] | undefined },
): Promise<WriteOffView[]> => {
  const { venueIds, state } = filter;
  const rows = await selectViews(db)
    .where(
      and(
        inArray(writeOffs.venueId, [...venueIds]),
        state === undefined ? undefined : eq(writeOffs.state, state),
      ),
    )
    .orderBy(desc(writeOffs.createdAt), desc(writeOffs.id))
    .limit(listMost);
  return rows.map(viewOf);
};

export const listWriteOffViewsByBillingAccount = async (
  db: Queryable,
  billingAccountId: string,
): Promise<WriteOffView[]> => {
  const rows = await selectViews(db)
    .where(eq(writeOffs.billingAccountId, billingAccountId))
    .orderBy(desc(writeOffs.createdAt), desc(writeOffs.id));
  return rows.map(viewOf);
};
