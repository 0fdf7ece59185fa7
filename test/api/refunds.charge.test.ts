import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chargeWaiting } from '#api/booking_charges/actions/charge.ts';
import { dunOverdue } from '#api/receivables/actions/dun.ts';
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
let colleague: Person;
let manager: Person;

beforeAll(async () => {
  app = await openTestApp();
  organizer = await app.organizer();
  desk = await app.staff('desk');
  finance = await app.staff('finance');
  colleague = await app.staff('finance');
  manager = await app.staff('manager');
});
afterEach(() => app.clock.set(testNow));
afterAll(() => app.close());

let days = 0;
const nextDay = () => addDays(localDay('2027-04-12'), (days += 1));
const post = (path: string, as: Person, json: object = {}) => app.call(path, { as, json });
const goodwill = { amountYen: 100_000, reason: 'mistake', note: '空調の故障のおわび' };
const feeYen = 217_800;
const house = () => app.contextOf({ kind: 'job', name: 'test' });

const makePaid = async () => {
  const use = { room: 'exhibition-hall', configuration: 'a', date: nextDay(), band: 'daytime' };
  const booking = await makeApprovedBooking(app, { organizer, manager }, { uses: [use] });
  await app.runJobs();
  const paid = await post(`/api/bookings/${booking.id}/payments`, desk, { method: 'cash' });
  expect(paid.status).toBe(201);
  await app.runJobs();
  const refunds = await app.call(`/api/bookings/${booking.id}/refunds`, { as: finance });
  return {
    billingAccountId: booking.id as string,
    paymentId: refunds.body.payments[0].id as string,
  };
};

const propose = (paid: object, changes: object = {}) =>
  post('/api/refunds', finance, { ...paid, ...goodwill, ...changes });

/** Asked for, decided by another, and handed over at the desk. */
const giveBack = async (paid: object, changes: object = {}): Promise<string> => {
  const asked = await propose(paid, changes);
  expect(asked.status, JSON.stringify(asked.body)).toBe(201);
  const { id } = asked.body.refund;
  expect((await post(`/api/refunds/${id}/approve`, colleague)).status).toBe(200);
  expect((await post(`/api/refunds/${id}/payout`, desk)).status).toBe(200);
  await app.runJobs();
  return id;
};

const balanceOf = async (id: string) =>
  (await app.call(`/api/bookings/${id}/payments`, { as: organizer })).body.charge;

const ledgerOf = async (billingAccountId: string) =>
  (
    await app.sql`select kind, sum(amount_yen)::int as yen from money_events
      where billing_account_id = ${billingAccountId} group by kind order by min(recorded_at), kind`
  ).map((row) => `${row['kind']} ${row['yen']}`);

const creditsOf = async (billingAccountId: string) =>
  (
    await app.sql`select content from documents where booking_id = ${billingAccountId}
      and kind = 'credit_note' order by issued_at, id`
  ).map(({ content }) => (content as { taxes: unknown }).taxes);

const lettersOf = async (billingAccountId: string, topic: string) =>
  (
    await app.sql<{ body: string }[]>`select body from mails
      where subject_id = ${billingAccountId} and topic = ${topic} order by created_at, id`
  ).map(({ body }) => body);

const dunnedOf = async (billingAccountId: string) => {
  app.clock.set('2027-02-01T01:00:00Z');
  await dunOverdue(app.contextOf({ kind: 'job', name: 'receivables.dun' }));
  return lettersOf(billingAccountId, 'receivables.dunned');
};

