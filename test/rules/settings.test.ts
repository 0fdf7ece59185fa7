import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from '#api/settings.ts';

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'kaikan-settings-'));
});

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const secret = 'nR4vQ8zK1mT6xB3yW9pL5cJ7hD2fG0sA';
const production = () => ({
  DATA_FOLDER: folder,
  DATABASE_URL: 'postgres://kaikan:word@db.example.jp:5432/kaikan',
  SESSION_SECRET: secret,
  PUBLIC_URL: 'https://kaikan.example.jp/',
  SMTP_URL: 'smtps://kaikan:word@mail.example.jp:465',
});
const stripe = {
  STRIPE_SECRET_KEY: 'sk_test_1',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
};

const problemsOf = (variables: NodeJS.ProcessEnv) => {
  try {
    readSettings({ DATA_FOLDER: folder, ...variables });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const [head, ...lines] = error.message.split('\n');
    expect(head).toBe('起動できません。設定をご確認ください / The server cannot start:');
    return lines.map((line) => {
      expect(line).toMatch(/^ {2}- .*[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}].* \/ \w/u);
      return line.replace(/^ {2}- .* \/ /, '');
    });
  }
  return [];
};

const without = (name: keyof ReturnType<typeof production>) => {
  const { [name]: _left, ...rest } = production();
  return rest;
};

describe('with no settings at all', () => {
  it('the house runs as a demonstration on port 3000', () => {
    expect(readSettings({ DATA_FOLDER: folder })).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      isDemonstration: true,
      publicUrl: 'http://localhost:3000',
      dataFolder: folder,
      chargesProvisionalFees: true,
      trustsProxy: false,
      stripe: undefined,
      smtpUrl: undefined,
    });
  });

  it('makes a secret once, keeps it to itself and finds it again', () => {
    const first = readSettings({ DATA_FOLDER: folder }).sessionSecret;
    expect(first.length).toBeGreaterThanOrEqual(32);
    expect(readSettings({ DATA_FOLDER: folder }).sessionSecret).toBe(first);
    const mode = fs.statSync(path.join(folder, 'session-secret')).mode & 0o777;
    expect(process.platform === 'win32' ? 0o600 : mode).toBe(0o600);
  });

  it('an empty variable counts as none', () => {
    const empty = { PORT: '', DATABASE_URL: '', SESSION_SECRET: '', TRUST_PROXY: '' };
    expect(readSettings({ DATA_FOLDER: folder, ...empty })).toMatchObject({
      port: 3000,
      isDemonstration: true,
    });
  });
});

describe('in production', () => {
  it('takes what it needs, and charges nothing the operator has not published', () => {
    expect(readSettings({ ...production(), ...stripe, TRUST_PROXY: 'true' })).toMatchObject({
      isDemonstration: false,
      publicUrl: 'https://kaikan.example.jp',
      sessionSecret: secret,
      chargesProvisionalFees: false,
      trustsProxy: true,
      stripe: { secretKey: 'sk_test_1', publishableKey: 'pk_test_1', webhookSecret: 'whsec_1' },
    });
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it('charges provisional fees only when told so', () => {
    const told = { ...production(), CHARGE_PROVISIONAL_FEES: 'true' };
    expect(readSettings(told).chargesProvisionalFees).toBe(true);
  });

  it('says what is missing, all at once', () => {
    expect(problemsOf({ DATABASE_URL: production().DATABASE_URL })).toEqual([
      'SESSION_SECRET is missing: 32 characters or more, random',
      'PUBLIC_URL is missing: the address people open, such as https://kaikan.example.jp',
      'SMTP_URL is missing: smtp://user:password@host:port of your mail server',
    ]);
  });

  it.each([
    ['SESSION_SECRET', 'SESSION_SECRET is missing'],
    ['PUBLIC_URL', 'PUBLIC_URL is missing'],
    ['SMTP_URL', 'SMTP_URL is missing'],
  ] as const)('does not start without %s', (name, sentence) => {
    const problems = problemsOf(without(name));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(sentence);
  });

  it.each(['a'.repeat(40), 'password'.repeat(5), '12345678901234567890123456789012'])(
    'does not take %s for a secret',
    (weak) => {
      expect(problemsOf({ ...production(), SESSION_SECRET: weak })).toEqual([
        'SESSION_SECRET is too easy to guess: use random characters',
      ]);
    },
  );

  it('takes Stripe whole or not at all', () => {
    const { STRIPE_WEBHOOK_SECRET: _left, ...two } = stripe;
    expect(problemsOf({ ...production(), ...two })).toEqual([
      'STRIPE_WEBHOOK_SECRET is missing: the three STRIPE_ settings go together',
    ]);
    expect(problemsOf({ ...production(), STRIPE_SECRET_KEY: 'sk_test_1' })).toHaveLength(2);
  });

  it('is never paid by a stand-in, as the demonstration is', () => {
    const standIn = { ...stripe, STRIPE_STAND_IN_URL: 'http://127.0.0.1:4242' };
    expect(readSettings({ DATA_FOLDER: folder, ...standIn }).stripe).toMatchObject({
      standInUrl: 'http://127.0.0.1:4242',
    });
    expect(problemsOf({ ...production(), ...standIn })).toEqual([
      expect.stringMatching(/^STRIPE_STAND_IN_URL is for the demonstration/),
    ]);
  });
});

describe('a setting that is not right', () => {
  it.each([
    [{ PORT: 'http' }, /^PORT: /],
    [{ PORT: '70000' }, /^PORT: /],
    [{ HOST: undefined, DATABASE_URL: 'mysql://db.example.jp/kaikan' }, /^DATABASE_URL: /],
    [{ DATABASE_REPLICA_URL: 'elsewhere' }, /^DATABASE_REPLICA_URL: /],
    [{ PUBLIC_URL: 'kaikan.example.jp' }, /^PUBLIC_URL: /],
    [{ SESSION_SECRET: 'short' }, /^needs at least 32 characters$/],
    [{ SMTP_URL: 'mail.example.jp' }, /^SMTP_URL: /],
    [{ STRIPE_SECRET_KEY: 'pk_test_1' }, /^STRIPE_SECRET_KEY: /],
    [{ STRIPE_PUBLISHABLE_KEY: 'sk_test_1' }, /^STRIPE_PUBLISHABLE_KEY: /],
    [{ STRIPE_WEBHOOK_SECRET: 'secret' }, /^STRIPE_WEBHOOK_SECRET: /],
    [{ TRUST_PROXY: 'yes' }, /^TRUST_PROXY: /],
    [{ CHARGE_PROVISIONAL_FEES: '1' }, /^CHARGE_PROVISIONAL_FEES: /],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL: /],
    [{ NODE_ENV: 'staging' }, /^NODE_ENV: /],
    [{ MAIL_FROM: 'x' }, /^MAIL_FROM: /],
  ])('is named: %j', (variables, sentence) => {
    const problems = problemsOf(variables as NodeJS.ProcessEnv);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(sentence);
  });
});
