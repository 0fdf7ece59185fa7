import { and, asc, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { accounts, credentials, sessions, staffRoles, tries } from '#db/schema/accounts.ts';
import { organizationMembers } from '#db/schema/organizations.ts';
import type { StaffRole } from '../shared/actor.ts';
import type { AccountId, OrganizationId } from '../shared/ids.ts';
import { languageOf, type Language } from '../shared/languages.ts';
import type { SignedIn } from './rules.ts';

/** Who holds this session, with organizations and roles, in one query: it runs on every request. */
export const findOptionalSignedIn = async (
  db: Queryable,
  tokenSha256: string,
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
    .where(and(eq(sessions.tokenSha256, tokenSha256), gt(sessions.expiresAt, now)));
  if (!row) return undefined;
  return {
    ...row,
    locale: languageOf(row.locale),
    accountId: row.accountId as AccountId,
    organizationIds: row.organizationIds as OrganizationId[],
  };
};

export type Account = typeof accounts.$inferSelect;

export const findOptionalAccountByEmail = async (
  db: Queryable,
  email: string,
): Promise<Account | undefined> => {
  const [row] = await db.select().from(accounts).where(eq(accounts.email, email));
  return row;
};

export const findAccountById = async (db: Queryable, id: string): Promise<Account | undefined> =>
  (await db.select().from(accounts).where(eq(accounts.id, id)))[0];

/** The account of an address, made where there is none; locked, so that who comes next waits. */
export const findOrInsertAccountForUpdate = async (
  tx: Queryable,
  account: typeof accounts.$inferInsert,
): Promise<Account> => {
  await tx.insert(accounts).values(account).onConflictDoNothing({ target: accounts.email });
  const [row] = await tx
    .select()
    .from(accounts)
    .where(eq(accounts.email, account.email))
    .for('update');
  return row!;
};

export const existsStaffRole = async (db: Queryable, accountId: string): Promise<boolean> =>
  (await db.$count(staffRoles, eq(staffRoles.accountId, accountId))) > 0;

export const saveAccount = async (
  db: Queryable,
  {
    id,
    now,
    ...change
  }: {
    readonly id: string;
    readonly now: Date;
    readonly name?: string;
    readonly locale?: Language;
  },
) => {
  await db
    .update(accounts)
    .set({ ...change, updatedAt: now })
    .where(eq(accounts.id, id));
};

export interface ChosenPassword {
  readonly credentialId: string;
  readonly accountId: string;
  readonly passwordHash: string;
  readonly now: Date;
}

/** The password of a confirmed address, in the place of any other; every session ends. */
export const savePassword = async (
  tx: Queryable,
  { credentialId, accountId, passwordHash, now }: ChosenPassword,
) => {
  const isOf = eq(credentials.accountId, accountId);
  await tx
    .update(accounts)
    .set({ emailVerified: true, updatedAt: now })
    .where(eq(accounts.id, accountId));
  await tx.delete(credentials).where(isOf);
  await tx.insert(credentials).values({
    id: credentialId,
    accountId,
    externalId: accountId,
    providerId: 'credential',
    password: passwordHash,
    createdAt: now,
    updatedAt: now,
  });
  await tx.delete(sessions).where(eq(sessions.accountId, accountId));
};

export type TriesRow = typeof tries.$inferSelect;

/** Locked in the order of their keys, so that tries at the same moment are counted one by one. */
export const listTriesForUpdate = async (
  tx: Queryable,
  keys: readonly string[],
  now: Date,
): Promise<TriesRow[]> => {
  const sorted = [...keys].sort();
  await tx
    .insert(tries)
    .values(sorted.map((key) => ({ key, count: 0, lastAt: now })))
    .onConflictDoNothing();
  return tx
    .select()
    .from(tries)
    .where(inArray(tries.key, sorted))
    .orderBy(asc(tries.key))
    .for('update');
};

export const saveTries = async (tx: Queryable, { key, ...change }: TriesRow) => {
  await tx.update(tries).set(change).where(eq(tries.key, key));
};

export const removeTriesBefore = async (db: Queryable, before: Date) => {
  await db.delete(tries).where(lt(tries.lastAt, before));
};

/** Who holds a role at a venue, or where none is named, at any; where nobody does, its administrators. */
export const listStaffReaders = async (
  db: Queryable,
  { venueId, role }: { readonly venueId: string | null; readonly role: StaffRole },
): Promise<{ email: string; language: Language }[]> => {
  const holdersOf = (held: StaffRole) =>
    db
      .selectDistinct({ email: accounts.email, locale: accounts.locale })
      .from(staffRoles)
      .innerJoin(accounts, eq(accounts.id, staffRoles.accountId))
      .where(and(eq(staffRoles.role, held), venueId ? eq(staffRoles.venueId, venueId) : undefined))
      .orderBy(accounts.email);
  const holders = await holdersOf(role);
  const rows = holders.length > 0 ? holders : await holdersOf('administrator');
  return rows.map(({ email, locale }) => ({ email, language: languageOf(locale) }));
};
