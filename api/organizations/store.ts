import { asc, eq, inArray } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { organizationMembers, organizations } from '#db/schema/organizations.ts';
import { organizationErrors } from './errors.ts';

export type Organization = typeof organizations.$inferSelect;

export const insertOrganization = async (
  tx: Queryable,
  organization: typeof organizations.$inferInsert,
  accountId: string,
) => {
  await tx.insert(organizations).values(organization);
  await tx
    .insert(organizationMembers)
    .values({ organizationId: organization.id, accountId, joinedAt: organization.createdAt });
};

export const findOrganization = async (db: Queryable, id: string): Promise<Organization> => {
  const [row] = await db.select().from(organizations).where(eq(organizations.id, id));
  if (!row) throw organizationErrors.unknown();
  return row;
};

export const listOrganizationsByIds = (
  db: Queryable,
  ids: readonly string[],
): Promise<Organization[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .select()
        .from(organizations)
        .where(inArray(organizations.id, [...ids]))
        .orderBy(asc(organizations.createdAt));
