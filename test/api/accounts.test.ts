import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveEmailConfirmed } from '#api/accounts/actions.ts';
import { openTestApp, type Answer, type TestApp } from '#test/fixtures/app.ts';

const password = '阿武隈川のほとりで42';
const week = 7 * 24 * 60;

let house: TestApp;
let addresses = 0;

// The sign-in library reads the clock of the machine, so this house does too.
beforeAll(async () => {
  house = await openTestApp({
    now: new Date().toISOString(),
    settings: { trustsProxy: true },
  });
});

afterAll(() => house.close());

/** Each person comes from an address of their own: how often one may try is counted by it. */
const fromNewPlace = () => {
  addresses += 1;
  return { 'x-forwarded-for': `203.0.113.${addresses}` };
};

const organization = {
  kind: 'organization',
  name: '郡山写真連盟',
  contactName: '佐藤 花子',
  phone: '０２４－９４７－８０１０',
  email: 'office@example.jp',
};

const register = (email: string, headers = fromNewPlace()) =>
  house.call('/api/organizations', {
    json: { account: { name: '佐藤 花子', email, password }, organization },
    headers,
  });

const signIn = (email: string, word = password, headers = fromNewPlace()) =>
  house.call('/api/accounts/sign-in', { json: { email, password: word }, headers });

const cookieOf = ({ headers }: Answer) =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0]!)
    .join('; ');

const me = (cookie: string) => house.call('/api/accounts/me', { headers: { cookie } });

const mailsTo = async (email: string) => {
  await house.runJobs();
  const rows = await house.sql<{ subject: string; body: string }[]>`
    select subject, body from mailbox_messages where to_address = ${email} order by id`;
  return [...rows];
};

const tokenFrom = async (email: string, subject: RegExp) => {
  const mail = (await mailsTo(email)).findLast((one) => subject.test(one.subject));
  return decodeURIComponent(/token=(\S+)/.exec(mail!.body)![1]!);
};

const openConfirmation = (token: string) =>
  house.call('/api/accounts/confirmations/open', { json: { token }, headers: fromNewPlace() });

const confirmed = async (email: string) => {
  expect((await register(email)).status).toBe(201);
  const opened = await openConfirmation(await tokenFrom(email, /確認/));
  expect(opened.status).toBe(200);
  return cookieOf(opened);
};

const codeOf = ({ status, body }: Answer) => [status, body.error.code];

