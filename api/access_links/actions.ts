import type { Transaction } from '#db/client.server.ts';
import {
  choosePassword,
  countTries,
  findOptionalAccountByEmail,
  hashPassword,
  hashSecret,
  saveAccount,
  signIn,
  type Account,
} from '../accounts/actions.ts';
import { accountErrors } from '../accounts/errors.ts';
import { tryRules } from '../accounts/rules.ts';
import { recordAudit } from '../audit/actions.ts';
import type { Context } from '../context.ts';
import { enqueue, queueMail, secretOf, secretPlace } from '../outbox/actions.ts';
import { languageOf } from '../shared/languages.ts';
import { expiryOf, isOpen, letterOf, type AccessPurpose } from './rules.ts';
import {
  findOptionalLink,
  findOptionalLinkForUpdate,
  insertLink,
  saveLinkEnded,
  saveLinksEnded,
  type SentLink,
} from './store.ts';

/** Mails a link for the reader alone, and says its id. Only the letter that leaves holds its token. */
export const sendAccessLink = async (
  tx: Transaction,
  context: Context,
  { account, purpose }: { readonly account: Account; readonly purpose: AccessPurpose },
): Promise<string> => {
  const id = context.newId('access_link');
  const language = languageOf(account.locale);
  const { publicUrl } = context.settings;
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
    locale: language,
    secretId: id,
    ...letterOf(purpose, { name: account.name, language, publicUrl }, secretPlace),
  });
  return id;
};

/** No link of this account opens anything any more. */
export const endAccessLinks = (tx: Transaction, context: Context, accountId: string) =>
  saveLinksEnded(tx, accountId, context.now());

export const endAccessLink = (tx: Transaction, context: Context, linkId: string) =>
  saveLinkEnded(tx, linkId, context.now());

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

const openOrThrow = (
  context: Context,
  found: SentLink | undefined,
  purposes: readonly AccessPurpose[],
): SentLink => {
  if (!found || !isOpen(found.link, purposes, context.now())) {
    throw accountErrors.confirmation_link_invalid();
  }
  return found;
};

const takePassword = async (
  tx: Transaction,
  context: Context,
  { link: { accountId, purpose } }: SentLink,
  passwordHash: string,
): Promise<void> => {
  await choosePassword(tx, context, { accountId, passwordHash });
  if (purpose !== 'reset')
    await saveAccount(tx, { id: accountId, locale: context.locale, now: context.now() });
  await endAccessLinks(tx, context, accountId);
  await recordAudit(tx, context, {
    action: 'accounts.choose_password',
    subjectId: accountId,
    after: { purpose },
  });
};

const openLink = async (
  context: Context,
  { token, password }: { readonly token: string; readonly password: string },
  purposes: readonly AccessPurpose[],
): Promise<SentLink> => {
  const tokenSha256 = hashSecret(token);
  openOrThrow(context, await findOptionalLink(context.database.db, tokenSha256), purposes);
  // Slow on purpose, so outside the transaction.
  const passwordHash = await hashPassword(context, password);
  return context.transact(async (tx) => {
    const found = await findOptionalLinkForUpdate(tx, tokenSha256);
    const opened = openOrThrow(context, found, purposes);
    await takePassword(tx, context, opened, passwordHash);
    return opened;
  });
};

export const findJoinLink = async (context: Context, token: string): Promise<SentLink> =>
  openOrThrow(context, await findOptionalLink(context.database.db, hashSecret(token)), ['join']);

const passwordRequired = () => {
  const { ja, en } = accountErrors.catalogue.get('accounts.password_required')!;
  return accountErrors.password_required({ fields: [{ path: 'password', ja, en }] });
};

/**
 * Opens a link that leads to an organization. Who is new chooses the password by it; a password that
 * somebody signs in with already is left as it is.
 */
export const openJoinLink = async (
  context: Context,
  { token, password }: { readonly token: string; readonly password?: string | undefined },
  join: (tx: Transaction, opened: SentLink) => Promise<void>,
): Promise<SentLink> => {
  const { isConfirmed } = await findJoinLink(context, token);
  const passwordHash =
    isConfirmed || password === undefined ? undefined : await hashPassword(context, password);
  return context.transact(async (tx) => {
    const found = await findOptionalLinkForUpdate(tx, hashSecret(token));
    const opened = openOrThrow(context, found, ['join']);
    if (!opened.isConfirmed) {
      if (passwordHash === undefined) throw passwordRequired();
      await takePassword(tx, context, opened, passwordHash);
    }
    await endAccessLink(tx, context, opened.link.id);
    await join(tx, opened);
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

export type { SentLink } from './store.ts';
