import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFirstAdministratorLink } from '#api/staff/actions.ts';
import { openTestApp, type Answer, type Person, type TestApp } from '#test/fixtures/app.ts';

let house: TestApp;
const password = '阿武隈川のほとりで42';
const clock = () => new Date().toISOString();

beforeAll(async () => {
  house = await openTestApp({ now: clock() });
});

afterAll(() => house.close());

const mailsTo = async (email: string) => {
  await house.runJobs();
  return house.sql<{ body: string }[]>`
    select body from mailbox_messages where to_address = ${email} order by id`;
};

const tokenOf = async (email: string) =>
  /token=(\S+)/.exec((await mailsTo(email)).at(-1)!.body)![1]!;

const takeUp = async (email: string): Promise<string> => {
  const { status, headers } = await house.call('/api/accounts/confirmations/open', {
    json: { token: await tokenOf(email), password },
  });
  expect(status).toBe(200);
  return headers.getSetCookie()[0]!.split(';')[0]!;
};

const listed = async (cookie: string) =>
  (await house.call('/api/staff', { headers: { cookie } })).body;

const codeOf = ({ status, body }: Answer) => [status, body.error?.code];

const change = (cookie: string, accountId: string, grants: unknown[]) =>
  house.call(`/api/staff/${accountId}/grants`, { json: { grants }, headers: { cookie } });

describe('an installation without any staff', () => {
  let cookie: string;
  let ownId: string;

  it('gets its first administrator by the link of its first start, and by nothing else', async () => {
    const link = (await findFirstAdministratorLink(house.house))!;
    const token = /token=(\S+)/.exec(link)![1]!;
    const first = (changes: object) =>
      house.call('/api/staff/first', {
        json: { token, name: '初野 始', email: 'first@example.jp', ...changes },
      });
    expect(codeOf(await first({ token: 'guessed' }))).toEqual([410, 'staff.first_link_invalid']);
    expect((await first({ email: 'mistyped@example.jp' })).status).toBe(200);
    const lost = await tokenOf('mistyped@example.jp');
    expect((await first({})).status).toBe(200);
    cookie = await takeUp('first@example.jp');
    const stale = await house.call('/api/accounts/confirmations/open', {
      json: { token: lost, password },
    });
    expect(stale.status).toBe(410);
    const { venues, members } = await listed(cookie);
    expect(venues).toHaveLength(3);
    expect(members).toEqual([
      expect.objectContaining({ name: '初野 始', isConfirmed: true, email: 'first@example.jp' }),
    ]);
    ownId = members[0].accountId;
    expect(codeOf(await first({}))).toEqual([410, 'staff.first_link_invalid']);
    expect(await findFirstAdministratorLink(house.house)).toBeUndefined();
  });

  it('lets no last administrator go, until another has registered', async () => {
    const grants = [{ venueId: 'corasse', role: 'administrator' }];
    const add = { name: '次野 継', email: 'second@example.jp', grants };
    const added = await house.call('/api/staff', { json: add, headers: { cookie } });
    expect([added.status, added.body]).toEqual([200, { done: true }]);
    const rest = ['big-palette', 'hightech-plaza'].map((venueId) => ({
      venueId,
      role: 'administrator',
    }));
    expect(codeOf(await change(cookie, ownId, rest))).toEqual([409, 'staff.last_administrator']);
    const again = (await listed(cookie)).members.find(
      ({ email }: { email: string }) => email === 'second@example.jp',
    );
    const invite = () =>
      house.call(`/api/staff/${again.accountId}/invitations`, {
        method: 'POST',
        json: {},
        headers: { cookie },
      });
    expect((await invite()).status).toBe(200);
    await takeUp('second@example.jp');
    expect(codeOf(await invite())).toEqual([409, 'staff.already_registered']);
    expect((await change(cookie, ownId, rest)).status).toBe(200);
    expect((await listed(cookie)).venues.map(({ id }: { id: string }) => id)).toEqual([
      'big-palette',
      'hightech-plaza',
    ]);
  });

  it('writes down who gave which role', async () => {
    const entries = await house.sql`
      select action, actor from audit_entries where action like 'staff.%' order by happened_at, id`;
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['staff.add', 'staff.invite', 'staff.change']),
    );
    expect(entries.at(-1)!['actor']).toMatchObject({ kind: 'staff', accountId: ownId });
  });
});

describe('the staff of a venue', () => {
  let desk: Person;

  beforeAll(async () => {
    desk = await house.staff('desk', 'big-palette');
  });

  it('is changed by administrators only, and only at their venues', async () => {
    expect(codeOf(await house.call('/api/staff', { as: desk }))).toEqual([
      403,
      'accounts.forbidden',
    ]);
    const own = await house.staff('administrator', 'corasse');
    const grants = [{ venueId: 'big-palette', role: 'administrator' }];
    const other = await house.call('/api/staff', {
      as: own,
      json: { name: '越野 権', email: 'beyond@example.jp', grants },
    });
    expect(codeOf(other)).toEqual([403, 'accounts.forbidden']);
    expect(codeOf(await change(own.cookie, desk.accountId, []))).toEqual([404, 'staff.unknown']);
  });

  it('loses every right at once when a role is ended', async () => {
    const own = await house.staff('administrator', 'big-palette');
    expect((await change(own.cookie, desk.accountId, [])).status).toBe(200);
    const { body } = await house.call('/api/accounts/me', { as: desk });
    expect(body.isStaff).toBe(false);
  });

  it('of a venue that came from a file and has nobody is named by any administrator', async () => {
    const own = await house.staff('administrator', 'corasse');
    await house.sql`delete from staff_roles where venue_id = 'hightech-plaza'`;
    const grants = [{ venueId: 'hightech-plaza', role: 'administrator' }];
    const named = await house.call('/api/staff', {
      as: own,
      json: { name: '新野 館', email: 'new-venue@example.jp', grants },
    });
    expect(named.status).toBe(200);
  });
});
