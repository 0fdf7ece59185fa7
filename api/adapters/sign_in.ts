import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { typeidUnboxed } from 'typeid-js';
import type { Database } from '#db/client.server.ts';
import * as schema from '#db/schema/accounts.ts';
import { idPrefixes } from '../shared/ids.ts';

export interface SignInMail {
  readonly kind: 'verify_email' | 'reset_password';
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly token: string;
}

export interface SignInOptions {
  readonly secret: string;
  readonly publicUrl: string;
  readonly sendMail: (mail: SignInMail) => Promise<void>;
}

export const passwordLengthMin = 10;

const prefixOf: Record<string, string> = {
  user: idPrefixes.account,
  session: idPrefixes.session,
  account: idPrefixes.credential,
  verification: idPrefixes.verification,
};

const daySeconds = 60 * 60 * 24;

/** Tables and columns of the house under the names the library knows. */
const tables = {
  user: { modelName: 'accounts' },
  session: {
    modelName: 'sessions',
    fields: { userId: 'accountId' },
    expiresIn: 7 * daySeconds,
  },
  account: { modelName: 'credentials', fields: { userId: 'accountId', accountId: 'externalId' } },
  verification: { modelName: 'verifications' },
};

/** How often an address may try, kept in the database so that every process counts together. */
const rateLimit = {
  enabled: true,
  storage: 'database' as const,
  modelName: 'rateLimits',
  window: 60,
  max: 100,
  customRules: {
    '/sign-in/email': { window: 60, max: 10 },
    '/sign-up/email': { window: 60, max: 10 },
    '/request-password-reset': { window: 60, max: 5 },
    '/send-verification-email': { window: 60, max: 5 },
  },
};

interface Receiver {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

const mailTo = (
  kind: SignInMail['kind'],
  { id, name, email }: Receiver,
  token: string,
): SignInMail => ({
  kind,
  accountId: id,
  name,
  email,
  token,
});

/** The flows of sign-in: password hashing, e-mail confirmation, reset, and how often one may try. */
export const createSignIn = (database: Database, options: SignInOptions) =>
  betterAuth({
    secret: options.secret,
    baseURL: options.publicUrl,
    basePath: '/api/sign-in',
    telemetry: { enabled: false },
    logger: { disabled: true },
    // A fault reaches our own log with its cause; refusals stay answers.
    onAPIError: { throw: true },
    database: drizzleAdapter(database.db, {
      provider: 'pg',
      schema: {
        accounts: schema.accounts,
        sessions: schema.sessions,
        credentials: schema.credentials,
        verifications: schema.verifications,
        rateLimits: schema.rateLimits,
      },
    }),
    ...tables,
    rateLimit,
    advanced: {
      cookiePrefix: 'kaikan',
      ipAddress: { ipAddressHeaders: ['x-client-address'] },
      database: {
        generateId: ({ model }: { model: string }) => typeidUnboxed(prefixOf[model] ?? 'row'),
      },
    },
    emailAndPassword: {
      enabled: true,
      requireEmailVerification: true,
      minPasswordLength: passwordLengthMin,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, token }) =>
        options.sendMail(mailTo('reset_password', user, token)),
    },
    emailVerification: {
      sendOnSignUp: true,
      autoSignInAfterVerification: true,
      expiresIn: daySeconds,
      sendVerificationEmail: ({ user, token }) =>
        options.sendMail(mailTo('verify_email', user, token)),
    },
  });

export type SignIn = ReturnType<typeof createSignIn>;
