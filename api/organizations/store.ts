import { and, asc, desc, eq, getTableColumns, inArray, isNull, like, or, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import {
  organizationBlocks,
  organizationMembers,
  organizations,
} from '#db/schema/organizations.ts';
import { dialled } from '../shared/phone.ts';
import { searchPattern } from '../shared/search.ts';
import { organizationErrors } from './errors.ts';
import { languageOf, type Language } from '../shared/languages.ts';

export type Organization = typeof organizations.$inferSelect;

/** Somebody known by name and telephone, for whom nobody signs in. */
export const insertCaller = async (
  tx: Queryable,
  organization: typeof organizations.$inferInsert,
) => {
  await tx.insert(organizations).values(organization);
};

export const insertOrganization = async (
  tx: Queryable,
  organization: typeof organizations.$inferInsert,
  accountId: string,
) => {
  await insertCaller(tx, organization);
  await tx
    .insert(organizationMembers)
    .values({ organizationId: organization.id, accountId, joinedAt: organization.createdAt });
};

export const insertMember = async (
  tx: Queryable,
  member: typeof organizationMembers.$inferInsert,
) => {
  await tx.insert(organizationMembers).values(member).onConflictDoNothing();
};

export const existsMember = async (db: Queryable, organizationId: string): Promise<boolean> =>
  (await db.$count(organizationMembers, eq(organizationMembers.organizationId, organizationId))) >
  0;

/** What others registered under an address before it was confirmed is not its owner's. */
export const removeMemberships = async (tx: Queryable, accountId: string) => {
  await tx.delete(organizationMembers).where(eq(organizationMembers.accountId, accountId));
};

export const findOrganization = async (db: Queryable, id: string): Promise<Organization> => {
  const [row] = await db.select().from(organizations).where(eq(organizations.id, id));
  if (!row) throw organizationErrors.unknown();
  return row;
};

export interface Recipient extends Organization {
  /** Null of somebody whom no letter may reach. */
  readonly letterEmail: string | null;
  readonly letterLanguage: Language;
}

/**
 * Letters tell what is booked, so they go to an address somebody has confirmed: the one that was
 * given, where it is that of an account, or else the account's. Of a caller, for whom nobody signs
 * in, it is what the desk took down.
 */
const ofReader = (column: 'email' | 'locale') => sql<string | null>`(
  select account.${sql.identifier(column)} from organization_members member
  join accounts account on account.id = member.account_id
  where member.organization_id = organizations.id and account.email_verified
  order by (account.email = organizations.email) is true desc, member.joined_at, account.id limit 1)`;

const letterEmail = sql<string | null>`case when exists (
    select from organization_members member where member.organization_id = organizations.id)
  then ${ofReader('email')} else organizations.email end`;

export const findRecipient = async (db: Queryable, id: string): Promise<Recipient> => {
  const [row] = await db
    .select({ ...getTableColumns(organizations), letterEmail, letterLanguage: ofReader('locale') })
    .from(organizations)
    .where(eq(organizations.id, id));
  if (!row) throw organizationErrors.unknown();
  return { ...row, letterLanguage: languageOf(row.letterLanguage) };
};

/** Locked, so that whoever decides about the organizer next waits. */
export const findOrganizationForUpdate = async (
  tx: Queryable,
  id: string,
): Promise<Organization> => {
  const [row] = await tx.select().from(organizations).where(eq(organizations.id, id)).for('update');
  if (!row) throw organizationErrors.unknown();
  return row;
};

export const saveOrganization = async (
  tx: Queryable,
  organization: Organization,
): Promise<void> => {
  await tx.update(organizations).set(organization).where(eq(organizations.id, organization.id));
};

export type OrganizationBlock = typeof organizationBlocks.$inferSelect;

const isLive = isNull(organizationBlocks.liftedAt);

export const findOptionalLiveBlock = async (
  db: Queryable,
  { organizationId, venueId }: { organizationId: string; venueId: string },
): Promise<OrganizationBlock | undefined> => {
  const [row] = await db
    .select()
    .from(organizationBlocks)
    .where(
      and(
        eq(organizationBlocks.organizationId, organizationId),
        eq(organizationBlocks.venueId, venueId),
        isLive,
      ),
    );
  return row;
};

export const listLiveBlocks = (
  db: Queryable,
  organizationIds: readonly string[],
): Promise<OrganizationBlock[]> =>
  db
    .select()
    .from(organizationBlocks)
    .where(and(inArray(organizationBlocks.organizationId, [...organizationIds]), isLive))
    .orderBy(asc(organizationBlocks.blockedAt));

export const findOptionalBlockForUpdate = async (
  tx: Queryable,
  id: string,
): Promise<OrganizationBlock | undefined> => {
  const [row] = await tx
    .select()
    .from(organizationBlocks)
    .where(eq(organizationBlocks.id, id))
    .for('update');
  return row;
};

export const insertBlock = async (tx: Queryable, block: OrganizationBlock): Promise<void> => {
  await tx.insert(organizationBlocks).values(block);
};

export const saveBlockLifted = async (
  tx: Queryable,
  { id, liftedAt, liftedByAccountId }: OrganizationBlock,
): Promise<void> => {
  await tx
    .update(organizationBlocks)
    .set({ liftedAt, liftedByAccountId })
    .where(eq(organizationBlocks.id, id));
};

const digitsLeast = 4;

/** By name, reading, contact, telephone or mail address; the newest first. */
export const listOrganizationsByQuery = (
  db: Queryable,
  query: string,
  limit: number,
): Promise<Organization[]> => {
  const pattern = searchPattern(query);
  const digits = dialled(query);
  return db
    .select()
    .from(organizations)
    .where(
      or(
        eq(organizations.id, query),
        // `search` is kept by the database in the form of `searchText`.
        pattern ? sql`${organizations}.search like ${pattern}` : undefined,
        digits.length >= digitsLeast ? like(organizations.phone, `%${digits}%`) : undefined,
      ),
    )
    .orderBy(desc(organizations.createdAt), asc(organizations.id))
    .limit(limit);
};

/** Those with this telephone, and those whose name holds these letters: to be told apart by a person. */
export const listOrganizationsLike = (
  db: Queryable,
  { phone, core }: { readonly phone: string; readonly core: string },
): Promise<Organization[]> => {
  const pattern = searchPattern(core);
  return db
    .select()
    .from(organizations)
    .where(
      or(
        eq(organizations.phone, phone),
        pattern ? sql`${organizations}.search like ${pattern}` : undefined,
      ),
    )
    .orderBy(desc(organizations.createdAt), asc(organizations.id))
    .limit(likeMost);
};

const likeMost = 200;

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
