import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentsJobs } from '#api/documents/jobs.ts';
import { allocatePayment, receiveMoney } from '#api/payments/actions/ledger.ts';
import type { BookingId, VenueId } from '#api/shared/ids.ts';
import { addDays, localDay } from '#api/shared/time.ts';
import {
  openTestApp,
  testNow,
  type Organizer,
  type Person,
  type TestApp,
} from '#test/fixtures/app.ts';
import { makeApprovedBooking } from '#test/fixtures/bookings.ts';

let app: TestApp;
let organizer: Organizer;
let desk: Person;
let finance: Person;
let manager: Person;

beforeAll(async () => {
  app = await openTestApp();
  organizer = await app.organizer();
  desk = await app.staff('desk');
  finance = await app.staff('finance');
  manager = await app.staff('manager');
});
afterAll(() => app.close());

let days = 0;
const nextDay = () => addDays(localDay('2027-01-12'), (days += 1));
const feeYen = 217_800;
const halfYen = 108_900;

const post = (path: string, as: Person, json: object = {}) => app.call(path, { as, json });

const makeCharged = async () => {
  const date = nextDay();
  const use = { room: 'exhibition-hall', configuration: 'a', date, band: 'daytime' };
  const booking = await makeApprovedBooking(app, { organizer, manager }, { uses: [use] });
  await app.runJobs();
  return { ...(booking as { id: string; version: number; uses: { id: string }[] }), date };
};

const payCash = async (id: string) => {
  const { status } = await post(`/api/bookings/${id}/payments`, desk, { method: 'cash' });
  expect(status).toBe(201);
  await app.runJobs();
};

interface Content {
  readonly title: string;
  readonly opening: string;
  readonly amount: { readonly amountYen: number } | null;
  readonly taxes: readonly { taxRateBp: number; totalYen: number; taxYen: number }[];
  readonly lines: readonly { what: string; taxRateBp?: number }[];
  readonly facts: readonly { label: string; value: string }[];
  readonly remarks: readonly string[];
}

const papersOf = async (bookingId: string, kind: string): Promise<Content[]> =>
  (
    await app.sql`select content from documents
      where booking_id = ${bookingId} and kind = ${kind} order by issued_at, number`
  ).map((row) => row['content'] as Content);

const asJob = () => app.contextOf({ kind: 'job', name: 'documents.test' });

const approveAndPayOut = async (bookingId: string) => {
  const { body } = await app.call(`/api/bookings/${bookingId}/refunds`, { as: finance });
  for (const { id } of body.refunds as { id: string }[]) {
    expect((await post(`/api/refunds/${id}/approve`, manager)).status).toBe(200);
    expect((await post(`/api/refunds/${id}/payout`, desk)).status).toBe(200);
  }
  await app.runJobs();
  await app.runJobs();
};

describe('a cancelled booking that was paid', () => {
  test('has an untaxed invoice of what is kept at once, and the credit note when the rest has gone back', async () => {
    const booking = await makeCharged();
    await payCash(booking.id);
    const asked = { version: booking.version, reason: '開催の中止', keptYen: halfYen };
    expect((await post(`/api/bookings/${booking.id}/cancel`, organizer, asked)).status).toBe(200);
    await app.runJobs();
    await app.runJobs();
    const [invoice, kept] = await papersOf(booking.id, 'invoice');
    expect(kept).toMatchObject({
      amount: { amountYen: halfYen },
      taxes: [{ taxRateBp: 0, totalYen: halfYen, taxYen: 0 }],
      lines: [{ what: '使用の取消しに伴う取消料', taxRateBp: 0 }],
    });
    expect(await papersOf(booking.id, 'credit_note')).toEqual([]);
    await approveAndPayOut(booking.id);
    const notes = await papersOf(booking.id, 'credit_note');
    expect(notes).toHaveLength(1);
    expect(notes[0]!.taxes).toEqual(invoice!.taxes);
    expect(notes[0]!.facts.map(({ label }) => label)).toEqual([
      '返還年月日',
      'もとの取引年月日',
      'もとの請求書',
    ]);
    const job = documentsJobs['documents.issue_credit_note'];
    await Promise.all([
      job(asJob(), { bookingId: booking.id }),
      job(asJob(), { bookingId: booking.id }),
    ]);
    expect(await papersOf(booking.id, 'credit_note')).toHaveLength(1);
  });

  test('that pays only what is kept gets a receipt without any tax in it', async () => {
    const booking = await makeCharged();
    const asked = { version: booking.version, reason: '開催の中止' };
    expect((await post(`/api/bookings/${booking.id}/cancel`, organizer, asked)).status).toBe(200);
    await app.runJobs();
    await app.runJobs();
    expect(await papersOf(booking.id, 'credit_note')).toHaveLength(1);
    await payCash(booking.id);
    expect(await papersOf(booking.id, 'receipt')).toMatchObject([
      { amount: { amountYen: halfYen }, taxes: [{ taxRateBp: 0, totalYen: halfYen, taxYen: 0 }] },
    ]);
  });
});

