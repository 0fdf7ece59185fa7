import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Answer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';

let house: TestApp;
let desk: Person;
const password = '信夫山のふもとで42';

beforeAll(async () => {
  // Jobs leave by the real clock, so the house has it too.
  house = await openTestApp({ now: new Date().toISOString() });
  desk = await house.staff('desk');
});

afterAll(() => house.close());

const codeOf = ({ status, body }: Answer) => [status, body.error?.code];

const phones = (function* () {
  for (let number = 5_550_000; ; number += 1) yield `024${number}`;
})();

const caller = (name: string) => ({
  kind: 'organization',
  name,
  contactName: '南 千尋',
  phone: phones.next().value,
});

const writeDown = async (name: string): Promise<string> => {
  const { body } = await house.call('/api/organizations/callers', {
    as: desk,
    json: caller(name),
  });
  return body.organization.id;
};

const invite = (id: string, email: string, as: Person | undefined = desk) =>
  house.call(`/api/organizations/${id}/invitations`, { ...(as ? { as } : {}), json: { email } });

const lettersTo = async (email: string) => {
  await house.runJobs();
  return house.sql<{ subject: string; body: string }[]>`
    select subject, body from mailbox_messages where to_address = ${email} order by id`;
};

const tokenOf = async (email: string) =>
  /invitations\?token=(\S+)/.exec((await lettersTo(email)).at(-1)!.body)![1]!;

const open = (token: string, changes: object = { password }) =>
  house.call('/api/organizations/invitations/open', { json: { token, ...changes } });

const cookieOf = ({ headers }: Answer) => headers.getSetCookie()[0]!.split(';')[0]!;

const organizationsOf = async (headers: { cookie: string }): Promise<string[]> =>
  (await house.call('/api/accounts/me', { headers })).body.organizationIds;

const signIn = async (email: string) =>
  cookieOf(await house.call('/api/accounts/sign-in', { json: { email, password } }));

describe('a caller who was booked by telephone', () => {
  let id: string;
  let token: string;

  it('is invited by a letter, opens it, chooses a password and sees the booking', async () => {
    id = await writeDown('南印刷');
    const uses = [{ room: 'special-room', date: '2027-02-16', band: 'morning' }];
    const held = await house.call('/api/bookings', { as: desk, json: askHold(id, { uses }) });
    expect(held.status, JSON.stringify(held.body)).toBe(201);
    expect((await invite(id, 'minami@example.jp')).status).toBe(201);
    const [letter] = await lettersTo('minami@example.jp');
    expect(letter!.body).toContain('南 千尋 様');
    token = await tokenOf('minami@example.jp');
    const read = await house.call('/api/organizations/invitations/read', { json: { token } });
    expect(read.body).toEqual({ organizationName: '南印刷', choosesPassword: true });
    const cookie = cookieOf(await open(token));
    const { body } = await house.call('/api/bookings', { headers: { cookie } });
    expect(body.rows.map(({ id }: { id: string }) => id)).toEqual([held.body.booking.id]);
    const seen = await house.call(`/api/organizations/${id}`, { as: desk });
    expect(seen.body.organization.email).toBe('minami@example.jp');
  });

  it('opens the letter once, and is not invited again once they sign in', async () => {
    expect(codeOf(await open(token))).toEqual([410, 'accounts.confirmation_link_invalid']);
    expect(codeOf(await invite(id, 'other@example.jp'))).toEqual([409, 'invitations.has_members']);
  });

  it('leaves a trace of who invited and who came', async () => {
    const entries = await house.sql`
      select action, actor from audit_entries where subject_id = ${id} order by happened_at, id`;
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['invitations.send', 'invitations.accept']),
    );
  });
});

