import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { makeApprovedBooking } from '#test/fixtures/bookings.ts';

let app: TestApp;
let organizer: Organizer;
let desk: Person;
let manager: Person;
let finance: Person;
let administrator: Person;
let elsewhere: Person;
let lastDay = 0;

beforeAll(async () => {
  app = await openTestApp({ now: '2026-11-16T01:00:00Z' });
  [organizer, desk, manager, finance, administrator, elsewhere] = await Promise.all([
    app.organizer('𠮷田商店'),
    app.staff('desk'),
    app.staff('manager'),
    app.staff('finance'),
    app.staff('administrator'),
    app.staff('finance', 'corasse'),
  ]);
});
afterAll(() => app.close());

const venue = 'big-palette';
const feeYen = 217_800;

const charge = async () => {
  lastDay += 1;
  const date = `2027-02-${String(lastDay).padStart(2, '0')}`;
  const uses = [{ room: 'exhibition-hall', configuration: 'a', date, band: 'daytime' }];
  const { id } = await makeApprovedBooking(app, { organizer, manager }, { uses });
  await app.runJobs();
  return id as string;
};
const payCash = async (id: string) => {
  const paid = await app.call(`/api/bookings/${id}/payments`, {
    as: desk,
    json: { method: 'cash' },
  });
  expect(paid.status).toBe(201);
};
const count = (pieces: Record<string, number>) =>
  app.call('/api/drawers/counts', { as: desk, json: { venue, pieces } });
const close = (period: string, on: string, as: Person = finance) =>
  app.call('/api/closings', { as, json: { venue, period, on } });
const read = (path: string, as: Person = finance) =>
  app.call(`/api/closings${path}${path.includes('?') ? '&' : '?'}venue=${venue}`, { as });

/** What the events say of every closed day, beside what its closing says. */
const differing = async () =>
  app.sql`
    select c.starts_on from closings c
    cross join lateral (select
        coalesce(sum(amount_yen) filter (where billing_account_id is not null), 0) as receivables,
        coalesce(-sum(amount_yen) filter (where billing_account_id is null), 0) as pot,
        count(*) filter (where booked_on >= c.starts_on) as facts
      from money_events where venue_id = c.venue_id and booked_on <= c.ends_on) e
    where e.receivables <> (c.totals->'closing'->>'receivablesYen')::int
      or e.pot <> (c.totals->'closing'->>'potYen')::int
      or e.facts <> (select coalesce(sum((one->>'count')::int), 0)
        from jsonb_array_elements(c.totals->'sums') one)`;

let first = '';

