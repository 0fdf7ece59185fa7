import { and, eq, isNull, ne } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { accessLinks } from '#db/schema/access_links.ts';
import { accounts } from '#db/schema/accounts.ts';

export type AccessLink = typeof accessLinks.$inferSelect;

export const insertLink = async (tx: Queryable, link: AccessLink) => {
  await tx.insert(accessLinks).values(link);
};

export interface SentLink {
  readonly link: AccessLink;
  readonly email: string;
  readonly isConfirmed: boolean;
}

const linkOf = (db: Queryable, tokenSha256: string) =>
  db
    .select({ link: accessLinks, email: accounts.email, isConfirmed: accounts.emailVerified })
    .from(accessLinks)
    .innerJoin(accounts, eq(accounts.id, accessLinks.accountId))
    .where(eq(accessLinks.tokenSha256, tokenSha256));

export const findOptionalLink = async (
  db: Queryable,
  tokenSha256: string,
): Promise<SentLink | undefined> => (await linkOf(db, tokenSha256))[0];

/** Link and account locked: of two who open it at once the second finds it ended. */
export const findOptionalLinkForUpdate = async (
  tx: Queryable,
  tokenSha256: string,
): Promise<SentLink | undefined> => (await linkOf(tx, tokenSha256).for('update'))[0];

/** One that leads to an organization stays: it opens no account that somebody signs in with. */
export const saveLinksEnded = async (tx: Queryable, accountId: string, now: Date) => {
  await tx
    .update(accessLinks)
    .set({ endedAt: now })
    .where(
      and(
        eq(accessLinks.accountId, accountId),
        isNull(accessLinks.endedAt),
        ne(accessLinks.purpose, 'join'),
      ),
    );
};

export const saveLinkEnded = async (tx: Queryable, id: string, now: Date) => {
  await tx
    .update(accessLinks)
    .set({ endedAt: now })
    .where(and(eq(accessLinks.id, id), isNull(accessLinks.endedAt)));
};
