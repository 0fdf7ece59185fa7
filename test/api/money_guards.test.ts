import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '#test/fixtures/app.ts';
import { openMoneyWorld } from '#test/fixtures/money.ts';
import { faultOfSql } from '#test/fixtures/sql.ts';

let app: TestApp;
let bookingId: string;

beforeAll(async () => {
  app = await openTestApp();
  bookingId = await (await openMoneyWorld(app)).nextBooking();
  await app.sql.unsafe(payment('1', 1_000));
  await app.sql.unsafe(`
    insert into allocations (id, payment_id, billing_account_id, amount_yen, actor, created_at)
      values ('alc_1', 'pay_1', '${bookingId}', 1000, '{}', now());
    insert into cash_movements (id, venue_id, kind, amount_yen, note, moved_at)
      values ('csh_1', 'big-palette', 'float', 10000, '釣銭', now());
    insert into closings (id, venue_id, period, starts_on, ends_on, totals, closed_at)
      values ('cls_1', 'big-palette', 'day', '2026-11-24', '2026-11-24', '{}', now());
    insert into instalments (charge_id, position, amount_yen, due_on, publication, source)
      select id, 90, 1, '2027-01-01', 'published', '規程' from charges limit 1;`);
});

afterAll(() => app.close());

const event = (id: string, yen: number, booked = '2026-11-24') => `
  insert into money_events (id, venue_id, billing_account_id, payment_id, kind, amount_yen, cause, actor,
    happened_at, recorded_at, booked_on)
  values ('mev_test_${id}', 'big-palette', '${bookingId}', 'pay_${id}', 'received', ${-yen},
    'test:${id}', '{}', now(), now(), '${booked}');`;

const payment = (id: string, yen: number, ledger = event(id, yen)) => `
  insert into payments (id, venue_id, method, amount_yen, cause, received_at, actor, created_at)
  values ('pay_${id}', 'big-palette', 'cash', ${yen}, 'test:${id}', now(), '{}', now());
  ${ledger}`;

const allocation = (id: string, yen: number) => `
  insert into allocations (id, payment_id, billing_account_id, amount_yen, actor, created_at)
  values ('alc_test_${id}', 'pay_${id}', '${bookingId}', ${yen}, '{}', now());`;

const faultIn = async (statements: string) =>
  faultOfSql(
    await app.sql.unsafe(statements).then(
      () => undefined,
      (fault: unknown) => fault,
    ),
  );

describe('the books', () => {
  it.each(['payments', 'allocations', 'closings', 'cash_movements', 'instalments', 'money_events'])(
    'of %s are written once: nothing is changed, nothing deleted',
    async (table) => {
      const before = (await app.sql`select from ${app.sql(table)}`).length;
      expect(before).toBeGreaterThan(0);
      const [column] = await app.sql`select column_name as name from information_schema.columns
        where table_name = ${table} order by ordinal_position limit 1`;
      const name = column!['name'] as string;
      expect((await faultIn(`update ${table} set ${name} = ${name}`))?.code).toBe('23001');
      expect((await faultIn(`delete from ${table}`))?.code).toBe('23001');
      expect((await app.sql`select from ${app.sql(table)}`).length).toBe(before);
    },
  );

  it('are guarded everywhere money stands', async () => {
    const rows = await app.sql`select tgrelid::regclass::text as name from pg_trigger
      where tgname = 'append_only' order by 1`;
    expect(rows.map(({ name }) => name as string)).toEqual(
      expect.arrayContaining([
        'allocations',
        'audit_entries',
        'booking_quotes',
        'cancellations',
        'cash_movements',
        'closings',
        'document_bookings',
        'document_reissues',
        'documents',
        'drawer_counts',
        'dunnings',
        'instalments',
        'money_events',
        'payments',
      ]),
    );
  });

  it('know every payment: without its line in the ledger it is refused', async () => {
    const fault = await faultIn(payment('2', 500, ''));
    expect(fault).toEqual({ code: '23514', constraint: 'payments_in_ledger' });
    const other = await faultIn(payment('2', 500, event('2', 499)));
    expect(other).toEqual({ code: '23514', constraint: 'payments_in_ledger' });
    expect(await app.sql`select from payments where id = 'pay_2'`).toHaveLength(0);
  });

  it('say what each payment pays for: an allocation they do not know is refused', async () => {
    const fault = await faultIn(payment('3', 500) + allocation('3', 400));
    expect(fault).toEqual({ code: '23514', constraint: 'allocations_in_ledger' });
    expect(await faultIn(payment('3', 500) + allocation('3', 500))).toBeUndefined();
  });

  it('know one payment for one fact', async () => {
    const again = payment('4', 700).replaceAll("'test:4'", "'test:3'");
    expect((await faultIn(again))?.code).toBe('23505');
  });

  it('that are closed stay closed: what comes later stands on the first open day', async () => {
    await app.sql.unsafe(payment('5', 100, event('5', 100, '2026-11-24')));
    await app.sql.unsafe(payment('6', 100, event('6', 100, '2026-11-20')));
    await app.sql.unsafe(payment('7', 100, event('7', 100, '2026-11-28')));
    const rows = await app.sql`select payment_id, booked_on::text from money_events
      where payment_id in ('pay_5', 'pay_6', 'pay_7') order by 1`;
    expect(rows.map(({ booked_on: day }) => day as string)).toEqual([
      '2026-11-25',
      '2026-11-25',
      '2026-11-28',
    ]);
  });
});

describe('money that goes back', () => {
  const refund = (id: string, yen: number, changes = '') => `
    insert into refunds (id, venue_id, payment_id, billing_account_id, amount_yen, reason, route, state,
      version, created_at, updated_at${changes ? ', requested_by_account_id, decided_by_account_id' : ''})
    values ('${id}', 'big-palette', 'pay_3', '${bookingId}', ${yen}, 'mistake', 'cash', 'proposed',
      1, now(), now()${changes});`;

  it('is never more than the booking had of the payment', async () => {
    expect(await faultIn(refund('rfd_1', 300))).toBeUndefined();
    expect(await faultIn(refund('rfd_2', 201))).toEqual({
      code: '23514',
      constraint: 'refunds_within_allocation',
    });
    expect(await faultIn(refund('rfd_3', 200))).toBeUndefined();
  });

  it('is never asked for and approved by one person', async () => {
    const { accountId } = await app.staff('finance');
    await app.sql`update refunds set state = 'cancelled' where id = 'rfd_3'`;
    const fault = await faultIn(refund('rfd_4', 100, `, '${accountId}', '${accountId}'`));
    expect(fault).toEqual({ code: '23514', constraint: 'refunds_by_two' });
  });

  it('asks for what it asks for: its amount and its payee’s booking are frozen', async () => {
    const change = "update refunds set amount_yen = 1 where id = 'rfd_1'";
    expect((await faultIn(change))?.code).toBe('23001');
  });
});
