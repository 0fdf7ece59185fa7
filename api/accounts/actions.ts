import { createHash } from 'node:crypto';
import type { Transaction } from '#db/client.server.ts';
import type { Context, House } from '../context.ts';
import type { Language } from '../shared/languages.ts';
import { accountErrors } from './errors.ts';
import {
  countTry,
  isSuspectPlace,
  isTrusted,
  secondsToWait,
  tryRules,
  type SignedIn,
  type TryRule,
} from './rules.ts';
import type { SignInInput } from './schema.ts';
import {
  findOptionalSignedIn,
  findOrInsertAccountForUpdate,
  listTriesForUpdate,
  removeTriesBefore,
  saveAccount,
  savePassword,
  saveTries,
  type Account,
  type TriesRow,
} from './store.ts';

/** What is kept of a secret that is random and long: who reads the database cannot use it. */
export const hashSecret = (secret: string): string =>
  createHash('sha256').update(secret).digest('hex');

export const findSignedIn = (house: House, token: string): Promise<SignedIn | undefined> =>
  findOptionalSignedIn(house.database.db, hashSecret(token), house.now());

interface FlowAnswer {
  readonly cookies: readonly string[];
}

/** Runs one flow of the sign-in library as an HTTP request; it sets the cookies. */
const runFlow = async (
  context: Context,
  path: string,
  input: { body: unknown; address: string; cookie?: string },
): Promise<FlowAnswer> => {
  const headers = new Headers({
    'content-type': 'application/json',
    origin: context.settings.publicUrl,
    'x-client-address': input.address,
  });
  if (input.cookie) headers.set('cookie', input.cookie);
  const request = new Request(`${context.settings.publicUrl}/api/sign-in${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(input.body),
  });
  const response = await context.signIn.handler(request);
  if (response.status >= 500) throw new Error(`the sign-in flow ended with ${response.status}`);
  if (response.status >= 400) throw accountErrors.wrong_credentials();
  return { cookies: response.headers.getSetCookie() };
};

const refuseToWait = (seconds: number): never => {
  throw accountErrors.too_many_attempts({ params: { seconds }, retryAfterSeconds: seconds });
};

/** Counts a try under each key; refused while one of them has to wait. */
export const countTries = (
  context: Context,
  rules: readonly { readonly key: string; readonly rule: TryRule }[],
): Promise<void> =>
  context.transact(async (tx) => {
    const now = context.now();
    const keys = rules.map(({ key }) => key);
    const rows = new Map((await listTriesForUpdate(tx, keys, now)).map((row) => [row.key, row]));
    const seconds = Math.max(...[...rows.values()].map((row) => secondsToWait(row, now)));
    if (seconds > 0) refuseToWait(seconds);
    for (const { key, rule } of rules) {
      await saveTries(tx, { key, ...countTry(rows.get(key)!, rule, now) });
    }
  });

const signInKeys = (email: string, address: string) => {
  const account = hashSecret(email);
  return {
    here: `sign_in ${account} ${address}`,
    anywhere: `sign_in ${account}`,
    place: `sign_in_from ${address}`,
  };
};

type SignInKeys = ReturnType<typeof signInKeys>;

/**
 * Wrong passwords of others at the same address never keep out who knows the own one: they only
 * leave fewer free tries. Wrong ones for this account from elsewhere do, but not where its owner
 * got in lately.
 */
const countSignIn = (context: Context, { here, anywhere, place }: SignInKeys): Promise<void> =>
  context.transact(async (tx) => {
    const now = context.now();
    const listed = await listTriesForUpdate(tx, [here, anywhere, place], now);
    const row = (key: string): TriesRow => listed.find((one) => one.key === key)!;
    const isExempt = isTrusted(row(here), now);
    const watched = isExempt ? [row(here)] : [row(here), row(anywhere)];
    const seconds = Math.max(...watched.map((one) => secondsToWait(one, now)));
    if (seconds > 0) refuseToWait(seconds);
    const rule = isSuspectPlace(row(place)) ? tryRules.signInFromSuspectPlace : tryRules.signIn;
    await saveTries(tx, { key: here, ...countTry(row(here), rule, now) });
    if (!isExempt) {
      await saveTries(tx, {
        key: anywhere,
        ...countTry(row(anywhere), tryRules.signInAnywhere, now),
      });
    }
    await saveTries(tx, { key: place, ...countTry(row(place), tryRules.signInAnywhere, now) });
  });

const forgetSignIn = (context: Context, { here, anywhere, place }: SignInKeys): Promise<void> =>
  context.transact(async (tx) => {
    const now = context.now();
    for (const row of await listTriesForUpdate(tx, [here, anywhere, place], now)) {
      const count = row.key === place ? Math.max(0, row.count - 1) : 0;
      const succeededAt = row.key === here ? now : row.succeededAt;
      await saveTries(tx, { ...row, count, blockedUntil: null, succeededAt });
    }
  });

export const signIn = async (
  context: Context,
  { email, password }: SignInInput,
  address: string,
): Promise<FlowAnswer> => {
  const keys = signInKeys(email, address);
  await countSignIn(context, keys);
  const answer = await runFlow(context, '/sign-in/email', { body: { email, password }, address });
  await forgetSignIn(context, keys);
  return answer;
};

/** The language in which somebody wants to be written to. */
export const changeLanguage = (
  context: Context,
  { accountId, locale }: { readonly accountId: string; readonly locale: Language },
): Promise<void> => saveAccount(context.database.db, { id: accountId, locale, now: context.now() });

export const signOut = (context: Context, cookie: string, address: string) =>
  runFlow(context, '/sign-out', { body: {}, cookie, address });

/** The account of an address. A new one has no password, and nobody can sign in with it. */
export const openAccount = (
  tx: Transaction,
  context: Context,
  { name, email }: { readonly name: string; readonly email: string },
): Promise<Account> =>
  findOrInsertAccountForUpdate(tx, {
    id: context.newId('account'),
    name,
    email,
    locale: context.locale,
    createdAt: context.now(),
    updatedAt: context.now(),
  });

export const hashPassword = async (context: Context, password: string): Promise<string> =>
  (await context.signIn.$context).password.hash(password);

/** Whoever proved the address has chosen a password: the only one from now on. */
export const choosePassword = (
  tx: Transaction,
  context: Context,
  { accountId, passwordHash }: { readonly accountId: string; readonly passwordHash: string },
): Promise<void> =>
  savePassword(tx, {
    credentialId: context.newId('credential'),
    accountId,
    passwordHash,
    now: context.now(),
  });

const keptDays = 31;

export const forgetTries = (context: Context): Promise<void> =>
  removeTriesBefore(context.database.db, new Date(context.now().getTime() - keptDays * 86_400_000));

export {
  existsStaffRole,
  findAccountById,
  findOptionalAccountByEmail,
  listStaffReaders,
  saveAccount,
  type Account,
} from './store.ts';
