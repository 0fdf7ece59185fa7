import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '#test/fixtures/app.ts';
import { fileOf, transferOf, writeFile } from '#test/fixtures/bank_files.ts';
import { makeApprovedBooking } from '#test/fixtures/bookings.ts';

let house: TestApp;
let clerks: Person[];
let bookings: string[];
let lineId: string;
let fileNumber = 0;
let day = 0;

const send = async (bytes: Uint8Array, as: Person) =>
  house.app.request('/api/transfers/imports?name=nyukin.txt', {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', cookie: as.cookie },
    body: bytes.slice().buffer,
  });

const nextReference = () => String((fileNumber += 1)).padStart(6, '0');

beforeEach(async () => {
  house = await openTestApp({ poolSize: 20 });
  const [organizer, manager, ...finance] = await Promise.all([
    house.organizer(),
    house.staff('manager'),
    house.staff('finance'),
    house.staff('finance'),
  ]);
  clerks = finance;
  bookings = [];
  for (let at = 0; at < 2; at += 1) {
    const date = `2027-02-${String((day += 1)).padStart(2, '0')}`;
    const uses = [{ room: 'exhibition-hall', configuration: 'a', date, band: 'daytime' }];
    const { id } = await makeApprovedBooking(house, { organizer, manager }, { uses });
    bookings.push(id);
  }
  await house.runJobs();
  const reference = nextReference();
  await send(writeFile(fileOf([transferOf({ reference })])), clerks[0]!);
  const [row] = await house.sql`select id from bank_lines where reference = ${reference}`;
  lineId = row!['id'] as string;
});

afterEach(() => house.close());

const allocate = (clerk: Person, billingAccountId: string) =>
  house.call(`/api/transfers/${lineId}/allocate`, {
    as: clerk,
    json: { parts: [{ billingAccountId, amountYen: 217_800 }] },
  });

const usedYen = async () => {
  const [row] = await house.sql`select coalesce(sum(a.amount_yen), 0)::int as used
    from allocations a join bank_lines l on l.payment_id = a.payment_id where l.id = ${lineId}`;
  return row!['used'] as number;
};

const bothAtOnce = (targets: readonly [string, string]) =>
  Promise.all([allocate(clerks[0]!, targets[0]), allocate(clerks[1]!, targets[1])]);

describe('two clerks who use the same transfer at the same moment', () => {
  it('for two bookings: one does, the other is told', async () => {
    const answers = await bothAtOnce([bookings[0]!, bookings[1]!]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const loser = answers.find(({ status }) => status !== 200)!;
    expect(loser.body.error.code).toBe('payments.already_used');
    expect(await usedYen()).toBe(217_800);
  });

  it('for the same booking: it is paid once', async () => {
    const answers = await bothAtOnce([bookings[0]!, bookings[0]!]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const loser = answers.find(({ status }) => status !== 200)!;
    expect(loser.body.error.code).toBe('payments.already_used');
    expect(await usedYen()).toBe(217_800);
  });

  it('would both, were it not for the guard of the database', async () => {
    await house.sql.unsafe('alter table allocations disable trigger payments_used_once');
    try {
      const answers = await bothAtOnce([bookings[0]!, bookings[1]!]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(await usedYen()).toBe(2 * 217_800);
    } finally {
      await house.sql.unsafe('alter table allocations enable trigger payments_used_once');
    }
  });
});

describe('the same file sent by two at the same moment', () => {
  it('is read once', async () => {
    const bytes = writeFile(fileOf([transferOf({ reference: nextReference() })]));
    const answers = await Promise.all(clerks.map((clerk) => send(bytes, clerk)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('in two files that overlap brings its money once', async () => {
    const shared = transferOf({ reference: nextReference(), amountYen: 777 });
    const files = [
      fileOf([shared, transferOf({ reference: nextReference() })]),
      fileOf([transferOf({ reference: nextReference() }), shared]),
    ];
    const answers = await Promise.all(files.map((file, at) => send(writeFile(file), clerks[at]!)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    const [row] = await house.sql`select count(*)::int as count from payments
      where amount_yen = 777`;
    expect(row!['count']).toBe(1);
  });
});

describe('a transfer the bank takes back while a clerk uses it', () => {
  it('is either taken back or used, never both', async () => {
    const [row] = await house.sql`select reference from bank_lines where id = ${lineId}`;
    const cancelled = transferOf({ reference: row!['reference'] as string, isCancelled: true });
    const [used] = await Promise.all([
      allocate(clerks[0]!, bookings[0]!),
      send(writeFile(fileOf([cancelled])), clerks[1]!),
    ]);
    const { body } = await house.call(`/api/transfers/${lineId}`, { as: clerks[0]! });
    expect(body.line.state).toBe(used.status === 200 ? 'conflict' : 'taken_back');
    expect(await usedYen()).toBe(used.status === 200 ? 217_800 : 0);
  });
});
