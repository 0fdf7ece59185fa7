import { and, eq, gt, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { accounts, sessions, staffRoles } from '#db/schema/accounts.ts';
import { organizationMembers } from '#db/schema/organizations.ts';
import type { StaffRole } from '../shared/actor.ts';
import type { AccountId, OrganizationId } from '../shared/ids.ts';
import type { SignedIn } from './rules.ts';

/** Who holds this session, with organizations and roles, in one query: it runs on every request. */
export const findOptionalSignedIn = async (
  db: Queryable,
  token: string,
  now: Date,
): Promise<SignedIn | undefined> => {
  const [row] = await db
    .select({
      accountId: accounts.id,
      name: accounts.name,
      email: accounts.email,
      locale: accounts.locale,
      organizationIds: sql<string[]>`array(select ${organizationMembers.organizationId}
        from ${organizationMembers} where ${organizationMembers.accountId} = ${accounts.id} order by 1)`,
      roles: sql<{ venueId: string; role: StaffRole }[]>`coalesce((
        select json_agg(json_build_object('venueId', ${staffRoles.venueId}, 'role', ${staffRoles.role})
          order by ${staffRoles.venueId}, ${staffRoles.role})
        from ${staffRoles} where ${staffRoles.accountId} = ${accounts.id}), '[]'::json)`,
    })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(and(eq(sessions.token, token), gt(sessions.expiresAt, now)));
  if (!row) return undefined;
  return {
    ...row,
    accountId: row.accountId as AccountId,
    organizationIds: row.organizationIds as OrganizationId[],
  };
};

export const findOptionalAccountByEmail = async (db: Queryable, email: string) => {
  const [row] = await db.select().from(accounts).where(eq(accounts.email, email));
  return row;
};

/** A member of staff is known to us: no mail has to confirm the address. */
export const saveEmailConfirmed = async (db: Queryable, id: string, now: Date) => {
  await db.update(accounts).set({ emailVerified: true, updatedAt: now }).where(eq(accounts.id, id));
};

export const insertStaffRole = async (
  db: Queryable,
  grant: { accountId: string; venueId: string; role: StaffRole; grantedAt: Date },
) => {
  await db.insert(staffRoles).values(grant).onConflictDoNothing();
};