describe('a refund of what was rightly paid', () => {
  test('is not asked for before it is said whether the charge is reduced too', async () => {
    const paid = await makePaid();
    const { status, body } = await propose(paid);
    expect(status).toBe(422);
    expect(body.error).toMatchObject({
      code: 'refunds.charge_not_said',
      detail: { debtYen: 100_000 },
    });
    expect(body.error.fields[0].path).toBe('reducesCharge');
    expect(body.error.message).toContain('100,000円');
  });

  test('with its charge leaves no debt: one credit note with its tax, and nobody is dunned', async () => {
    const paid = await makePaid();
    const id = await giveBack(paid, { reducesCharge: true });
    expect(await balanceOf(paid.billingAccountId)).toMatchObject({
      amountYen: 117_800,
      taxYen: 10_709,
      paidYen: 117_800,
      balanceYen: 0,
    });
    expect(await ledgerOf(paid.billingAccountId)).toEqual([
      'charged 217800',
      'rebated -100000',
      'received -217800',
      'returned 100000',
    ]);
    expect(await creditsOf(paid.billingAccountId)).toEqual([
      [{ taxRateBp: 1_000, totalYen: 100_000, taxYen: 9_091 }],
    ]);
    expect((await lettersOf(paid.billingAccountId, 'refunds.approved'))[0]).toContain(
      '適格返還請求書',
    );
    expect(await dunnedOf(paid.billingAccountId)).toEqual([]);
    const [trace] = await app.sql`select count(*)::int as count from audit_entries
      where action = 'payments.rebate' and subject_id = ${paid.billingAccountId}`;
    expect(trace!['count']).toBe(1);
    expect((await app.call(`/api/refunds/${id}`, { as: desk })).body.refund).toMatchObject({
      reducesCharge: true,
    });
  });

  test('without it says in words what becomes owed, and that is dunned when its day is over', async () => {
    const paid = await makePaid();
    const asked = await propose(paid, { reducesCharge: false });
    expect(asked.body.refund).toMatchObject({ reducesCharge: false, beyondYen: 100_000 });
    await post(`/api/refunds/${asked.body.refund.id}/approve`, colleague);
    expect((await lettersOf(paid.billingAccountId, 'refunds.approved'))[0]).toContain(
      '100,000円が未払いとなります',
    );
    await post(`/api/refunds/${asked.body.refund.id}/payout`, desk);
    await app.runJobs();
    expect((await balanceOf(paid.billingAccountId)).balanceYen).toBe(100_000);
    expect(await creditsOf(paid.billingAccountId)).toEqual([]);
    expect((await dunnedOf(paid.billingAccountId)).length).toBeGreaterThan(0);
  });

  test('with its charge is not charged again by whoever compares charges with prices', async () => {
    const paid = await makePaid();
    await giveBack(paid, { reducesCharge: true });
    await chargeWaiting(house());
    await app.runJobs();
    expect((await balanceOf(paid.billingAccountId)).balanceYen).toBe(0);
  });

  test('with its charge and a cancellation afterwards end at what is kept', async () => {
    const paid = await makePaid();
    await giveBack(paid, { reducesCharge: true });
    const { body } = await app.call(`/api/bookings/${paid.billingAccountId}`, { as: manager });
    const { version } = body.booking;
    const ended = await post(`/api/bookings/${paid.billingAccountId}/cancel`, manager, {
      version,
      reason: '会館の都合',
      ground: 'operator',
    });
    expect(ended.status).toBe(200);
    await app.runJobs();
    expect((await balanceOf(paid.billingAccountId)).balanceYen).toBe(-117_800);
  });

  test('asks nothing where no more goes back than was paid too much', async () => {
    const paid = await makePaid();
    await app.sql`insert into money_events (id, venue_id, billing_account_id, charge_id, kind, amount_yen,
      cause, actor, happened_at, recorded_at, booked_on) select ${`mev_test${days}`}, 'big-palette',
      billing_account_id, id, 'charge_reduced', -50000, ${`test:${paid.billingAccountId}`}, '{}', now(), now(),
      '2026-11-24' from charges where billing_account_id = ${paid.billingAccountId}`;
    expect((await propose(paid, { amountYen: 50_000 })).status).toBe(201);
    const more = await propose(paid, { amountYen: 20_000 });
    expect(more.body.error.detail).toEqual({ debtYen: 20_000 });
  });

  test('of money that belongs to no booking has no charge to reduce', async () => {
    const { paymentId } = await makePaid();
    const { status, body } = await propose({ paymentId }, { reducesCharge: true });
    expect(status).toBe(400);
    expect(body.error.fields[0].path).toBe('reducesCharge');
  });
});

describe('the database', () => {
  const rebate = async (billingAccountId: string, refundId: string, yen: number) => {
    try {
      await app.sql`insert into money_events (id, venue_id, billing_account_id, charge_id, refund_id, kind,
        amount_yen, cause, actor, happened_at, recorded_at, booked_on)
        select ${`mev_rebate${refundId}${yen}`}, 'big-palette', billing_account_id, id, ${refundId},
        'rebated', ${-yen}, ${`test:${refundId}:${yen}`}, '{}', now(), now(), '2026-11-24'
        from charges where billing_account_id = ${billingAccountId}`;
      return undefined;
    } catch (error) {
      return (error as { constraint_name?: string }).constraint_name;
    }
  };

  test('takes nothing off a charge for a refund that does not, nor more than goes back', async () => {
    const paid = await makePaid();
    const bare = (await propose(paid, { reducesCharge: false, amountYen: 1_000 })).body.refund.id;
    expect(await rebate(paid.billingAccountId, bare, 1_000)).toBe('rebates_within_refund');
    const own = (await propose(paid, { reducesCharge: true, amountYen: 1_000 })).body.refund.id;
    expect(await rebate(paid.billingAccountId, own, 1_001)).toBe('rebates_within_refund');
    expect(await rebate(paid.billingAccountId, own, 1_000)).toBeUndefined();
  });

  test('takes no more off a charge than stands of it', async () => {
    const paid = await makePaid();
    const { id } = (await propose(paid, { reducesCharge: true, amountYen: feeYen })).body.refund;
    await app.sql`insert into money_events (id, venue_id, billing_account_id, charge_id, kind, amount_yen,
      cause, actor, happened_at, recorded_at, booked_on) select ${`mev_less${days}`}, 'big-palette',
      billing_account_id, id, 'charge_reduced', -1, ${`test:less:${paid.billingAccountId}`}, '{}', now(), now(),
      '2026-11-24' from charges where billing_account_id = ${paid.billingAccountId}`;
    expect(await rebate(paid.billingAccountId, id, feeYen)).toBe('charges_not_below_nothing');
  });
});