describe('signing up', () => {
  it('sends a mail over SMTP whose link confirms the address and signs in', async () => {
    const registered = await register('hanako@example.jp');
    expect([registered.status, registered.body]).toEqual([201, { registered: true }]);
    expect(registered.headers.getSetCookie()).toEqual([]);
    const [mail] = await mailsTo('hanako@example.jp');
    expect(mail!.subject).toBe('【会館】メールアドレスの確認をお願いします');
    expect(mail!.body).toContain('佐藤 花子 様');
    expect(mail!.body).toContain('http://localhost:3000/sign-up/confirm?token=');
    const opened = await openConfirmation(await tokenFrom('hanako@example.jp', /確認/));
    expect([opened.status, opened.body]).toEqual([200, { done: true }]);
    const answer = await me(cookieOf(opened));
    expect(answer.body).toMatchObject({
      account: { name: '佐藤 花子', email: 'hanako@example.jp', locale: 'ja' },
      isStaff: false,
      roles: [],
    });
    expect(answer.body.organizationIds).toHaveLength(1);
  });

  it('keeps the password only as a slow hash', async () => {
    await register('hash@example.jp');
    const [row] = await house.sql`
      select c.password from credentials c join accounts a on a.id = c.account_id
      where a.email = 'hash@example.jp'`;
    expect(row!['password']).not.toContain(password);
    expect(String(row!['password']).length).toBeGreaterThan(60);
  });

  it('lets nobody in before the address is confirmed', async () => {
    await register('early@example.jp');
    const refused = await signIn('early@example.jp');
    expect(codeOf(refused)).toEqual([403, 'accounts.email_not_confirmed']);
    expect(refused.headers.getSetCookie()).toEqual([]);
  });

  it('sends the confirmation again to who waits for it, and to nobody else', async () => {
    await register('again@example.jp');
    const askAgain = (email: string) =>
      house.call('/api/accounts/confirmations', { json: { email }, headers: fromNewPlace() });
    for (const email of ['again@example.jp', 'nobody@example.jp']) {
      const { status, body } = await askAgain(email);
      expect([status, body]).toEqual([200, { done: true }]);
    }
    expect(await mailsTo('again@example.jp')).toHaveLength(2);
    expect(await mailsTo('nobody@example.jp')).toEqual([]);
  });

  it('with an address already registered answers alike and makes nothing', async () => {
    await confirmed('known@example.jp');
    const counts = () => house.sql`
      select (select count(*) from accounts)::int as accounts,
        (select count(*) from organizations)::int as organizations,
        (select count(*) from mails)::int as mails`;
    const before = await counts();
    const known = await register('KNOWN@example.jp');
    expect(await counts()).toEqual(before);
    const fresh = await register('fresh@example.jp');
    expect([known.status, known.body]).toEqual([fresh.status, fresh.body]);
    expect((await signIn('known@example.jp')).status).toBe(200);
  });

  it('may be tried as often with an address already registered as with a new one', async () => {
    await register('often@example.jp');
    const place = fromNewPlace();
    const answers = [];
    for (let at = 0; at < 11; at += 1) answers.push(await register('often@example.jp', place));
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(201), 429]);
  });

  it('names every field that is not right', async () => {
    const { status, body } = await house.call('/api/organizations', {
      json: {
        account: { name: ' ', email: 'not an address', password: 'short' },
        organization: { ...organization, kind: 'club', phone: '12' },
      },
    });
    expect([status, body.error.code]).toEqual([400, 'http.invalid_input']);
    const found = body.error.fields.map(({ path, code }: { path: string; code: string }) => [
      path,
      code,
    ]);
    expect(found).toEqual([
      ['account.name', 'http.required'],
      ['account.email', 'http.not_an_email'],
      ['account.password', 'http.too_short'],
      ['organization.kind', 'http.not_a_choice'],
      ['organization.phone', 'http.not_a_phone'],
    ]);
  });
});

describe('a confirmation link', () => {
  it('that was changed is of no use', async () => {
    await register('changed@example.jp');
    const token = await tokenFrom('changed@example.jp', /確認/);
    const [head, payload, signature] = token.split('.') as [string, string, string];
    const forged = Buffer.from(JSON.stringify({ email: 'hanako@example.jp' })).toString(
      'base64url',
    );
    for (const wrong of ['nonsense', `${head}.${forged}.${signature}`, `${head}.${payload}.`]) {
      expect(codeOf(await openConfirmation(wrong))).toEqual([
        410,
        'accounts.confirmation_link_invalid',
      ]);
    }
  });
});

