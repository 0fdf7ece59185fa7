import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { typeidUnboxed } from 'typeid-js';
import type { Database } from '#db/client.server.ts';
import * as schema from '#db/schema/accounts.ts';
import { idPrefixes } from '../shared/ids.ts';
import { withSpelledAddress, withTrueAddresses } from './sign_in_addresses.ts';

export interface SignInOptions {
  readonly secret: string;
  readonly publicUrl: string;
  readonly hashSecret: (secret: string) => string;
}

const prefixOf: Record<string, string> = {
  user: idPrefixes.account,
  session: idPrefixes.session,
  account: idPrefixes.credential,
};

const daySeconds = 60 * 60 * 24;

/** Tables and columns of the house under the names the library knows. */
const tables = {
  user: { modelName: 'accounts' },
  session: {
    modelName: 'sessions',
    fields: { userId: 'accountId', token: 'tokenSha256' },
    expiresIn: 7 * daySeconds,
  },
  account: { modelName: 'credentials', fields: { userId: 'accountId', accountId: 'externalId' } },
};

type OpenAdapter = ReturnType<typeof drizzleAdapter>;
type Adapter = ReturnType<OpenAdapter>;
type Where = NonNullable<Parameters<Adapter['findOne']>[0]['where']>;

/** The library reads and writes sessions by their token; the table has its hash. */
const hashingTokens = (open: OpenAdapter, hashSecret: SignInOptions['hashSecret']): OpenAdapter => {
  const hashed = (value: Where[number]['value']) =>
    Array.isArray(value) ? value.map((one) => hashSecret(String(one))) : hashSecret(String(value));
  const byHash = <Query extends { model: string; where?: Where | undefined }>(query: Query) =>
    query.model === 'session' && query.where
      ? {
          ...query,
          where: query.where.map((part) =>
            part.field === 'token' ? { ...part, value: hashed(part.value) } : part,
          ),
        }
      : query;
  return (options) => {
    const adapter = open(options);
    const create = async (query: Parameters<Adapter['create']>[0]) => {
      const { token } = query.data as { token?: unknown };
      if (query.model !== 'session' || typeof token !== 'string') return adapter.create(query);
      const made = await adapter.create({
        ...query,
        data: { ...query.data, token: hashSecret(token) },
      });
      return { ...made, token };
    };
    const hashing: Adapter = {
      ...adapter,
      create: create as Adapter['create'],
      findOne: (query) => adapter.findOne(byHash(query)),
      findMany: (query) => adapter.findMany(byHash(query)),
      update: (query) => adapter.update(byHash(query)),
      updateMany: (query) => adapter.updateMany(byHash(query)),
      delete: (query) => adapter.delete(byHash(query)),
      deleteMany: (query) => adapter.deleteMany(byHash(query)),
      transaction: (work) => work(hashing),
    };
    return hashing;
  };
};

/** Passwords and sessions; how a password comes to be chosen, and how often it may be tried, is ours. */
export const createSignIn = (database: Database, options: SignInOptions) => {
  const library = betterAuth({
    secret: options.secret,
    baseURL: options.publicUrl,
    basePath: '/api/sign-in',
    telemetry: { enabled: false },
    logger: { disabled: true },
    // A fault reaches our own log with its cause; refusals stay answers.
    onAPIError: { throw: true },
    database: withTrueAddresses(
      hashingTokens(
        drizzleAdapter(database.db, {
          provider: 'pg',
          schema: {
            accounts: schema.accounts,
            sessions: schema.sessions,
            credentials: schema.credentials,
          },
        }),
        options.hashSecret,
      ),
    ),
    ...tables,
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'kaikan',
      ipAddress: { ipAddressHeaders: ['x-client-address'] },
      database: {
        generateId: ({ model }: { model: string }) => typeidUnboxed(prefixOf[model] ?? 'row'),
      },
    },
    emailAndPassword: { enabled: true, disableSignUp: true, requireEmailVerification: true },
  });
  const handler = async (request: Request) => library.handler(await withSpelledAddress(request));
  return { handler, $context: library.$context };
};

export type SignIn = ReturnType<typeof createSignIn>;
