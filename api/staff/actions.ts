import type { Transaction } from '#db/client.server.ts';
import { sendAccessLink } from '../access_links/actions.ts';
import { openAccount, type Account } from '../accounts/actions.ts';
import { recordAudit } from '../audit/actions.ts';
import type { Context } from '../context.ts';
import type { StaffRole } from '../shared/actor.ts';
import { insertGrant } from './store.ts';

export interface NewStaff {
  readonly name: string;
  readonly email: string;
  readonly grants: readonly { readonly venueId: string; readonly role: StaffRole }[];
}

/** A person gets roles; who has no account yet is invited by mail, and chooses the password there. */
export const enrolStaff = async (
  tx: Transaction,
  context: Context,
  { name, email, grants }: NewStaff,
): Promise<Account> => {
  const account = await openAccount(tx, context, { name, email });
  for (const grant of grants) {
    await insertGrant(tx, { accountId: account.id, ...grant, grantedAt: context.now() });
  }
  if (!account.emailVerified) await sendAccessLink(tx, context, { account, purpose: 'invite' });
  await recordAudit(tx, context, { action: 'staff.add', subjectId: account.id, after: { grants } });
  return account;
};
