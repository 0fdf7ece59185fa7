import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { dunOverdue } from '#api/receivables/actions/dun.ts';
import { addDays, localDay } from '#api/shared/time.ts';
import {
  openTestApp,
  testNow,
  type Organizer,
  type Person,
  type TestApp,
} from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';
import { makeApprovedBooking } from '#test/fixtures/bookings.ts';

let app: TestApp;
let organizer: Organizer;
let debtor: Organizer;
let stranger: Organizer;
let manager: Person;
let finance: Person;
let desk: Person;
let elsewhere: Person;
let days = 0;

beforeAll(async () => {
  app = await openTestApp();
  [organizer, debtor, stranger] = await Promise.all([
    app.organizer('甲'),
    app.organizer('未納商会'),
    app.organizer('乙'),
  ]);
  [manager, finance, desk, elsewhere] = await Promise.all([
    app.staff('manager'),
    app.staff('finance'),
    app.staff('desk'),
    app.staff('finance', 'corasse'),
  ]);
});
afterAll(() => app.close());
afterEach(() => app.clock.set(testNow));

const book = async (use: Record<string, unknown> = {}, as: Organizer = organizer) => {
  days += 1;
  const date = addDays(localDay('2027-06-01'), days);
  const uses = [{ room: 'exhibition-hall', configuration: 'a', date, band: 'daytime', ...use }];
  const { id } = await makeApprovedBooking(app, { organizer: as, manager }, { uses });
  await app.runJobs();
  return id as string;
};
/** 721,600 yen, in two parts. */
const bookLarge = () => book({ configuration: 'all' });

const moneyOf = async (id: string, as: Person = organizer) =>
  (await app.call(`/api/bookings/${id}/payments`, { as })).body;
const pay = (id: string, json: object, as: Person = organizer) =>
  app.call(`/api/bookings/${id}/payments`, { as, json });
const debtOf = async (id: string, as: Person = finance) =>
  (await app.call(`/api/bookings/${id}/debt`, { as })).body;
const act = (id: string, what: string, as: Person = finance, json: object = {}) =>
  app.call(`/api/bookings/${id}/debt/${what}`, { as, json });
const dun = () => dunOverdue(app.contextOf({ kind: 'job', name: 'receivables.dun' }));
const levelsOf = async (id: string) =>
  (await debtOf(id)).dunnings.map(({ level }: { level: number }) => level);
const at = (day: string) => app.clock.set(`${day}T01:00:00Z`);