describe('signing in', () => {
  it('takes the address however it is typed', async () => {
    await confirmed('typed@example.jp');
    const { status, headers } = await signIn(' Ｔyped@Example.JP ');
    expect(status).toBe(200);
    const [cookie] = headers.getSetCookie();
    expect(cookie).toMatch(/^kaikan\.session_token=/);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
  });

  it('answers a wrong password and an unknown address alike', async () => {
    await confirmed('right@example.jp');
    const wrong = await signIn('right@example.jp', 'not the password');
    const unknown = await signIn('unknown@example.jp');
    expect(codeOf(wrong)).toEqual([401, 'accounts.wrong_credentials']);
    expect({ ...unknown.body.error, requestId: '' }).toEqual({
      ...wrong.body.error,
      requestId: '',
    });
  });

  it('has to wait after ten tries, and is told how long', async () => {
    const place = fromNewPlace();
    for (let at = 0; at < 10; at += 1) {
      expect((await signIn('guess@example.jp', `guess ${at}`, place)).status).toBe(401);
    }
    const limited = await signIn('guess@example.jp', 'guess 10', place);
    expect(codeOf(limited)).toEqual([429, 'accounts.too_many_attempts']);
    const seconds = Number(limited.headers.get('Retry-After'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(limited.body.error.message).toContain(`${seconds}秒`);
    expect((await signIn('guess@example.jp', 'guess 11')).status).toBe(401);
  });

  it('counts the hop our own proxy saw, not what the caller wrote before it', async () => {
    const last = fromNewPlace()['x-forwarded-for'];
    const answers = [];
    for (let at = 0; at < 11; at += 1) {
      const headers = { 'x-forwarded-for': `198.51.100.${at}, ${last}` };
      answers.push(await signIn('hop@example.jp', 'guess', headers));
    }
    expect(answers.at(-1)!.status).toBe(429);
  });
});

describe('a session', () => {
  it('ends with signing out', async () => {
    const cookie = await confirmed('leaving@example.jp');
    const out = await house.call('/api/accounts/sign-out', { json: {}, headers: { cookie } });
    expect([out.status, out.body]).toEqual([200, { done: true }]);
    expect(cookieOf(out)).toMatch(/^kaikan\.session_token=(;|$)/);
    expect(codeOf(await me(cookie))).toEqual([401, 'accounts.sign_in_required']);
  });

  it('ends by itself after a week', async () => {
    const cookie = await confirmed('idle@example.jp');
    house.clock.advanceMinutes(week - 10);
    expect((await me(cookie)).status).toBe(200);
    house.clock.advanceMinutes(20);
    expect((await me(cookie)).status).toBe(401);
    house.clock.set(new Date().toISOString());
  });

  it('with a forged or unsigned cookie is none', async () => {
    const cookie = await confirmed('forged@example.jp');
    const [name, value] = cookie.split('=') as [string, string];
    const token = decodeURIComponent(value).split('.')[0]!;
    const other = await confirmed('other@example.jp');
    const otherSignature = decodeURIComponent(other.split('=')[1]!).split('.')[1]!;
    const forgeries = [
      token,
      `${token}.`,
      `${token}.${Buffer.alloc(32).toString('base64')}`,
      `${token}.${otherSignature}`,
    ];
    for (const forgery of forgeries) {
      const { status } = await me(`${name}=${encodeURIComponent(forgery)}`);
      expect(status).toBe(401);
    }
    expect((await me(cookie)).status).toBe(200);
  });

  it('of a member of staff tells the roles', async () => {
    const desk = await house.staff('desk', 'corasse', 'big-palette');
    const { body } = await house.call('/api/accounts/me', { as: desk });
    expect(body).toMatchObject({
      isStaff: true,
      organizationIds: [],
      roles: [
        { venueId: 'big-palette', role: 'desk' },
        { venueId: 'corasse', role: 'desk' },
      ],
    });
  });
});

describe('a forgotten password', () => {
  const ask = (email: string) =>
    house.call('/api/accounts/password-resets', { json: { email }, headers: fromNewPlace() });
  const open = (token: string, newPassword: string) =>
    house.call('/api/accounts/password-resets/open', {
      json: { token, newPassword },
      headers: fromNewPlace(),
    });

  it('is replaced through the mail, once, and ends every session', async () => {
    const email = 'forgot@example.jp';
    const cookie = await confirmed(email);
    expect((await ask(email)).body).toEqual({ done: true });
    const token = await tokenFrom(email, /再設定/);
    const opened = await open(token, '新しい合言葉は安達太良');
    expect([opened.status, opened.body]).toEqual([200, { done: true }]);
    expect((await me(cookie)).status).toBe(401);
    expect((await signIn(email)).status).toBe(401);
    expect((await signIn(email, '新しい合言葉は安達太良')).status).toBe(200);
    expect(codeOf(await open(token, 'もう一度使ってみる鍵'))).toEqual([
      410,
      'accounts.confirmation_link_invalid',
    ]);
  });

  it('is asked for without telling who is registered', async () => {
    const { status, body } = await ask('nobody-here@example.jp');
    expect([status, body]).toEqual([200, { done: true }]);
    expect(await mailsTo('nobody-here@example.jp')).toEqual([]);
  });
});

describe('a fault of the sign-in flow', () => {
  it('is told as a fault, not as a wrong password', async () => {
    await confirmed('fault@example.jp');
    await house.sql`alter table credentials rename to credentials_away`;
    try {
      const answer = await signIn('fault@example.jp');
      expect(codeOf(answer)).toEqual([500, 'http.unexpected']);
    } finally {
      await house.sql`alter table credentials_away rename to credentials`;
    }
  });
});

describe('staff', () => {
  it('is known to the house: no mail has to confirm the address', async () => {
    await register('staff@example.jp');
    const [row] = await house.sql`select id from accounts where email = 'staff@example.jp'`;
    await saveEmailConfirmed(house.house.database.db, row!['id'] as string, house.clock.now());
    expect((await signIn('staff@example.jp')).status).toBe(200);
  });
});
