import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { z } from 'zod';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

const environmentSchema = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_REPLICA_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATA_FOLDER: z.string().min(1).default('.data'),
  CATALOGUE_FOLDER: z.string().min(1).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SESSION_SECRET: z
    .string()
    .min(32, '32文字以上が必要です / needs at least 32 characters')
    .optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().min(3).default('会館 <kaikan@localhost>'),
  STRIPE_SECRET_KEY: z.string().startsWith('sk_').optional(),
  STRIPE_PUBLISHABLE_KEY: z.string().startsWith('pk_').optional(),
  STRIPE_WEBHOOK_SECRET: z.string().startsWith('whsec_').optional(),
  STRIPE_STAND_IN_URL: z.url({ protocol: /^http$/ }).optional(),
  CHARGE_PROVISIONAL_FEES: flag.optional(),
  SLIP_COMPANY_CODE: z
    .string()
    .regex(/^\d{6}$/, '6桁の数字が必要です / needs six digits')
    .optional(),
  TRUST_PROXY: flag.default(false),
  PUBLIC_WORK_PER_MINUTE: z.coerce.number().int().min(1).default(1_200),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
});

type Environment = z.infer<typeof environmentSchema>;

export interface StripeSettings {
  readonly secretKey: string;
  readonly publishableKey: string;
  readonly webhookSecret: string;
  /** Where a stand-in answers in place of Stripe. */
  readonly standInUrl?: string | undefined;
}

export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Without a DATABASE_URL the house runs its own database with demonstration data. */
  readonly isDemonstration: boolean;
  readonly databaseUrl: string | undefined;
  readonly replicaUrl: string | undefined;
  readonly dataFolder: string;
  /** Where the operator keeps files of further venues. */
  readonly catalogueFolder: string | undefined;
  readonly publicUrl: string;
  readonly sessionSecret: string;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  readonly stripe: StripeSettings | undefined;
  /** Whether fees the operator has not published may be charged. */
  readonly chargesProvisionalFees: boolean;
  /** Six digits the collecting agency has given for slips paid at convenience stores. */
  readonly slipCompanyCode?: string | undefined;
  readonly trustsProxy: boolean;
  /** Points of dear work one address may ask for in a minute without signing in as staff. */
  readonly publicWorkPerMinute: number;
  readonly logLevel: string;
}

/** What is wrong with the environment, one line a variable, for the person who starts the server. */
export class SettingsError extends Error {
  constructor(problems: readonly string[]) {
    super(
      `起動できません。設定をご確認ください / The server cannot start:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
    this.name = 'SettingsError';
  }
}

const japanese = z.locales.ja().localeError;

/** The sentences of the checker in both languages; one that has both already stands as it is. */
const issuesInBoth = (present: object, issues: readonly z.core.$ZodIssue[]): string[] => {
  const other = environmentSchema.safeParse(present, { error: japanese }).error?.issues;
  return issues.map(({ path, message }, at) => {
    const name = path.join('.');
    const ja = other?.[at]?.message ?? message;
    return ja === message ? `${name}: ${message}` : `${name}: ${ja} / ${name}: ${message}`;
  });
};

const secretFile = 'session-secret';

/** The demonstration makes its secret once and keeps it beside its data. */
const keptSecret = (dataFolder: string): string => {
  const file = path.join(dataFolder, secretFile);
  if (fs.existsSync(file)) return fs.readFileSync(file, 'utf8').trim();
  fs.mkdirSync(dataFolder, { recursive: true });
  const secret = randomBytes(32).toString('base64url');
  fs.writeFileSync(file, secret, { mode: 0o600 });
  return secret;
};

const isWeak = (secret: string) => new Set(secret).size < 12;

const productionProblems = (env: Environment): string[] => {
  const problems: string[] = [];
  if (!env.DATABASE_URL) return problems;
  if (!env.SESSION_SECRET)
    problems.push(
      'SESSION_SECRET がありません。32文字以上の無作為な文字列を指定してください / SESSION_SECRET is missing: 32 characters or more, random',
    );
  else if (isWeak(env.SESSION_SECRET))
    problems.push(
      'SESSION_SECRET が推測されやすい文字列です。無作為な文字列にしてください / SESSION_SECRET is too easy to guess: use random characters',
    );
  if (!env.PUBLIC_URL)
    problems.push(
      'PUBLIC_URL がありません。https://kaikan.example.jp のような公開アドレスを指定してください / PUBLIC_URL is missing: the address people open, such as https://kaikan.example.jp',
    );
  if (!env.SMTP_URL)
    problems.push(
      'SMTP_URL がありません。メールサーバを smtp://user:password@host:port の形で指定してください / SMTP_URL is missing: smtp://user:password@host:port of your mail server',
    );
  return problems;
};

const stripeProblems = (env: Environment): string[] => {
  const names = ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET'] as const;
  const missing = names.filter((name) => !env[name]);
  const problems =
    missing.length === names.length
      ? []
      : missing.map(
          (name) =>
            `${name} がありません。STRIPE_ の三つの設定はそろえて指定してください / ${name} is missing: the three STRIPE_ settings go together`,
        );
  if (env.STRIPE_STAND_IN_URL && env.DATABASE_URL)
    problems.push(
      'STRIPE_STAND_IN_URL は実演用の設定です。実際の運用では外してください / STRIPE_STAND_IN_URL is for the demonstration: take it away where real money is paid',
    );
  return problems;
};

export const readSettings = (variables: NodeJS.ProcessEnv): Settings => {
  const present = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(present);
  if (!parsed.success) {
    throw new SettingsError(issuesInBoth(present, parsed.error.issues));
  }
  const env = parsed.data;
  const problems = [...productionProblems(env), ...stripeProblems(env)];
  if (problems.length > 0) throw new SettingsError(problems);
  const isDemonstration = !env.DATABASE_URL;
  const dataFolder = path.resolve(env.DATA_FOLDER);
  return {
    port: env.PORT,
    // The demonstration's sign-ins are printed for everybody: it stays on this machine unless told otherwise.
    host: env.HOST ?? (isDemonstration ? '127.0.0.1' : '0.0.0.0'),
    isDemonstration,
    databaseUrl: env.DATABASE_URL,
    replicaUrl: env.DATABASE_REPLICA_URL,
    dataFolder,
    catalogueFolder: env.CATALOGUE_FOLDER && path.resolve(env.CATALOGUE_FOLDER),
    publicUrl: (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/$/, ''),
    sessionSecret: env.SESSION_SECRET ?? keptSecret(dataFolder),
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM,
    stripe: env.STRIPE_SECRET_KEY
      ? {
          secretKey: env.STRIPE_SECRET_KEY,
          publishableKey: env.STRIPE_PUBLISHABLE_KEY!,
          webhookSecret: env.STRIPE_WEBHOOK_SECRET!,
          standInUrl: env.STRIPE_STAND_IN_URL,
        }
      : undefined,
    chargesProvisionalFees: env.CHARGE_PROVISIONAL_FEES ?? isDemonstration,
    slipCompanyCode: env.SLIP_COMPANY_CODE,
    trustsProxy: env.TRUST_PROXY,
    publicWorkPerMinute: env.PUBLIC_WORK_PER_MINUTE,
    logLevel: env.LOG_LEVEL,
  };
};