describe('the books of a venue', () => {
  test('are read by its staff and shut by finance or the manager', async () => {
    expect((await app.call(`/api/closings?venue=${venue}`)).status).toBe(401);
    expect((await read('', organizer)).status).toBe(403);
    expect((await read('', elsewhere)).status).toBe(403);
    expect((await read('', desk)).body).toMatchObject({ closedUntil: null, canClose: false });
    expect((await close('day', '2026-11-15', desk)).status).toBe(403);
    expect((await read('/journal?from=2026-11-01&to=2026-11-30', desk)).status).toBe(403);
    expect((await read('/revenue?from=2026-11-01&to=2026-11-30', desk)).status).toBe(403);
  });

  test('tell a day: its facts, sums and balances', async () => {
    first = await charge();
    app.clock.set('2026-11-17T01:00:00Z');
    await payCash(first);
    await charge();
    const { body } = await read('/daybook?on=2026-11-17', desk);
    expect(body).toMatchObject({
      isClosed: false,
      totals: {
        opening: { receivablesYen: feeYen, potYen: 0 },
        closing: { receivablesYen: feeYen, potYen: 0 },
      },
    });
    expect(body.entries).toMatchObject([
      { kind: 'received', method: 'cash', amountYen: -feeYen, by: '職員' },
      { kind: 'charged', method: null, amountYen: feeYen, organizationName: '𠮷田商店' },
    ]);
    expect(body.totals.sums).toEqual([
      { kind: 'charged', method: null, isPot: false, count: 1, amountYen: feeYen },
      { kind: 'received', method: 'cash', isPot: false, count: 1, amountYen: -feeYen },
    ]);
    const csv = await read('/daybook?on=2026-11-17&format=csv', desk);
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.body).toContain('-217800');
    expect((await read('/daybook', desk)).body.on).toBe('2026-11-17');
  });

  test('are shut when the day is over and its cash is counted', async () => {
    expect((await close('day', '2026-11-17')).body.error.code).toBe('closings.not_over');
    app.clock.set('2026-11-18T01:00:00Z');
    expect((await read('')).body).toMatchObject({ uncountedOn: '2026-11-17', openDayCount: 2 });
    const uncounted = await close('day', '2026-11-17');
    expect(uncounted.status).toBe(409);
    expect(uncounted.body.error.code).toBe('closings.drawer_not_counted');
    await count({ '10000': 21, '5000': 1, '2000': 1, '500': 1, '100': 3 });
    const shut = await close('day', '2026-11-17');
    expect(shut.status, JSON.stringify(shut.body)).toBe(201);
    expect(shut.body.closings).toMatchObject([
      { startsOn: '2026-11-16', totals: { closing: { receivablesYen: feeYen } } },
      { startsOn: '2026-11-17', totals: { opening: { receivablesYen: feeYen } } },
    ]);
    expect((await close('day', '2026-11-17')).body.error.code).toBe('closings.already_closed');
    expect((await read('')).body).toMatchObject({ closedUntil: '2026-11-17', openFrom: null });
    expect(await differing()).toHaveLength(0);
  });

  test('never change: what is told later stands on the first open day', async () => {
    const before = await app.sql`select id, totals from closings order by id`;
    app.clock.set('2026-11-17T14:59:59Z');
    const late = await charge();
    const [event] = await app.sql`select booked_on::text as on, happened_at from money_events
      where billing_account_id = ${late}`;
    expect(event).toMatchObject({
      on: '2026-11-18',
      happened_at: new Date('2026-11-17T14:59:59Z'),
    });
    app.clock.set('2026-11-19T01:00:00Z');
    expect(await app.sql`select id, totals from closings order by id`).toEqual(before);
    await expect(app.sql`delete from closings`).rejects.toThrow();
    await expect(app.sql`update money_events set booked_on = '2026-11-16'`).rejects.toThrow();
    expect((await close('day', '2026-11-18')).status).toBe(201);
    expect((await read('/daybook?on=2026-11-18')).body.isClosed).toBe(true);
    expect(await differing()).toHaveLength(0);
  });

  test('of a month are shut when all its days are', async () => {
    expect((await close('month', '2026-11')).body.error.code).toBe('closings.not_over');
    app.clock.set('2026-12-02T01:00:00Z');
    expect((await close('month', '2026-11')).body.error.code).toBe('closings.days_open');
    expect((await close('day', '2026-11-30')).status).toBe(201);
    const { status, body } = await close('month', '2026-11');
    expect(status).toBe(201);
    expect(body.closings).toMatchObject([
      { period: 'month', startsOn: '2026-11-01', endsOn: '2026-11-30' },
    ]);
    expect(body.closings[0].totals).toMatchObject({
      sums: [
        { kind: 'charged', count: 3, amountYen: 3 * feeYen },
        { kind: 'received', count: 1, amountYen: -feeYen },
      ],
      closing: { receivablesYen: 2 * feeYen },
    });
    expect((await close('month', '2026-11')).body.error.code).toBe('closings.already_closed');
    expect(await differing()).toHaveLength(0);
    const [audited] = await app.sql`select after from audit_entries
      where action = 'closings.close' order by id desc limit 1`;
    expect(audited!['after']).toMatchObject({ period: 'month' });
  });
});

const november = 'from=2026-11-01&to=2026-11-30';

