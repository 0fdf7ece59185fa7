import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { accounts, staffRoles } from '#db/schema/accounts.ts';
import { venues } from '#db/schema/venues.ts';
import type { Grant } from './rules.ts';

export type StaffGrant = typeof staffRoles.$inferSelect;

export const insertGrant = async (tx: Queryable, grant: StaffGrant) => {
  await tx.insert(staffRoles).values(grant).onConflictDoNothing();
};

export const removeGrant = async (tx: Queryable, accountId: string, { venueId, role }: Grant) => {
  await tx
    .delete(staffRoles)
    .where(
      and(
        eq(staffRoles.accountId, accountId),
        eq(staffRoles.venueId, venueId),
        eq(staffRoles.role, role),
      ),
    );
};

const grantsOf = (db: Queryable) =>
  db
    .select({
      accountId: staffRoles.accountId,
      venueId: staffRoles.venueId,
      role: staffRoles.role,
      isConfirmed: accounts.emailVerified,
      name: accounts.name,
      email: accounts.email,
    })
    .from(staffRoles)
    .innerJoin(accounts, eq(accounts.id, staffRoles.accountId))
    .orderBy(asc(accounts.name), asc(accounts.id), asc(staffRoles.venueId), asc(staffRoles.role));

export const listGrants = (db: Queryable) => grantsOf(db);

/** All of them locked: two administrators who end each other's role go one after the other. */
export const listGrantsForUpdate = (tx: Queryable) =>
  grantsOf(tx).for('update', { of: staffRoles });

export const removeGrantsOfAccounts = async (tx: Queryable, accountIds: readonly string[]) => {
  await tx.delete(staffRoles).where(inArray(staffRoles.accountId, [...accountIds]));
};

export const listVenueNames = (db: Queryable) =>
  db
    .select({ id: venues.id, nameJa: venues.nameJa, nameEn: venues.nameEn })
    .from(venues)
    .orderBy(asc(venues.sortOrder), asc(venues.id));
