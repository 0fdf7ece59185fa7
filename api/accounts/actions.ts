import type { Context, House } from '../context.ts';
import type { StaffRole } from '../shared/actor.ts';
import { accountErrors } from './errors.ts';
import type { SignedIn } from './rules.ts';
import type { NewAccount, SignInInput } from './schema.ts';
import {
  findOptionalAccountByEmail,
  findOptionalSignedIn,
  insertStaffRole,
  saveEmailConfirmed,
} from './store.ts';

export const findSignedIn = (house: House, token: string): Promise<SignedIn | undefined> =>
  findOptionalSignedIn(house.database.db, token, house.now());

interface FlowAnswer {
  readonly cookies: readonly string[];
  readonly body: unknown;
}

const refusalOf = async (response: Response): Promise<Error> => {
  if (response.status >= 500) return new Error(`the sign-in flow ended with ${response.status}`);
  if (response.status === 429) {
    const seconds = Number(response.headers.get('X-Retry-After') ?? 60);
    return accountErrors.too_many_attempts({ params: { seconds }, retryAfterSeconds: seconds });
  }
  const body = (await response.json().catch(() => ({}))) as { code?: string };
  if (body.code === 'EMAIL_NOT_VERIFIED') return accountErrors.email_not_confirmed();
  if (/TOKEN/.test(body.code ?? '')) return accountErrors.confirmation_link_invalid();
  return accountErrors.wrong_credentials();
};

/** Runs one flow of the sign-in library as an HTTP request, so that its rate limits apply. */
const runFlow = async (
  context: Context,
  path: string,
  input: { body?: unknown; address: string; cookie?: string },
): Promise<FlowAnswer> => {
  const headers = new Headers({
    'content-type': 'application/json',
    origin: context.settings.publicUrl,
    'x-client-address': input.address,
  });
  if (input.cookie) headers.set('cookie', input.cookie);
  const request = new Request(`${context.settings.publicUrl}/api/sign-in${path}`, {
    method: input.body === undefined ? 'GET' : 'POST',
    headers,
    ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
  });
  const response = await context.signIn.handler(request);
  if (response.status >= 400) throw await refusalOf(response);
  return { cookies: response.headers.getSetCookie(), body: await response.json() };
};

export const signIn = (context: Context, input: SignInInput, address: string) =>
  runFlow(context, '/sign-in/email', { body: input, address });

export const signOut = (context: Context, cookie: string, address: string) =>
  runFlow(context, '/sign-out', { body: {}, cookie, address });

/** Answers alike whether or not the address has an account: nobody learns who is registered. */
export const requestPasswordReset = (context: Context, email: string, address: string) =>
  runFlow(context, '/request-password-reset', { body: { email }, address });

export const resetPassword = (
  context: Context,
  input: { token: string; newPassword: string },
  address: string,
) => runFlow(context, '/reset-password', { body: input, address });

export const resendConfirmation = (context: Context, email: string, address: string) =>
  runFlow(context, '/send-verification-email', { body: { email }, address });

export const confirmEmail = (context: Context, token: string, address: string) =>
  runFlow(context, `/verify-email?token=${encodeURIComponent(token)}`, { address });

/**
 * Makes an account that cannot sign in before its address is confirmed. An address already known
 * goes the same way, as long and as often, and gets no second account.
 */
export const registerAccount = async (
  context: Context,
  input: NewAccount,
  address: string,
): Promise<{ accountId: string; isNew: boolean }> => {
  const { body } = await runFlow(context, '/sign-up/email', { body: input, address });
  const account = await findOptionalAccountByEmail(context.database.db, input.email);
  const answered = (body as Record<'user', { id: string }>)['user'].id;
  return { accountId: account!.id, isNew: account!.id === answered };
};

/** Staff accounts are made by the house, not by sign-up; the address counts as confirmed. */
export const registerStaff = async (
  context: Context,
  input: NewAccount & { roles: readonly { venueId: string; role: StaffRole }[] },
): Promise<string> => {
  const { accountId } = await registerAccount(context, input, '127.0.0.1');
  await context.transact(async (tx) => {
    await saveEmailConfirmed(tx, accountId, context.now());
    for (const grant of input.roles) {
      await insertStaffRole(tx, { accountId, ...grant, grantedAt: context.now() });
    }
  });
  return accountId;
};

export { saveEmailConfirmed } from './store.ts';