describe('a charge in parts', () => {
  test('is written with the charge, sums to it, and is due when the last is', async () => {
    const id = await bookLarge();
    const { charge, parts, partsSource, nextPart, overdueYen } = await moneyOf(id);
    expect(partsSource.publication).toBe('provisional');
    expect(partsSource.source).toContain('10%');
    expect(charge.amountYen).toBe(721_600);
    expect(parts.map((part: { amountYen: number }) => part.amountYen)).toEqual([72_160, 649_440]);
    expect(charge.dueOn).toBe(parts[1].dueOn);
    expect(nextPart).toMatchObject({ amountYen: 72_160, dueOn: '2026-12-24' });
    expect(overdueYen).toBe(0);
  });

  test('a smaller charge has none', async () => {
    const { parts, nextPart } = await moneyOf(await book());
    expect(parts).toMatchObject([{ amountYen: 217_800, dueOn: '2026-12-24' }]);
    expect(nextPart).toBeNull();
  });

  const payer = { name: '佐藤 花子', email: 'hanako@example.jp', phone: '0249478010' };

  test('a store takes the part where it does not take the whole, until the day of the part', async () => {
    const id = await bookLarge();
    const money = await moneyOf(id);
    const konbini = (methods: { method: string; isAvailable: boolean }[]) =>
      methods.find(({ method }) => method === 'konbini')!.isAvailable;
    expect(konbini(money.methods)).toBe(false);
    expect(konbini(money.nextPart.methods)).toBe(true);
    const all = await pay(id, { method: 'konbini', ...payer });
    expect(all.body.error.code).toBe('payments.konbini_amount_out_of_range');
    at('2026-12-20');
    const part = await pay(id, { method: 'konbini', ...payer, part: 'next' });
    expect(part.status).toBe(201);
    expect(part.body.attempt.amountYen).toBe(72_160);
    expect(part.body.attempt.expiresAt.slice(0, 10)).toBe('2026-12-24');
  });

  test('after the first part the next is what remains, and everything ends it', async () => {
    const id = await bookLarge();
    expect((await pay(id, { method: 'cash', part: 'next' }, desk)).status).toBe(201);
    const { charge, parts, nextPart } = await moneyOf(id);
    expect(charge).toMatchObject({ paidYen: 72_160, balanceYen: 649_440 });
    expect(parts.map((part: { openYen: number }) => part.openYen)).toEqual([0, 649_440]);
    expect(nextPart).toBeNull();
    expect((await pay(id, { method: 'cash' }, desk)).body.attempt.amountYen).toBe(649_440);
    expect((await moneyOf(id)).charge.balanceYen).toBe(0);
  });

  test('is overdue part by part', async () => {
    const id = await bookLarge();
    at('2026-12-25');
    const { overdueYen, parts } = await moneyOf(id);
    expect(overdueYen).toBe(72_160);
    expect(parts.map((part: { isOverdue: boolean }) => part.isOverdue)).toEqual([true, false]);
  });
});

describe('the list of what is owed', () => {
  const list = (query = '', as: Person = finance) =>
    app.call(`/api/receivables?venue=big-palette${query}`, { as });

  test('is by age and sums to the balances', async () => {
    const id = await book();
    at('2027-02-20');
    const { body } = await list();
    const row = body.receivables.find(
      (one: { billingAccountId: string }) => one.billingAccountId === id,
    );
    expect(row).toMatchObject({ to60Yen: 217_800, openYen: 217_800, oldestDueOn: '2026-12-24' });
    const [sum] = await app.sql`select sum(amount_yen)::int as yen from money_events
      where billing_account_id is not null`;
    expect(body.totals.openYen - body.totals.overpaidYen).toBe(sum!['yen']);
    const parts = ['notDueYen', 'to30Yen', 'to60Yen', 'to90Yen', 'over90Yen'];
    const total = parts.reduce((all, name) => all + body.totals[name], 0);
    expect(total).toBe(body.totals.openYen);
  });

  test('of a day that is over knows nothing of what came later', async () => {
    const id = await book();
    at('2027-01-10');
    await pay(id, { method: 'cash' }, desk);
    const has = async (on: string) =>
      (await list(`&on=${on}`)).body.receivables.some(
        (one: { billingAccountId: string }) => one.billingAccountId === id,
      );
    expect(await has('2027-01-09')).toBe(true);
    expect(await has('2027-01-10')).toBe(false);
  });

  test('is for one organizer, and as a file for a spreadsheet', async () => {
    const id = await book({}, debtor);
    const { body } = await list(`&organization=${debtor.organizationId}`);
    expect(
      body.receivables.map((one: { billingAccountId: string }) => one.billingAccountId),
    ).toEqual([id]);
    const csv = await list('&format=csv');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toContain('receivables-2026-11-24.csv');
    expect(csv.body).toContain('未納商会');
  });

  test('is for finance and managers of the venue', async () => {
    expect((await list('', desk)).status).toBe(403);
    expect((await list('', organizer)).status).toBe(403);
    expect((await list('', elsewhere)).status).toBe(403);
    expect((await list('', manager)).status).toBe(200);
    expect((await list('', { cookie: '' } as Person)).status).toBe(401);
    expect((await list('&on=tomorrow')).status).toBe(400);
  });
});

