import * as fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOldDatabase, type OldDatabase } from '#test/fixtures/old_database.ts';

type Rows = readonly Record<string, unknown>[];

/** What version 5696175 wrote down of money of every kind: lived through its own doors, then dumped. */
const dump = JSON.parse(fs.readFileSync('test/fixtures/old_money.json', 'utf8')) as Record<
  string,
  Rows
>;
const lastMigration = 15;

let old: OldDatabase;
let before: Awaited<ReturnType<typeof factsOf>>;
let after: Awaited<ReturnType<typeof factsOf>>;

const fill = async () => {
  for (const [table, rows] of Object.entries(dump)) {
    await old.sql`insert into ${old.sql(table)}
      select * from jsonb_populate_recordset(null::${old.sql(table)}, ${old.sql.json(rows as never)})`;
  }
};

const tablesOfMoney = [
  'charges',
  'payment_attempts',
  'stripe_customers',
  'allocations',
  'money_events',
  'refunds',
  'write_offs',
  'dunnings',
  'dunning_pauses',
];

/** Everything somebody could be told of the money, read by the name an account had in that version. */
const factsOf = async (account: 'booking_id' | 'billing_account_id') => {
  const { sql } = old;
  const rowsOfAccounts: Record<string, unknown> = {};
  for (const table of tablesOfMoney) {
    rowsOfAccounts[table] = await sql`select ${sql(account)} as account, count(*)::int as rows
      from ${sql(table)} group by 1 order by 1`;
  }
  return {
    rowsOfAccounts,
    balances: await sql`select ${sql(account)} as account, sum(amount_yen)::int as yen
      from money_events group by 1 order by 1`,
    books: await sql`select venue_id, booked_on::text, kind, sum(amount_yen)::int as yen,
      count(*)::int as facts from money_events group by 1, 2, 3 order by 1, 2, 3`,
    papers: await sql`select id, content_sha256, md5(content::text) as content
      from documents order by id`,
    invoices:
      await sql`select invoice_id, charge_id, amount_yen from invoice_charges order by 1, 2`,
  };
};

const kindsIn = (table: string, column: string) =>
  [...new Set(dump[table]!.map((row) => row[column]))].sort();

beforeAll(async () => {
  old = await openOldDatabase(lastMigration);
  await old.fill(fill);
  before = await factsOf('booking_id');
  await old.migrate();
  after = await factsOf('billing_account_id');
});

afterAll(() => old.close());

describe('money of an older version', () => {
  it('is there in every kind', () => {
    expect(kindsIn('money_events', 'kind')).toEqual([
      'allocated',
      'charge_reduced',
      'charge_reversed',
      'charged',
      'received',
      'return_bounced',
      'returned',
      'written_off',
    ]);
    expect(kindsIn('payment_attempts', 'method')).toEqual([
      'bank_transfer',
      'card',
      'cash',
      'konbini',
    ]);
    expect(kindsIn('charges', 'kind')).toEqual(['amendment', 'booking', 'cancellation']);
    expect(kindsIn('refunds', 'route')).toEqual(['bank', 'cash', 'stripe']);
    expect(tablesOfMoney.filter((table) => !dump[table]?.length)).toEqual([]);
  });

  it.each(['rowsOfAccounts', 'balances', 'books', 'papers', 'invoices'] as const)(
    'has the same %s afterwards',
    (facts) => {
      expect(after[facts]).toEqual(before[facts]);
    },
  );

  it('hangs on accounts that say what their bookings say', async () => {
    const rows = await old.sql`select count(*)::int as wrong from bookings b
      left join billing_accounts a on a.id = b.id
      where (a.number, a.title, a.venue_id, a.organization_id)
        is distinct from (b.number, b.title, b.venue_id, b.organization_id)`;
    expect(rows[0]!['wrong']).toBe(0);
  });
});