describe('an invitation', () => {
  it('that went to a mistyped address opens nothing once another was sent', async () => {
    const id = await writeDown('書き違いの会');
    await invite(id, 'mistaken@example.jp');
    const lost = await tokenOf('mistaken@example.jp');
    await invite(id, 'meant@example.jp');
    const state = await house.call(`/api/organizations/${id}/invitations`, { as: desk });
    expect(state.body).toMatchObject({
      hasMembers: false,
      invitation: { email: 'meant@example.jp' },
    });
    expect(codeOf(await open(lost))).toEqual([410, 'accounts.confirmation_link_invalid']);
    expect((await open(await tokenOf('meant@example.jp'))).status).toBe(200);
    const after = await house.call(`/api/organizations/${id}/invitations`, { as: desk });
    expect(after.body).toEqual({ hasMembers: true, invitation: null });
  });

  it('asks who is new for a password, and keeps the letter until one is given', async () => {
    const id = await writeDown('合言葉を忘れた会');
    await invite(id, 'forgetful@example.jp');
    const token = await tokenOf('forgetful@example.jp');
    const without = await open(token, {});
    expect(codeOf(without)).toEqual([422, 'accounts.password_required']);
    expect(without.body.error.fields[0].path).toBe('password');
    expect((await open(token)).status).toBe(200);
  });

  it('to an account that signs in already adds the organization and changes no password', async () => {
    const first = await writeDown('一つ目の会');
    await invite(first, 'twice@example.jp');
    await open(await tokenOf('twice@example.jp'));
    const second = await writeDown('二つ目の会');
    await invite(second, 'twice@example.jp');
    const token = await tokenOf('twice@example.jp');
    const read = await house.call('/api/organizations/invitations/read', { json: { token } });
    expect(read.body.choosesPassword).toBe(false);
    const opened = await open(token, { password: '別の人が決めた合言葉' });
    expect([opened.status, opened.headers.getSetCookie()]).toEqual([200, []]);
    const cookie = await signIn('twice@example.jp');
    expect(await organizationsOf({ cookie })).toEqual([first, second].sort());
  });

  it('opens no organization of a stranger who registered the address before', async () => {
    await house.call('/api/organizations', {
      json: {
        account: { name: '見知らぬ人', email: 'victim@example.jp' },
        organization: { ...caller('見知らぬ会'), email: 'victim@example.jp' },
      },
    });
    await house.runJobs();
    const id = await writeDown('本人の会');
    await invite(id, 'victim@example.jp');
    const cookie = cookieOf(await open(await tokenOf('victim@example.jp')));
    expect(await organizationsOf({ cookie })).toEqual([id]);
    const me = await house.call('/api/accounts/me', { headers: { cookie } });
    expect(me.body.account.name).toBe('南 千尋');
  });

  it('stays open when its reader registers on their own meanwhile', async () => {
    const id = await writeDown('電話の会');
    await invite(id, 'both@example.jp');
    const token = await tokenOf('both@example.jp');
    await house.call('/api/organizations', {
      json: {
        account: { name: '両方 使', email: 'both@example.jp' },
        organization: { ...caller('自分で登録した会'), email: 'both@example.jp' },
      },
    });
    const confirm = /confirm\?token=(\S+)/.exec((await lettersTo('both@example.jp')).at(-1)!.body)!;
    await house.call('/api/accounts/confirmations/open', {
      json: { token: confirm[1], password },
    });
    expect((await open(token, {})).status).toBe(200);
    const cookie = await signIn('both@example.jp');
    expect(await organizationsOf({ cookie })).toHaveLength(2);
  });

  it('is no key to a password of an account: neither reset nor confirmation take it', async () => {
    const id = await writeDown('鍵の会');
    await invite(id, 'key@example.jp');
    const token = await tokenOf('key@example.jp');
    for (const [path, json] of [
      ['confirmations', { token, password }],
      ['password-resets', { token, newPassword: password }],
    ] as const) {
      expect((await house.call(`/api/accounts/${path}/open`, { json })).status).toBe(410);
    }
  });

  it('ends after seven days', async () => {
    const id = await writeDown('七日の会');
    await invite(id, 'late@example.jp');
    const token = await tokenOf('late@example.jp');
    const now = house.clock.now();
    house.clock.set(new Date(now.getTime() + 7 * 86_400_000).toISOString());
    expect((await open(token)).status).toBe(410);
    const state = await house.call(`/api/organizations/${id}/invitations`, { as: desk });
    house.clock.set(now.toISOString());
    expect(state.body.invitation).toBeNull();
  });

  it('is sent by who takes bookings, to nobody who works here', async () => {
    const id = await writeDown('招く会');
    const organizer = await house.organizer('招かれない会');
    const finance = await house.staff('finance');
    expect((await invite(id, 'x@example.jp', organizer)).status).toBe(403);
    expect((await invite(id, 'x@example.jp', finance)).status).toBe(403);
    expect((await invite('org_nothing', 'x@example.jp')).status).toBe(404);
    const own = `${desk.accountId}@example.jp`;
    expect(codeOf(await invite(id, own))).toEqual([409, 'invitations.works_here']);
    expect((await house.call(`/api/organizations/${id}/invitations`)).status).toBe(401);
  });
});

describe('the data of a caller', () => {
  const change = (id: string, json: object) =>
    house.call(`/api/organizations/${id}`, { as: desk, method: 'PUT', json });

  it('are changed without an address while nobody signs in, and not after', async () => {
    const id = await writeDown('住所のない会');
    const json = { ...caller('住所のない会'), contactName: '北 千尋', reason: '電話で' };
    const { status, body } = await change(id, json);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.organization).toMatchObject({ contactName: '北 千尋', email: null });
    await invite(id, 'reached@example.jp');
    await open(await tokenOf('reached@example.jp'));
    const refused = await change(id, json);
    expect(codeOf(refused)).toEqual([422, 'organizations.email_required']);
    expect(refused.body.error.fields[0].path).toBe('email');
  });
});
