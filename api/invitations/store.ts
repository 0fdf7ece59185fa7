import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import type { Queryable } from '#db/client.server.ts';
import { accessLinks } from '#db/schema/access_links.ts';
import { accounts } from '#db/schema/accounts.ts';
import { invitations } from '#db/schema/invitations.ts';

type Invitation = typeof invitations.$inferSelect;

export const insertInvitation = async (tx: Queryable, invitation: Invitation): Promise<void> => {
  await tx.insert(invitations).values(invitation);
};

export const findInvitation = async (db: Queryable, linkId: string): Promise<Invitation> =>
  (await db.select().from(invitations).where(eq(invitations.linkId, linkId)))[0]!;

/** Those whose letters open something, the latest first. */
export const listOpenInvitations = (db: Queryable, organizationId: string, now: Date) =>
  db
    .select({
      linkId: invitations.linkId,
      email: accounts.email,
      sentAt: accessLinks.createdAt,
      expiresAt: accessLinks.expiresAt,
    })
    .from(invitations)
    .innerJoin(accessLinks, eq(accessLinks.id, invitations.linkId))
    .innerJoin(accounts, eq(accounts.id, accessLinks.accountId))
    .where(
      and(
        eq(invitations.organizationId, organizationId),
        isNull(accessLinks.endedAt),
        gt(accessLinks.expiresAt, now),
      ),
    )
    .orderBy(desc(accessLinks.createdAt));