describe('the daily job', () => {
  test('reminds before the day, duns after it, each level once', async () => {
    const id = await book();
    await dun();
    expect(await levelsOf(id)).toEqual([]);
    at('2026-12-21');
    await dun();
    await dun();
    expect(await levelsOf(id)).toEqual([0]);
    at('2026-12-31');
    await dun();
    await dun();
    expect(await levelsOf(id)).toEqual([0, 1]);
    at('2027-01-23');
    await dun();
    expect(await levelsOf(id)).toEqual([0, 1, 2]);
    await app.runJobs();
    const [mail] = await app.sql`select subject, body from mails
      where subject_id = ${id} and topic = 'receivables.dunned' order by created_at desc`;
    expect(mail!['subject']).toContain('督促状');
    expect(mail!['body']).toContain('217,800円');
    const told = await app.sql`select action from audit_entries
      where subject_id = ${id} and action = 'receivables.dun'`;
    expect(told).toHaveLength(3);
  });

  test('says nothing of what is paid', async () => {
    const id = await book();
    await pay(id, { method: 'cash' }, desk);
    at('2027-03-10');
    await dun();
    expect(await levelsOf(id)).toEqual([]);
  });

  test('never ends an approved use, however long the debt', async () => {
    const id = await book();
    for (const day of ['2027-01-05', '2027-01-25', '2027-02-25', '2027-05-31']) {
      at(day);
      await dun();
      await app.runJobs();
    }
    const { body } = await app.call(`/api/bookings/${id}`, { as: organizer });
    expect(body.booking.state).toBe('approved');
  });
});

describe('a person', () => {
  test('sends the next dunning by hand until all are sent', async () => {
    const id = await book();
    expect((await act(id, 'dunnings')).body.error.code).toBe('receivables.nothing_overdue');
    at('2026-12-26');
    const sent = await act(id, 'dunnings');
    expect(sent.status).toBe(201);
    expect(sent.body.dunnings).toMatchObject([{ level: 1, overdueYen: 217_800 }]);
    expect(sent.body.dunnings[0].sentByName).not.toBeNull();
    await act(id, 'dunnings');
    await act(id, 'dunnings');
    expect((await act(id, 'dunnings')).body.error.code).toBe('receivables.all_sent');
    const seen = await debtOf(id, organizer);
    expect(seen.dunnings).toHaveLength(3);
    expect(seen.dunnings[0].sentByName).toBeNull();
  });

  test('holds dunning back with a reason, and lets it go on', async () => {
    const id = await book();
    at('2027-01-05');
    expect((await act(id, 'resume')).body.error.code).toBe('receivables.not_paused');
    expect((await act(id, 'pause', finance, { reason: ' ' })).status).toBe(400);
    const paused = await act(id, 'pause', finance, { reason: '分割の相談中' });
    expect(paused.body.pause).toMatchObject({ reason: '分割の相談中' });
    expect((await debtOf(id, organizer)).pause).toBeNull();
    await dun();
    expect(await levelsOf(id)).toEqual([]);
    expect((await act(id, 'dunnings')).body.error.code).toBe('receivables.dunning_paused');
    expect((await act(id, 'pause', finance, { reason: '再' })).body.error.code).toBe(
      'receivables.dunning_paused',
    );
    expect((await act(id, 'resume')).body.pause).toBeNull();
    await dun();
    expect(await levelsOf(id)).toEqual([1]);
  });

  test('needs to be of finance or a manager of the venue', async () => {
    const id = await book();
    at('2027-01-05');
    expect((await act(id, 'dunnings', desk)).status).toBe(403);
    expect((await act(id, 'dunnings', organizer)).status).toBe(403);
    expect((await act(id, 'dunnings', stranger)).status).toBe(404);
    expect((await act(id, 'pause', elsewhere, { reason: '不明' })).status).toBe(404);
    expect((await app.call(`/api/bookings/${id}/debt`, { as: stranger })).status).toBe(404);
    expect((await debtOf(id, desk)).mayDun).toBe(false);
  });
});

