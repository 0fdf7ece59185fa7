import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';

let house: TestApp;
let organizer: Organizer;
let stranger: Organizer;
let desk: Person;

beforeAll(async () => {
  house = await openTestApp();
  organizer = await house.organizer();
  stranger = await house.organizer('会津写真愛好会');
  desk = await house.staff('desk');
});

afterAll(() => house.close());

const organization = {
  kind: 'organization',
  name: '福島工芸協会',
  contactName: '渡部 一郎',
  phone: '０２４（９４７）８０１０',
  email: 'Office＠Example.JP',
};

const register = (changes: Record<string, unknown> = {}, as: Person = organizer) =>
  house.call('/api/organizations', { as, json: { organization: { ...organization, ...changes } } });

const listOf = async (as: Person) =>
  (await house.call('/api/organizations', { as })).body.organizations;

describe('registering one more organizer', () => {
  it('adds it to the signed-in account, read as it was meant', async () => {
    const { status, body } = await register({
      nameKana: 'フクシマコウゲイキョウカイ',
      postalCode: '〒９６３−０１１５',
      address: '郡山市南二丁目52番地',
      declaresSme: true,
    });
    expect([status, body]).toEqual([201, { registered: true }]);
    const added = (await listOf(organizer)).find(
      ({ name }: { name: string }) => name === '福島工芸協会',
    );
    expect(added).toMatchObject({
      kind: 'organization',
      phone: '0249478010',
      email: 'office@example.jp',
      postalCode: '9630115',
      smeStatus: 'declared',
    });
  });

  it('leaves a trace of who did it', async () => {
    await register({ name: '跡の残る会' });
    const [entry] = await house.sql`
      select e.actor, e.request_id from audit_entries e join organizations o on o.id = e.subject_id
      where o.name = '跡の残る会' and e.action = 'organizations.register'`;
    expect(entry!['actor']).toMatchObject({ kind: 'organizer', accountId: organizer.accountId });
    expect(entry!['request_id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('lets it be booked for at once', async () => {
    const person = await house.organizer('一人目の会');
    await register({ name: '二つ目の会' }, person);
    const [, second] = await listOf(person);
    const { status, body } = await house.call('/api/bookings', {
      as: person,
      json: askHold(second.id),
    });
    expect(status).toBe(201);
    expect(body.booking.organizationName).toBe('二つ目の会');
  });

  it('needs an account: without one and without signing in it is refused', async () => {
    for (const as of [undefined, desk]) {
      const { status, body } = await house.call('/api/organizations', {
        ...(as ? { as } : {}),
        json: { organization },
      });
      expect([status, body.error.code]).toEqual([422, 'organizations.account_required']);
    }
  });

  it('asks for a postal code and a phone number of Japan', async () => {
    const { status, body } = await register({ postalCode: '12-345', phone: '947-8010' });
    expect(status).toBe(400);
    expect(body.error.fields).toEqual([
      expect.objectContaining({ path: 'organization.phone', code: 'http.not_a_phone' }),
      expect.objectContaining({ path: 'organization.postalCode', code: 'http.wrong_form' }),
    ]);
  });
});

describe('the organizers of an account', () => {
  it('are its own, oldest first', async () => {
    const [first] = await listOf(organizer);
    expect(first).toMatchObject({ id: organizer.organizationId, name: '郡山見本市実行委員会' });
    expect(await listOf(stranger)).toEqual([
      expect.objectContaining({ id: stranger.organizationId }),
    ]);
    expect(await listOf(desk)).toEqual([]);
  });

  it('are shown to nobody without signing in', async () => {
    const { status, body } = await house.call('/api/organizations');
    expect([status, body.error.code]).toEqual([401, 'accounts.sign_in_required']);
  });
});

describe('the desk booking for an organizer', () => {
  it('may do so for every organizer, and is told when there is none', async () => {
    const made = await house.call('/api/bookings', {
      as: desk,
      json: askHold(stranger.organizationId, {
        uses: [
          { room: 'exhibition-hall', configuration: 'b', date: '2027-02-15', band: 'morning' },
        ],
      }),
    });
    expect(made.status).toBe(201);
    const { status, body } = await house.call('/api/bookings', {
      as: desk,
      json: askHold(house.house.newId('organization')),
    });
    expect([status, body.error.code]).toEqual([404, 'organizations.unknown']);
  });

  it('finds them by name, contact or telephone, and only the desk may look', async () => {
    const found = async (as: Person, query: string) => {
      const { status, body } = await house.call(
        `/api/organizations?query=${encodeURIComponent(query)}`,
        { as },
      );
      return [status, body.organizations?.map(({ id }: { id: string }) => id) ?? body.error.code];
    };
    const other = await house.organizer('会津漆器協同組合');
    expect(await found(desk, '漆器')).toEqual([200, [other.organizationId]]);
    expect((await found(desk, '０２４－９４７－８０１０'))[1]).toContain(other.organizationId);
    expect((await found(desk, '佐藤'))[1]).toContain(other.organizationId);
    expect(await found(desk, '100%')).toEqual([200, []]);
    expect(await found(desk, ' ')).toEqual([200, []]);
    expect(await found(stranger, '漆器')).toEqual([403, 'accounts.forbidden']);
    const finance = await house.staff('finance');
    expect(await found(finance, '漆器')).toEqual([403, 'accounts.forbidden']);
  });
});
