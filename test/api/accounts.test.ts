import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashSecret } from '#api/accounts/actions.ts';
import { openTestApp, type Answer, type TestApp } from '#test/fixtures/app.ts';

const password = '阿武隈川のほとりで42';
const week = 7 * 24 * 60;

let house: TestApp;
let addresses = 0;
const statements: string[] = [];

// The sign-in library reads the clock of the machine, so this house does too.
beforeAll(async () => {
  house = await openTestApp({
    now: new Date().toISOString(),
    settings: { trustsProxy: true },
    onQuery: (statement) => statements.push(statement),
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

const register = (
  email: string,
  headers: Record<string, string> = fromNewPlace(),
  { name = '佐藤 花子', word = password }: { name?: string; word?: string } = {},
) =>
  house.call('/api/organizations', {
    json: { account: { name, email, password: word }, organization },
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

const inEnglish = { 'accept-language': 'en-GB,en' };

const openConfirmation = (token: string, word = password, headers = {}) =>
  house.call('/api/accounts/confirmations/open', {
    json: { token, password: word },
    headers: { ...fromNewPlace(), ...headers },
  });

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

  it('on a page in English writes in English, until the reader chooses another language', async () => {
    await register('john@example.jp', { ...fromNewPlace(), ...inEnglish });
    const [mail] = await mailsTo('john@example.jp');
    expect(mail!.subject).toBe('[Kaikan] Please confirm your e-mail address');
    expect(mail!.body).toMatch(/^Dear 佐藤 花子,\n/);
    const token = await tokenFrom('john@example.jp', /confirm/);
    const cookie = cookieOf(await openConfirmation(token, password, inEnglish));
    const localeOf = async () => (await me(cookie)).body.account.locale;
    expect(await localeOf()).toBe('en');
    const choose = (locale: string) =>
      house.call('/api/accounts/me/language', {
        method: 'PUT',
        json: { locale },
        headers: { cookie },
      });
    expect((await choose('xx')).status).toBe(400);
    expect((await choose('ja')).body).toEqual({ done: true });
    expect(await localeOf()).toBe('ja');
    await house.call('/api/accounts/password-resets', {
      json: { email: 'john@example.jp' },
      headers: { ...fromNewPlace(), ...inEnglish },
    });
    expect((await mailsTo('john@example.jp')).at(-1)!.subject).toBe('【会館】パスワードの再設定');
  });

  it.each(['taro..abc@docomo.ne.jp', 'abc.@ezweb.ne.jp', 'a+2f/b@docomo.ne.jp'])(
    'takes the address %s a carrier gave out, mails to it, and lets in who confirmed it',
    async (email) => {
      const [local, domain] = email.split('@') as [string, string];
      expect((await register(email)).status).toBe(201);
      const isQuoted = /^\.|\.\.|\.$/.test(local);
      const arrived = isQuoted ? `"${local}"@${domain}` : email;
      const opened = await openConfirmation(await tokenFrom(arrived, /確認/));
      expect((await me(cookieOf(opened))).body.account.email).toBe(email);
      expect((await signIn(email)).status).toBe(200);
      const asked = await house.call('/api/accounts/password-resets', {
        json: { email },
        headers: fromNewPlace(),
      });
      expect(asked.status).toBe(200);
      expect((await mailsTo(arrived)).length).toBeGreaterThan(1);
    },
  );

  it('takes an address of a domain in Japanese letters, in either script', async () => {
    expect((await register('info@会館.jp')).status).toBe(201);
    const opened = await openConfirmation(await tokenFrom('info@会館.jp', /確認/));
    expect(opened.status).toBe(200);
    expect((await signIn('info@XN--6oq681p.jp')).status).toBe(200);
  });

  it('keeps the password only as a slow hash', async () => {
    await confirmed('hash@example.jp');
    const [row] = await house.sql`
      select c.password from credentials c join accounts a on a.id = c.account_id
      where a.email = 'hash@example.jp'`;
    expect(row!['password']).not.toContain(password);
    expect(String(row!['password']).length).toBeGreaterThan(60);
  });

  it('lets nobody in before the address is confirmed', async () => {
    await register('early@example.jp');
    await house.runJobs();
    const refused = await signIn('early@example.jp');
    expect(codeOf(refused)).toEqual([401, 'accounts.wrong_credentials']);
    expect(refused.headers.getSetCookie()).toEqual([]);
  });

  it('sends the confirmation again to who waits for it, and to nobody else', async () => {
    await register('again@example.jp');
    await house.runJobs();
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
    await house.runJobs();
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
        account: { name: ' ', email: 'not an address' },
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
      ['organization.kind', 'http.not_a_choice'],
      ['organization.phone', 'http.not_a_phone'],
    ]);
  });
});

describe('an address registered by a stranger first', () => {
  const theirs = 'よそ者の合言葉 2026';

  it('is not opened by the password of the stranger once its owner has confirmed', async () => {
    const email = 'victim@example.jp';
    await register(email, fromNewPlace(), { name: 'よそ者', word: theirs });
    await house.runJobs();
    await register(email);
    const opened = await openConfirmation(await tokenFrom(email, /確認/));
    expect(opened.status).toBe(200);
    expect(codeOf(await signIn(email, theirs))).toEqual([401, 'accounts.wrong_credentials']);
    expect((await signIn(email)).status).toBe(200);
    const { body } = await me(cookieOf(opened));
    expect([body.account.name, body.organizationIds.length]).toEqual(['佐藤 花子', 1]);
  });

  it('is not confirmed for the stranger by whoever opens the letter', async () => {
    const email = 'curious@example.jp';
    await register(email, fromNewPlace(), { word: theirs });
    await openConfirmation(await tokenFrom(email, /確認/), '自分で決めた長い合言葉');
    expect((await signIn(email, theirs)).status).toBe(401);
    expect((await signIn(email, '自分で決めた長い合言葉')).status).toBe(200);
  });

  it('is not opened by the letters of earlier registrations', async () => {
    const email = 'later@example.jp';
    await register(email, fromNewPlace(), { word: theirs });
    const early = await tokenFrom(email, /確認/);
    await register(email);
    await house.runJobs();
    expect(codeOf(await openConfirmation(early))).toEqual([
      410,
      'accounts.confirmation_link_invalid',
    ]);
  });

  it('is sent no words of the stranger but one short line without addresses', async () => {
    const greetingTo = async (email: string, name: string) => {
      await register(email, fromNewPlace(), { name });
      const [mail] = await mailsTo(email);
      return mail!.body.split('\n')[0];
    };
    expect(await greetingTo('g1@example.jp', '当選者様 https://evil.example/x')).toBe('ご担当者様');
    expect(await greetingTo('g2@example.jp', '至急 evil．example を開く')).toBe('ご担当者様');
    expect(await greetingTo('g3@example.jp', 'あ'.repeat(100))).toBe(`${'あ'.repeat(60)} 様`);
  });
});

describe('a confirmation link', () => {
  it('that is made up is of no use, and one that was used neither', async () => {
    await register('changed@example.jp');
    const token = await tokenFrom('changed@example.jp', /確認/);
    expect(codeOf(await openConfirmation(`${token}x`))).toEqual([
      410,
      'accounts.confirmation_link_invalid',
    ]);
    expect((await openConfirmation(token)).status).toBe(200);
    expect((await openConfirmation(token)).status).toBe(410);
  });

  it('ends after a day', async () => {
    await register('slow@example.jp');
    const token = await tokenFrom('slow@example.jp', /確認/);
    house.clock.advanceMinutes(24 * 60);
    expect((await openConfirmation(token)).status).toBe(410);
    house.clock.set(new Date().toISOString());
  });

  it('asks for a password', async () => {
    const { status, body } = await house.call('/api/accounts/confirmations/open', {
      json: { token: 'x' },
    });
    expect([status, body.error.fields[0].path]).toEqual([400, 'password']);
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

  it('is not replaced by an older letter once a newer one was used', async () => {
    const email = 'twice@example.jp';
    await confirmed(email);
    await ask(email);
    const older = await tokenFrom(email, /再設定/);
    await ask(email);
    const newer = await tokenFrom(email, /再設定/);
    expect((await open(newer, '新しい合言葉は安達太良')).status).toBe(200);
    expect((await open(older, 'よそ者の長い合言葉です')).status).toBe(410);
    expect((await signIn(email, '新しい合言葉は安達太良')).status).toBe(200);
  });

  it('is not said to be on its way when the letter could not be queued', async () => {
    const email = 'unqueued@example.jp';
    await confirmed(email);
    await house.sql`alter table mails add constraint no_more check (false) not valid`;
    await house.sql`alter function graphile_worker.add_job rename to add_job_away`;
    try {
      expect((await ask(email)).status).toBe(500);
    } finally {
      await house.sql`alter table mails drop constraint no_more`;
      await house.sql`alter function graphile_worker.add_job_away rename to add_job`;
    }
  });

  it('is asked for by the same statements whether or not the address is known', async () => {
    const email = 'measured@example.jp';
    await confirmed(email);
    await ask('warm@example.jp');
    const statementsOf = async (address: string) => {
      statements.length = 0;
      await ask(address);
      return [...statements];
    };
    expect(await statementsOf(email)).toEqual(await statementsOf('nobody-measured@example.jp'));
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

describe('a right password', () => {
  it('is not refused because of what others at the same address typed', async () => {
    await confirmed('shared@example.jp');
    const place = fromNewPlace();
    await signIn('other@example.jp', 'wrong word', place);
    await house.sql`update tries set count = 200, blocked_until = now() + interval '10 minutes'
      where key = ${`sign_in_from ${place['x-forwarded-for']}`}`;
    expect((await signIn('shared@example.jp', password, place)).status).toBe(200);
  });

  it('is not refused where it worked lately because of what others typed elsewhere', async () => {
    await confirmed('trusted@example.jp');
    const place = fromNewPlace();
    await signIn('trusted@example.jp', password, place);
    await house.sql`update tries set blocked_until = now() + interval '10 minutes', count = 99
      where key = ${`sign_in ${hashSecret('trusted@example.jp')}`}`;
    expect((await signIn('trusted@example.jp', password)).status).toBe(429);
    expect((await signIn('trusted@example.jp', password, place)).status).toBe(200);
  });
});
