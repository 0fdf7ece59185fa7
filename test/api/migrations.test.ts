import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOldDatabase, type OldDatabase } from '#test/fixtures/old_database.ts';

let old: OldDatabase;
let sql: OldDatabase['sql'];

const anyOf: Readonly<Record<string, unknown>> = {
  text: '-',
  integer: 0,
  boolean: false,
  jsonb: {},
  date: '2026-11-24',
  'timestamp with time zone': '2026-11-24T01:00:00Z',
};

/** A row as an older version of the house would have left it; what the test does not say is anything. */
const insertOld = async (table: string, given: Record<string, unknown>) => {
  const columns = await sql`select column_name as name, data_type as type
    from information_schema.columns where table_name = ${table} and table_schema = 'public'
      and is_nullable = 'NO' and column_default is null`;
  const filler = columns.map(({ name: column, type }) => [column, anyOf[type as string]] as const);
  const row = { ...Object.fromEntries(filler), ...given };
  await sql`insert into ${sql(table)} ${sql(row)}`;
};

const leaveOldMoney = async () => {
  await insertOld('venues', { id: 'hall' });
  await insertOld('organizations', { id: 'org_1', kind: 'organization' });
  const booking = { venue_id: 'hall', organization_id: 'org_1' };
  await insertOld('bookings', { id: 'bkg_1', number: 'R08-1', state: 'approved', ...booking });
  const charge = { booking_id: 'bkg_1', charge_id: 'chg_1' };
  await insertOld('charges', {
    id: 'chg_1',
    booking_id: 'bkg_1',
    kind: 'booking',
    amount_yen: 900,
  });
  const cash = { method: 'cash', amount_yen: 900, paid_via: '職員' };
  await insertOld('payment_attempts', { id: 'pat_1', state: 'confirmed', ...cash, ...charge });
  const charged = { kind: 'charged', amount_yen: 900, cause: 'charged:bkg_1' };
  await insertOld('money_events', { id: 'mev_1', ...charge, ...charged });
  const received = { kind: 'received', amount_yen: -900, cause: 'received:pat_1' };
  // Late in the evening of the day before, where the server stands.
  const times = { happened_at: '2026-11-24T15:30:00Z', recorded_at: '2026-11-24T15:30:00Z' };
  await insertOld('money_events', {
    id: 'mev_2',
    attempt_id: 'pat_1',
    ...charge,
    ...received,
    ...times,
  });
  await insertOld('documents', {
    id: 'doc_1',
    kind: 'receipt',
    booking_id: 'bkg_1',
    number: 'R-1',
  });
};

/** As venue files were once taken; no start worked afterwards. */
const leaveOldClosedDays = async () => {
  const rule = (id: string, from: string, to: string) =>
    insertOld('closed_day_rules', {
      id,
      venue_id: 'hall',
      from_month_day: from,
      to_month_day: to,
    });
  await rule('hall.1', '02-31', '03-02');
  await rule('hall.2', '12-29', '01-03');
  await rule('hall.3', '11-29', '11-31');
  await rule('hall.4', '01-02', '01-05');
  await rule('hall.5', '00-10', '13-01');
};

beforeAll(async () => {
  // As it was before money had payments and allocations.
  old = await openOldDatabase(9);
  ({ sql } = old);
  await old.fill(leaveOldMoney);
  await leaveOldClosedDays();
  await old.migrate();
});

afterAll(() => old.close());

describe('money recorded before there were payments', () => {
  it('has its payment, and the payment its booking', async () => {
    const [payment] = await sql`select id, venue_id, method, amount_yen, attempt_id, cause, paid_via
      from payments`;
    expect({ ...payment }).toEqual({
      id: 'pay_1',
      venue_id: 'hall',
      method: 'cash',
      amount_yen: 900,
      attempt_id: 'pat_1',
      cause: 'received:pat_1',
      paid_via: '職員',
    });
    const [allocation] =
      await sql`select payment_id, billing_account_id, amount_yen from allocations`;
    expect({ ...allocation }).toEqual({
      payment_id: 'pay_1',
      billing_account_id: 'bkg_1',
      amount_yen: 900,
    });
  });

  it('keeps every yen, and stands in the books of the day it was in Japan', async () => {
    const events = await sql`select id, venue_id, payment_id, amount_yen, booked_on::text
      from money_events order by id`;
    expect(events.map((event) => ({ ...event }))).toEqual([
      { id: 'mev_1', venue_id: 'hall', payment_id: null, amount_yen: 900, booked_on: '2026-11-24' },
      {
        id: 'mev_2',
        venue_id: 'hall',
        payment_id: 'pay_1',
        amount_yen: -900,
        booked_on: '2026-11-25',
      },
    ]);
  });

  it('keeps its papers, which can be checked from now on', async () => {
    const [paper] = await sql`select venue_id, organization_id, verification_code from documents`;
    expect(paper).toMatchObject({ venue_id: 'hall', organization_id: 'org_1' });
    expect(paper!['verification_code']).toMatch(/^[0-9A-F]{20}$/);
    expect(await sql`select from document_bookings where document_id = 'doc_1'`).toHaveLength(1);
  });

  it('is as frozen afterwards as it was before', async () => {
    const change = sql`update money_events set amount_yen = 1`;
    await expect(change).rejects.toMatchObject({ code: '23001' });
    await expect(sql`delete from documents`).rejects.toMatchObject({ code: '23001' });
  });
});

describe('yearly closed days from a file that was never right', () => {
  it('are days of every year now, none closed twice, and the database forbids others', async () => {
    const rules = await sql`select id, from_month_day || ' ' || to_month_day as days
      from closed_day_rules order by id`;
    expect(rules.map(({ id, days }) => `${id}: ${days}`)).toEqual([
      'hall.1: 02-28 03-02',
      'hall.2: 12-29 01-03',
      'hall.3: 11-29 11-30',
    ]);
    for (const day of ['02-29', '02-31', '04-31', '13-01', '1-1']) {
      const change = sql`update closed_day_rules set to_month_day = ${day} where id = 'hall.1'`;
      await expect(change, day).rejects.toMatchObject({
        constraint_name: 'closed_day_rules_every_year',
      });
    }
  });
});