describe('a block', () => {
  const blocks = (as: Person = finance) => app.call('/api/receivables/blocks', { as });
  const decide = (decision: string, organizationId: string, as: Person = finance) =>
    app.call('/api/receivables/blocks', {
      as,
      json: { venue: 'big-palette', organizationId, decision, reason: '60日を過ぎた未納' },
    });
  const hold = (who: Organizer, as: Person = who) => {
    days += 1;
    const date = addDays(localDay('2027-06-01'), days);
    const uses = [{ room: 'exhibition-hall', configuration: 'a', date, band: 'daytime' }];
    return app.call('/api/bookings', { as, json: askHold(who.organizationId, { uses }) });
  };
  const owe = async (name: string) => {
    const who = await app.organizer(name);
    const id = await book({}, who);
    at('2027-02-22');
    await dun();
    return { who, id };
  };
  const proposed = async (who: Organizer) =>
    (await blocks()).body.proposals.find(
      (one: { organizationId: string }) => one.organizationId === who.organizationId,
    );

  test('is proposed by the last dunning and closes new bookings once a person decides', async () => {
    const { who, id } = await owe('長期未納');
    expect(await proposed(who)).toMatchObject({ overdueYen: 217_800, bookings: [{ id }] });
    const held = await hold(who);
    expect(held.status).toBe(201);
    const { status, body } = await decide('block', who.organizationId);
    expect(status).toBe(200);
    expect(await proposed(who)).toBeUndefined();
    const refused = await hold(who);
    expect(refused.status).toBe(403);
    expect(refused.body.error.code).toBe('bookings.organizer_blocked');
    const { id: heldId, version } = held.body.booking;
    const request = (as: Person) =>
      app.call(`/api/bookings/${heldId}/request`, { as, json: { version } });
    expect((await request(who)).body.error.code).toBe('bookings.organizer_blocked');
    expect((await request(stranger)).status).toBe(404);
    expect((await request(desk)).status).toBe(200);
    expect((await hold(who, desk)).status).toBe(201);
    const mine = await app.call('/api/organizations', { as: who });
    expect(mine.body.blocks).toMatchObject([{ venueId: 'big-palette' }]);
    expect(mine.body.blocks[0]).not.toHaveProperty('reason');
    const block = body.blocks.find(
      (one: { organizationId: string }) => one.organizationId === who.organizationId,
    );
    const lift = (as: Person) =>
      app.call(`/api/receivables/blocks/${block.id}/lift`, { as, json: {} });
    expect((await lift(elsewhere)).body.error.code).toBe('receivables.unknown');
    expect((await lift(finance)).status).toBe(200);
    expect((await lift(finance)).body.error.code).toBe('receivables.unknown');
    expect((await hold(who)).status).toBe(201);
    const told = await app.sql`select action from audit_entries
      where subject_id = ${who.organizationId} and action like '%block%' order by happened_at`;
    expect(new Set(told.map(({ action }) => action as string))).toEqual(
      new Set(['organizations.block', 'receivables.decide_block', 'organizations.lift_block']),
    );
  });

  test('is left for now, and then not proposed again', async () => {
    const { who } = await owe('相談中の会');
    expect((await decide('not_now', who.organizationId)).status).toBe(200);
    expect(await proposed(who)).toBeUndefined();
    expect((await hold(who)).status).toBe(201);
    expect((await decide('block', who.organizationId)).body.error.code).toBe(
      'receivables.nothing_proposed',
    );
  });

  test('is decided by finance or managers of the venue', async () => {
    const { who } = await owe('別の未納');
    expect((await decide('block', who.organizationId, desk)).status).toBe(403);
    expect((await decide('block', who.organizationId, elsewhere)).status).toBe(403);
    expect((await blocks(organizer)).status).toBe(403);
    expect((await decide('block', 'org_none')).body.error.code).toBe('organizations.unknown');
  });
});