describe('the journal of a venue', () => {
  test('holds an entry for each fact, with the provisional accounts of the catalogue', async () => {
    const { body } = await read(`/journal?${november}`);
    expect(body).toMatchObject({ isProvisional: true, totalYen: 4 * feeYen, notInCp932: ['𠮷'] });
    expect(body.entries.map(({ entry }: { entry: string }) => entry)).toEqual([
      'charged_taxable',
      'received_cash',
      'charged_taxable',
      'charged_taxable',
    ]);
    expect(body.entries[1]).toMatchObject({
      number: '20261117-0001',
      debit: { name: '現金', amountYen: feeYen, taxCode: '対象外' },
      credit: { name: '未収金', amountYen: feeYen, party: '𠮷田商店' },
    });
    expect((await read('/journal?from=2026-11-30&to=2026-11-01')).body.error.code).toBe(
      'closings.backwards',
    );
  });

  test('leaves as UTF-8 and as CP932, where what CP932 lacks is replaced and named', async () => {
    const path = `/api/closings/journal?venue=${venue}&${november}&format=csv`;
    const headers = { cookie: finance.cookie };
    const utf8 = await app.app.request(path, { headers });
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await utf8.arrayBuffer());
    expect(text.startsWith('\ufeff伝票番号,日付,借方科目コード,')).toBe(true);
    expect(text).toContain('𠮷田商店');
    const cp932 = await app.app.request(`${path}&encoding=cp932`, { headers });
    const decoded = iconv.decode(Buffer.from(await cp932.arrayBuffer()), 'cp932');
    expect(decoded.startsWith('伝票番号,日付,')).toBe(true);
    expect(decoded).toContain('〓田商店');
    expect(decodeURIComponent(cp932.headers.get('x-replaced-characters')!)).toBe('𠮷');
    expect(decoded.trim().split('\r\n')).toHaveLength(5);
  });

  test('bears the accounts an administrator gives it', async () => {
    const said = {
      venue,
      debitCode: '100',
      debitName: '小口現金',
      creditCode: '152',
      creditName: '未収金',
      taxCode: '対象外',
    };
    const put = (entry: string, as: Person) =>
      app.call(`/api/closings/accounts/${entry}`, { as, json: said, method: 'PUT' });
    expect((await put('received_cash', finance)).status).toBe(403);
    expect((await put('received_gold', administrator)).body.error.code).toBe(
      'closings.unknown_entry',
    );
    expect((await read('/accounts')).body).toMatchObject({ missing: [], canChange: false });
    const { body } = await put('received_cash', administrator);
    expect(body.canChange).toBe(true);
    const changed = body.accounts.find(({ entry }: { entry: string }) => entry === 'received_cash');
    expect(changed).toMatchObject({ debitName: '小口現金', source: '職員が設定' });
    const journal = await read(`/journal?${november}`);
    expect(journal.body.entries[1].debit).toMatchObject({ code: '100', name: '小口現金' });
  });

  test('is not written while accounts are missing', async () => {
    await app.sql`delete from journal_accounts
      where venue_id = ${venue} and entry = 'received_cash'`;
    const refused = await read(`/journal?${november}`);
    expect(refused.status).toBe(409);
    expect(refused.body.error.code).toBe('closings.account_missing');
    expect((await read('/accounts')).body.missing).toEqual(['received_cash']);
  });
});

describe('the revenue of a venue', () => {
  test('is what was charged less what was taken back, the same by every cut', async () => {
    const { body } = await read(`/revenue?${november}`);
    expect(body.definitionJa).toContain('計上日');
    expect(body.totals).toEqual({
      chargedYen: 3 * feeYen,
      takenBackYen: 0,
      revenueYen: 3 * feeYen,
      receivedYen: feeYen,
      returnedYen: 0,
      reducedYen: 0,
    });
    expect(body.months).toMatchObject([{ month: '2026-11', revenueYen: 3 * feeYen }]);
    expect(body.rooms).toMatchObject([
      { roomId: 'big-palette.exhibition-hall', amountYen: 3 * feeYen },
    ]);
    expect(body.categories).toEqual([{ category: 'exhibition', amountYen: 3 * feeYen }]);
    expect(body.methods).toEqual([{ method: 'cash', receivedYen: feeYen, returnedYen: 0 }]);
    const csv = await read(`/revenue?${november}&format=csv`);
    expect(csv.body).toContain('部屋別');
  });

  test('says what reductions have cost', async () => {
    lastDay += 1;
    const date = `2027-02-${String(lastDay).padStart(2, '0')}`;
    const uses = [{ room: 'exhibition-hall', configuration: 'a', date, band: 'daytime' }];
    const booking = await makeApprovedBooking(app, { organizer, manager }, { uses });
    await app.runJobs();
    const [ground] = await app.sql`select code, reduced_bp from reduction_grounds
      where venue_id = ${venue} order by sort_order limit 1`;
    const asked = await app.call(`/api/bookings/${booking.id}/reductions`, {
      as: organizer,
      json: { groundCode: ground!['code'], explanation: '市の後援による催しです' },
    });
    expect(asked.status, JSON.stringify(asked.body)).toBe(201);
    const [applied] = await app.sql`select id from reduction_applications`;
    const decided = await app.call(`/api/reductions/${applied!['id']}/approve`, {
      as: manager,
      json: { reason: '後援を確かめました' },
    });
    expect(decided.status, JSON.stringify(decided.body)).toBe(200);
    await app.runJobs();
    const { body } = await read('/revenue?from=2026-12-01&to=2026-12-31');
    const reducedYen = (feeYen * (ground!['reduced_bp'] as number)) / 10_000;
    expect(body.reductions).toMatchObject([{ groundCode: ground!['code'], bookingCount: 1 }]);
    expect(body.totals.reducedYen).toBe(Math.ceil(reducedYen));
    expect(body.totals.takenBackYen).toBe(-Math.ceil(reducedYen));
  });
});
