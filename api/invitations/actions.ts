import type { Transaction } from '#db/client.server.ts';
import {
  endAccessLink,
  findJoinLink,
  openJoinLink,
  sendAccessLink,
  type SentLink,
} from '../access_links/actions.ts';
import { existsStaffRole, openAccount, saveAccount, signIn } from '../accounts/actions.ts';
import { recordAudit } from '../audit/actions.ts';
import type { Context } from '../context.ts';
import {
  existsMember,
  findOrganization,
  findOrganizationForUpdate,
  insertMember,
  removeMemberships,
  requireBookingStaff,
  saveOrganization,
} from '../organizations/actions.ts';
import { invitationErrors } from './errors.ts';
import type { NewInvitation, OpenInvitation } from './schema.ts';
import { findInvitation, insertInvitation, listOpenInvitations } from './store.ts';

/** Whether somebody signs in for an organizer, or was asked to. */
export const findInvitationState = async (context: Context, organizationId: string) => {
  requireBookingStaff(context);
  await findOrganization(context.database.db, organizationId);
  const [hasMembers, open] = await Promise.all([
    existsMember(context.database.db, organizationId),
    listOpenInvitations(context.database.db, organizationId, context.now()),
  ]);
  const [latest] = open;
  return {
    hasMembers,
    invitation: latest
      ? {
          email: latest.email,
          sentAt: latest.sentAt.toISOString(),
          expiresAt: latest.expiresAt.toISOString(),
        }
      : null,
  };
};

const endEarlier = async (tx: Transaction, context: Context, organizationId: string) => {
  for (const { linkId } of await listOpenInvitations(tx, organizationId, context.now())) {
    await endAccessLink(tx, context, linkId);
  }
};

/**
 * Asks whoever was booked for by the desk to see to it themselves from now on. A letter sent before,
 * to an address that was mistyped perhaps, opens nothing more.
 */
export const sendInvitation = async (
  context: Context,
  organizationId: string,
  { email }: NewInvitation,
): Promise<void> => {
  requireBookingStaff(context);
  await context.transact(async (tx) => {
    const organization = await findOrganizationForUpdate(tx, organizationId);
    if (await existsMember(tx, organizationId)) throw invitationErrors.has_members();
    const account = await openAccount(tx, context, { name: organization.contactName, email });
    if (await existsStaffRole(tx, account.id)) throw invitationErrors.works_here();
    await endEarlier(tx, context, organizationId);
    const linkId = await sendAccessLink(tx, context, {
      account: { ...account, name: organization.contactName },
      purpose: 'join',
    });
    const invitedByAccountId = 'accountId' in context.actor ? context.actor.accountId : null;
    await insertInvitation(tx, { linkId, organizationId, invitedByAccountId });
    await recordAudit(tx, context, {
      action: 'invitations.send',
      subjectId: organizationId,
      after: { email },
    });
  });
};

export const readInvitation = async (context: Context, token: string) => {
  const { link, isConfirmed } = await findJoinLink(context, token);
  const { organizationId } = await findInvitation(context.database.db, link.id);
  const { name } = await findOrganization(context.database.db, organizationId);
  return { organizationName: name, choosesPassword: !isConfirmed };
};

const join = async (tx: Transaction, context: Context, opened: SentLink): Promise<void> => {
  const { id: linkId, accountId } = opened.link;
  const { organizationId } = await findInvitation(tx, linkId);
  if (await existsStaffRole(tx, accountId)) throw invitationErrors.works_here();
  const organization = await findOrganizationForUpdate(tx, organizationId);
  const now = context.now();
  if (!opened.isConfirmed) {
    // Whatever a stranger registered under this address before ends here.
    await removeMemberships(tx, accountId);
    await saveAccount(tx, { id: accountId, name: organization.contactName, now });
  }
  await insertMember(tx, { organizationId, accountId, joinedAt: now });
  if (organization.email === null) {
    await saveOrganization(tx, { ...organization, email: opened.email, updatedAt: now });
  }
  await recordAudit(tx, context, {
    action: 'invitations.accept',
    subjectId: organizationId,
    after: { accountId, email: opened.email },
  });
};

/** The reader of the letter has the address; who is new is signed in with the password just chosen. */
export const openInvitation = async (
  context: Context,
  input: OpenInvitation,
  address: string,
): Promise<readonly string[]> => {
  const { email, isConfirmed } = await openJoinLink(context, input, (tx, opened) =>
    join(tx, context, opened),
  );
  if (isConfirmed) return [];
  const { cookies } = await signIn(context, { email, password: input.password! }, address);
  return cookies;
};
