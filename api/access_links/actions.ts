import type { Transaction } from '#db/client.server.ts';
import {
  choosePassword,
  countTries,
  findOptionalAccountByEmail,
  hashPassword,
  hashSecret,
  signIn,
  type Account,
} from '../accounts/actions.ts';
import { accountErrors } from '../accounts/errors.ts';
import { tryRules } from '../accounts/rules.ts';
import { recordAudit } from '../audit/actions.ts';
import type { Context } from '../context.ts';
import { enqueue, queueMail, secretOf, secretPlace } from '../outbox/actions.ts';
import { expiryOf, isOpen, letterOf, type AccessPurpose } from './rules.ts';
import {
  findOptionalLink,
  findOptionalLinkForUpdate,
  insertLink,
  saveLinksEnded,
  type SentLink,
} from './store.ts';

/** Mails a link by which the reader chooses a password. Only the letter that leaves holds its token. */
export const sendAccessLink = async (
  tx: Transaction,
  context: Context,
  { account, purpose }: { readonly account: Account; readonly purpose: AccessPurpose },
): Promise<void> => {
  const id = context.newId('access_link');
  const now = context.now();
  await insertLink(tx, {
    id,
    accountId: account.id,
    purpose,
    tokenSha256: hashSecret(secretOf(context, id)),
    createdAt: now,
    expiresAt: expiryOf(purpose, now),
    endedAt: null,
  });
  await queueMail(tx, context, {
    topic: `access_links.${purpose}`,
    to: account.email,
    locale: 'ja',
    secretId: id,
    ...letterOf(purpose, {
      name: account.name,
      site: context.settings.publicUrl,
      token: secretPlace,
    }),
  });
};

/** No link of this account opens anything any more. */
export const endAccessLinks = (tx: Transaction, context: Context, accountId: string) =>
  saveLinksEnded(tx, accountId, context.now());

type AskedPurpose = 'confirm' | 'reset';

/**
 * Asks for a letter. Whether the address is known is found out by the job: the answer and the time
 * it takes tell nothing, and what was answered «done» stands in the queue.
 */
export const askForLink = async (
  context: Context,
  { email, purpose }: { readonly email: string; readonly purpose: AskedPurpose },
  address: string,
): Promise<void> => {
  await countTries(context, [
    { key: `letters_from ${address}`, rule: tryRules.letters },
    { key: `letters_to ${hashSecret(email)}`, rule: tryRules.lettersToOne },
  ]);
  await enqueue(context.database.db, { task: 'access_links.send', payload: { email, purpose } });
};

/** Who has confirmed the address gets a new password by it; who has not, confirms it first. */
const purposeFor = (asked: AskedPurpose, account: Account): AskedPurpose | undefined => {
  if (!account.emailVerified) return 'confirm';
  return asked === 'reset' ? 'reset' : undefined;
};

export const sendAskedLink = (
  context: Context,
  asked: { readonly email: string; readonly purpose: AskedPurpose },
): Promise<void> =>
  context.transact(async (tx) => {
    const account = await findOptionalAccountByEmail(tx, asked.email);
    const purpose = account && purposeFor(asked.purpose, account);
    if (purpose) await sendAccessLink(tx, context, { account, purpose });
  });

const openLink = async (
  context: Context,
  { token, password }: { readonly token: string; readonly password: string },
  purposes: readonly AccessPurpose[],
): Promise<SentLink> => {
  const tokenSha256 = hashSecret(token);
  const checked = (found: SentLink | undefined): SentLink => {
    if (!found || !isOpen(found.link, purposes, context.now())) {
      throw accountErrors.confirmation_link_invalid();
    }
    return found;
  };
  checked(await findOptionalLink(context.database.db, tokenSha256));
  // Slow on purpose, so outside the transaction.
  const passwordHash = await hashPassword(context, password);
  return context.transact(async (tx) => {
    const opened = checked(await findOptionalLinkForUpdate(tx, tokenSha256));
    const { accountId, purpose } = opened.link;
    await choosePassword(tx, context, { accountId, passwordHash });
    await endAccessLinks(tx, context, accountId);
    await recordAudit(tx, context, {
      action: 'accounts.choose_password',
      subjectId: accountId,
      after: { purpose },
    });
    return opened;
  });
};

/** The reader of the letter has the address and chooses the password: from here on both are theirs. */
export const confirmAccount = async (
  context: Context,
  input: { readonly token: string; readonly password: string },
  address: string,
) => {
  const { email } = await openLink(context, input, ['confirm', 'invite']);
  return signIn(context, { email, password: input.password }, address);
};

export const resetPassword = async (
  context: Context,
  { token, newPassword }: { readonly token: string; readonly newPassword: string },
): Promise<void> => {
  await openLink(context, { token, password: newPassword }, ['reset']);
};
