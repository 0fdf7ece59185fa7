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

describe('an organizer whose data were wrong', () => {
  const changed = {
    ...organization,
    name: '福島工芸協会連合会',
    nameKana: 'フクシマコウゲイキョウカイレンゴウカイ',
    contactName: '渡部 二郎',
    addressee: '福島工芸協会連合会 会計係',
  };
  const change = (id: string, as: Person | undefined, json: object) =>
    house.call(`/api/organizations/${id}`, { ...(as ? { as } : {}), method: 'PUT', json });

  it('is changed by its people, and the act keeps what stood before', async () => {
    const person = await house.organizer('書き間違えた会');
    const { status, body } = await change(person.organizationId, person, changed);
    expect(status).toBe(200);
    expect(body.organization).toMatchObject({
      name: '福島工芸協会連合会',
      contactName: '渡部 二郎',
      phone: '0249478010',
      addressee: '福島工芸協会連合会 会計係',
    });
    const [entry] = await house.sql`
      select actor, before, after from audit_entries
      where subject_id = ${person.organizationId} and action = 'organizations.change'`;
    expect(entry!['before']).toMatchObject({ name: '書き間違えた会' });
    expect(entry!['after']).toMatchObject({ name: '福島工芸協会連合会' });
    expect(entry!['actor']).toMatchObject({ kind: 'organizer', accountId: person.accountId });
    expect((await listOf(person))[0].name).toBe('福島工芸協会連合会');
  });

  it('is changed by the desk only with a reason', async () => {
    const person = await house.organizer('電話で直す会');
    const refused = await change(person.organizationId, desk, changed);
    expect([refused.status, refused.body.error.code]).toEqual([
      422,
      'organizations.reason_required',
    ]);
    expect(refused.body.error.fields[0].path).toBe('reason');
    const reason = '電話で申し出があった';
    const { status } = await change(person.organizationId, desk, { ...changed, reason });
    expect(status).toBe(200);
    const [entry] = await house.sql`
      select after from audit_entries
      where subject_id = ${person.organizationId} and action = 'organizations.change'`;
    expect(entry!['after']).toMatchObject({ reason });
  });

  it('is not there for a stranger, for finance or for nobody', async () => {
    const finance = await house.staff('finance');
    const id = organizer.organizationId;
    expect((await change(id, stranger, changed)).body.error.code).toBe('organizations.unknown');
    expect((await change(id, finance, changed)).status).toBe(403);
    expect((await change(id, undefined, changed)).status).toBe(401);
    expect((await change('org_nothing', desk, { ...changed, reason: '無い' })).status).toBe(404);
    expect((await house.call(`/api/organizations/${id}`, { as: stranger })).status).toBe(404);
    const seen = await house.call(`/api/organizations/${id}`, { as: desk });
    expect(seen.body.organization.id).toBe(id);
  });

  it('is a small business by its own word again when it becomes somebody else', async () => {
    const person = await house.organizer('確かめられた会');
    await house.sql`update organizations set sme_status = 'confirmed'
      where id = ${person.organizationId}`;
    const same = { ...changed, name: '確かめられた会', declaresSme: true };
    const kept = await change(person.organizationId, person, same);
    expect(kept.body.organization.smeStatus).toBe('confirmed');
    const other = await change(person.organizationId, person, { ...changed, declaresSme: true });
    expect(other.body.organization.smeStatus).toBe('declared');
  });

  it('is refused field by field, as when it registers', async () => {
    const { status, body } = await change(organizer.organizationId, organizer, {
      ...changed,
      name: '',
      phone: '12',
    });
    expect(status).toBe(400);
    expect(body.error.fields.map(({ path }: { path: string }) => path)).toEqual(['name', 'phone']);
  });
});