describe('money that is found to be for a booking', () => {
  test('gets its receipt, a part as a part', async () => {
    const { id } = await makeCharged();
    const house = asJob();
    await house.transact(async (tx) => {
      const payment = await receiveMoney(tx, house, {
        venueId: 'big-palette' as VenueId,
        method: 'bank_transfer',
        amountYen: 100_000,
        receivedAt: app.clock.now(),
        cause: `test:${id}`,
      });
      const bookingId = id as BookingId;
      await allocatePayment(tx, house, {
        paymentId: payment!.id,
        billingAccountId: bookingId,
        amountYen: 100_000,
      });
    });
    await app.runJobs();
    await app.runJobs();
    const [receipt] = await papersOf(id, 'receipt');
    expect(receipt).toMatchObject({
      amount: { amountYen: 100_000 },
      taxes: [{ taxRateBp: 1_000, totalYen: 100_000, taxYen: 9_090 }],
      lines: [{ what: '利用料金の一部(内金)', reason: 'この領収の後の残額 117,800円' }],
    });
    expect(receipt!.opening).toContain('内金');
    const unknown = { allocationId: app.house.newId('allocation') };
    const nothing = documentsJobs['documents.issue_allocation_receipt'](asJob(), unknown);
    await expect(nothing).rejects.toThrow('no receipt');
  });
});

describe('a settlement', () => {
  test('has its statement, and an invoice of what it charges', async () => {
    const { id, date, uses } = await makeCharged();
    const [item] = await app.sql`select id, unit_fee_yen from equipment_items
      where venue_id = 'big-palette' and price_unit = 'use' and unit_fee_yen > 0
      order by sort_order limit 1`;
    const itemId = item!['id'] as string;
    const ordered = await post(`/api/bookings/${id}/equipment`, desk, {
      lines: [{ useId: uses[0]!.id, itemId, quantity: 2 }],
    });
    app.clock.set(`${date}T12:00:00Z`);
    await post(`/api/bookings/${id}/equipment/actuals`, desk, {
      lines: [{ requestId: ordered.body.requests[0].id, actualQuantity: 3 }],
    });
    const totalYen = 3 * (item!['unit_fee_yen'] as number);
    expect((await post(`/api/bookings/${id}/settlement`, desk, { totalYen })).status).toBe(200);
    await app.runJobs();
    await app.runJobs();
    app.clock.set(testNow);
    expect(await papersOf(id, 'settlement_statement')).toMatchObject([
      { title: '精算書', amount: { amountYen: totalYen } },
    ]);
    const [, invoice] = await papersOf(id, 'invoice');
    expect(invoice).toMatchObject({ amount: { amountYen: totalYen }, taxes: [{ totalYen }] });
  });
});

describe('a reminder', () => {
  const dun = async (bookingId: string, level: number) => {
    const dunningId = app.house.newId('dunning');
    const [charge] =
      await app.sql`select id, due_on from charges where billing_account_id = ${bookingId}`;
    await app.sql`insert into dunnings
      (id, billing_account_id, charge_id, level, due_on, overdue_yen, cause, sent_at)
      values (${dunningId}, ${bookingId}, ${charge!['id'] as string}, ${level},
        ${charge!['due_on'] as string}, ${feeYen}, ${`test:${dunningId}`}, ${app.clock.now().toISOString()})`;
    await documentsJobs['documents.issue_dunning_letter'](asJob(), { dunningId });
  };

  test('is a letter where its level asks for one, and only a mail where it does not', async () => {
    const levels = await app.sql`select level, sends_letter from dunning_levels
      where venue_id = 'big-palette' order by level`;
    const levelOf = (sends: boolean) =>
      levels.find((row) => row['sends_letter'] === sends)!['level'] as number;
    const { id } = await makeCharged();
    await dun(id, levelOf(false));
    expect(await papersOf(id, 'dunning_letter')).toEqual([]);
    await dun(id, levelOf(true));
    expect(await papersOf(id, 'dunning_letter')).toMatchObject([
      { title: '督促状', amount: { amountYen: feeYen } },
    ]);
  });
});