describe('letters about bookings', () => {
  const bookAs = async (as: Person, organizationId: string, date: string) => {
    const uses = [{ room: 'special-room', date, band: 'afternoon' }];
    const json = askHold(organizationId, { uses, title: '見てはならない催事' });
    const { status, body } = await house.call('/api/bookings', { as, json });
    expect(status, JSON.stringify(body)).toBe(201);
    const letters = await house.sql<{ to: string }[]>`
      select to_address as to from mails where subject_id = ${body.booking.id}`;
    return letters.map(({ to }) => to);
  };
  const change = (as: Person, id: string, email: string) =>
    house.call(`/api/organizations/${id}`, {
      as,
      method: 'PUT',
      json: { ...organization, email, ...(as === desk ? { reason: '電話で' } : {}) },
    });

  it('reach nobody whose address was typed by somebody else and never confirmed', async () => {
    const person = await house.organizer('宛先を変える会');
    const own = `${person.accountId}@example.jp`;
    expect(await bookAs(person, person.organizationId, '2027-03-01')).toEqual([own]);
    await change(person, person.organizationId, 'victim@example.com');
    expect(await bookAs(person, person.organizationId, '2027-03-02')).toEqual([own]);
    await change(desk, person.organizationId, 'other-victim@example.com');
    expect(await bookAs(desk, person.organizationId, '2027-03-03')).toEqual([own]);
  });

  it('reach the address of the account that is given, of several who sign in', async () => {
    const person = await house.organizer('二人の会');
    const second = await house.organizer('二人目');
    await house.sql`insert into organization_members (organization_id, account_id, joined_at)
      values (${person.organizationId}, ${second.accountId}, '2026-11-24T02:00:00Z')`;
    const theirs = `${second.accountId}@example.jp`;
    await change(person, person.organizationId, theirs);
    expect(await bookAs(person, person.organizationId, '2027-03-04')).toEqual([theirs]);
  });

  it('reach nobody while the account is not confirmed, and a caller where the desk was told', async () => {
    const person = await house.organizer('まだの会');
    await house.sql`update accounts set email_verified = false where id = ${person.accountId}`;
    expect(await bookAs(desk, person.organizationId, '2027-03-05')).toEqual([]);
    const json = { ...organization, name: '電話で聞いた会', phone: '0245551999', isNew: true };
    const { body } = await house.call('/api/organizations/callers', { as: desk, json });
    const letters = await bookAs(desk, body.organization.id, '2027-03-08');
    expect(letters).toEqual(['office@example.jp']);
  });
});

describe('a caller who is not known', () => {
  const caller = {
    kind: 'organization',
    name: '㈱みなみ印刷',
    contactName: '南 千尋',
    phone: '０２４－５５５－０１２３',
  };
  const writeDown = (changes: Record<string, unknown> = {}, as: Person = desk) =>
    house.call('/api/organizations/callers', { as, json: { ...caller, ...changes } });
  const uses = [{ room: 'special-room', date: '2027-02-16', band: 'morning' }];

  it('is booked by the desk with name, contact and telephone: no password, no address', async () => {
    const { status, body } = await writeDown();
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body.organization).toMatchObject({ phone: '0245550123', email: null });
    const json = askHold(body.organization.id, { uses });
    const held = await house.call('/api/bookings', { as: desk, json });
    expect(held.status, JSON.stringify(held.body)).toBe(201);
    expect(held.body.booking).toMatchObject({ contactName: '南 千尋', contactEmail: null });
    const letters = await house.sql`select 1 from mails where subject_id = ${held.body.booking.id}`;
    expect(letters).toHaveLength(0);
    const [entry] = await house.sql`
      select action from audit_entries where subject_id = ${body.organization.id}`;
    expect(entry!['action']).toBe('organizations.register_caller');
  });

  it('is shown who has the same telephone or name before a new one is made', async () => {
    const alike = await writeDown({ name: 'みなみ印刷 株式会社', phone: '0245559999' });
    expect([alike.status, alike.body.error.code]).toEqual([409, 'organizations.looks_known']);
    expect(alike.body.error.detail.organizations[0]).toMatchObject({ name: '㈱みなみ印刷' });
    const other = await writeDown({ name: '北の会' });
    expect(other.status).toBe(409);
    expect((await writeDown({ name: '北の会', isNew: true })).status).toBe(201);
  });

  it('is written down by who takes bookings, and by nobody else', async () => {
    expect((await writeDown({ name: '東の会' }, organizer)).status).toBe(403);
    expect((await writeDown({ name: '東の会' }, await house.staff('finance'))).status).toBe(403);
    expect((await writeDown({ phone: '12' })).body.error.fields).toMatchObject([{ path: 'phone' }]);
  });
});
