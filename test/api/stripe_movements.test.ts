import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { movementListSchema } from '#api/payments/schema.ts';
import { addDays, localDay } from '#api/shared/time.ts';
import {
  openTestApp,
  testNow,
  type Answer,
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
const post = (path: string, as: Person, json: object = {}) => app.call(path, { as, json });
const codeOf = ({ body }: Answer) => body.error?.code as string | undefined;
const hear = async () => {
  await app.stripe.deliverDue();
  await app.runJobs();
};

type MovementRow = z.infer<typeof movementListSchema>['movements'][number];

interface Paid {
  readonly billingAccountId: string;
  readonly paymentId: string;
  readonly intentId: string;
}

/** 217,800 yen by card. */
const payByCard = async (): Promise<Paid> => {
  app.clock.set(testNow);
  const date = addDays(localDay('2027-01-12'), (days += 1));
  const uses = [{ room: 'exhibition-hall', configuration: 'a', date, band: 'daytime' }];
  const { id } = await makeApprovedBooking(app, { organizer, manager }, { uses });
  await app.runJobs();
  expect((await post(`/api/bookings/${id}/payments`, organizer, { method: 'card' })).status).toBe(
    201,
  );
  const intent = app.stripe.listIntents().at(-1)!;
  const card = { number: '4242424242424242', expiry: '12/34', cvc: '123', returnUrl: '/' };
  app.stripe.payCard({ clientSecret: intent.clientSecret, ...card });
  await hear();
  const [payment] =
    await app.sql`select id from payments order by created_at desc, id desc limit 1`;
  return {
    billingAccountId: id as string,
    paymentId: payment!['id'] as string,
    intentId: intent.id,
  };
};

const ledgerOf = async (billingAccountId: string) =>
  (
    await app.sql`select kind, amount_yen from money_events where billing_account_id = ${billingAccountId}
      and kind not in ('charged', 'received') order by recorded_at, id`
  ).map((row) => `${row['kind']} ${row['amount_yen']}`);

const refundsOf = async (billingAccountId: string) =>
  (
    await app.sql`select state, amount_yen, reason from refunds where billing_account_id = ${billingAccountId}
      order by created_at, id`
  ).map((row) => `${row['state']} ${row['amount_yen']} ${row['reason']}`);

const propose = ({ billingAccountId, paymentId }: Paid, amountYen: number, as = desk) =>
  post('/api/refunds', as, {
    ...{ billingAccountId, paymentId, amountYen, reason: 'mistake', note: '誤り' },
    reducesCharge: false,
  });

const owedOf = async ({ billingAccountId }: Paid) =>
  (await app.call(`/api/bookings/${billingAccountId}/refunds`, { as: finance })).body
    .owedYen as number;

const goneOf = async ({ billingAccountId }: Paid) => {
  const [row] = await app.sql`select coalesce(sum(amount_yen), 0)::int as yen from money_events
    where billing_account_id = ${billingAccountId} and kind in ('returned', 'return_bounced')`;
  return row!['yen'] as number;
};

const accountOf = ({ actor }: Person) => ('accountId' in actor ? actor.accountId : '');

const movementsOf = async (view = 'open') =>
  (await app.call(`/api/stripe-movements?view=${view}`, { as: finance })).body
    .movements as MovementRow[];

describe('money given back at Stripe', () => {
  test('is never paid out again: 217,800 go back of 217,800, not 317,800', async () => {
    const paid = await payByCard();
    const asked = await propose(paid, 217_800);
    app.stripe.refundByHand(paid.intentId, 100_000);
    await hear();
    const id = asked.body.refund.id as string;
    await post(`/api/refunds/${id}/approve`, finance);
    await app.runJobs();
    const account = {
      bankCode: '0126',
      branchCode: '001',
      accountType: 'futsu',
      accountNumber: '1234567',
      holderKana: 'サトウ ハナコ',
    };
    await post(`/api/refunds/${id}/payee`, finance, account);
    await post(`/api/refunds/${id}/payout`, finance);
    await hear();
    expect(await goneOf(paid)).toBe(100_000);
    expect(await refundsOf(paid.billingAccountId)).toEqual([
      'cancelled 217800 mistake',
      'done 100000 at_stripe',
      'proposed 117800 mistake',
    ]);
    expect(await ledgerOf(paid.billingAccountId)).toEqual(['returned 100000']);
  });

  test('while a refund of ours is under way, leaves ours to Stripe, which refuses it', async () => {
    const paid = await payByCard();
    const { id } = (await propose(paid, 217_800)).body.refund;
    app.stripe.refundByHand(paid.intentId, 100_000);
    expect((await post(`/api/refunds/${id}/approve`, finance)).status).toBe(200);
    await app.runJobs();
    await hear();
    expect(await goneOf(paid)).toBe(100_000);
    expect((await refundsOf(paid.billingAccountId)).sort()).toEqual([
      'cancelled 217800 mistake',
      'done 100000 at_stripe',
      'proposed 117800 mistake',
    ]);
  });

  test('is found by the sweep when nobody told us, and at the latest before we pay out', async () => {
    const paid = await payByCard();
    app.stripe.refundByHand(paid.intentId, 50_000);
    await app.sql`select graphile_worker.add_job('refunds.sweep_stripe')`;
    await app.runJobs();
    expect(await ledgerOf(paid.billingAccountId)).toEqual(['returned 50000']);
    await hear();
    expect(await ledgerOf(paid.billingAccountId)).toEqual(['returned 50000']);
  });

  test('of a payment that is not ours is an entry somebody must look at', async () => {
    app.stripe.announce('refund.created', {
      id: 're_ofAnotherSystem0001',
      object: 'refund',
      amount: 4_200,
      currency: 'jpy',
      payment_intent: 'pi_ofAnotherSystem0001',
      status: 'succeeded',
    });
    await hear();
    expect(await movementsOf()).toContainEqual(
      expect.objectContaining({
        kind: 'refund',
        stripeId: 're_ofAnotherSystem0001',
        amountYen: 4_200,
        billingAccountId: null,
      }),
    );
  });
});

describe('a payment its payer disputes', () => {
  test('is owed again once Stripe has taken it, and finance hears until when to answer', async () => {
    const paid = await payByCard();
    app.stripe.openDispute(paid.intentId);
    await hear();
    expect(await ledgerOf(paid.billingAccountId)).toEqual(['dispute_withdrawn 217800']);
    expect(await owedOf(paid)).toBe(217_800);
    const [letter] = await app.sql`select to_address, subject, body from mails
      where subject_id = ${paid.billingAccountId} and topic = 'payments.disputed'
        and to_address like ${`${accountOf(finance)}@%`}`;
    expect(letter!['body']).toContain('2026年12月8日');
    const movement = (await movementsOf()).find(
      ({ billingAccountId }) => billingAccountId === paid.billingAccountId,
    )!;
    expect(movement).toMatchObject({ kind: 'dispute', isOpen: true, amountYen: 217_800 });
    expect(movement.answerBy).toBe('2026-12-08T01:00:00.000Z');
  });

  test('cannot be refunded while the dispute is open, not even one approved before', async () => {
    const paid = await payByCard();
    const { id } = (await propose(paid, 10_000)).body.refund;
    const dispute = app.stripe.openDispute(paid.intentId, { isInquiry: true });
    await hear();
    expect(await ledgerOf(paid.billingAccountId)).toEqual([]);
    expect(codeOf(await propose(paid, 20_000))).toBe('refunds.disputed');
    expect(codeOf(await post(`/api/refunds/${id}/approve`, finance))).toBe('refunds.disputed');
    app.stripe.closeDispute(dispute.id, 'won');
    await hear();
    expect((await post(`/api/refunds/${id}/approve`, finance)).status).toBe(200);
  });

  test('that is won is paid again; each fact stands once in whatever order it is told', async () => {
    const paid = await payByCard();
    const before = new Set(app.stripe.listEvents().map(({ id }) => id));
    const dispute = app.stripe.openDispute(paid.intentId);
    app.stripe.closeDispute(dispute.id, 'won');
    const told = app.stripe.listEvents().filter(({ id }) => !before.has(id));
    for (const { id } of [...told].reverse()) await app.stripe.redeliver(id);
    for (const { id } of told) await app.stripe.redeliver(id);
    await app.runJobs();
    expect(await ledgerOf(paid.billingAccountId)).toEqual([
      'dispute_withdrawn 217800',
      'dispute_reinstated -217800',
    ]);
    expect(await owedOf(paid)).toBe(0);
  });

  test('and lost leaves a debt, and nothing that could still go back', async () => {
    const paid = await payByCard();
    const { id } = (await propose(paid, 217_800)).body.refund;
    const dispute = app.stripe.openDispute(paid.intentId);
    await hear();
    app.stripe.closeDispute(dispute.id, 'lost');
    await hear();
    expect(await owedOf(paid)).toBe(217_800);
    expect(await refundsOf(paid.billingAccountId)).toEqual(['cancelled 217800 mistake']);
    expect(codeOf(await post(`/api/refunds/${id}/approve`, finance))).toBe(
      'refunds.not_allowed_in_state',
    );
    expect(codeOf(await propose(paid, 1))).toBe('refunds.more_than_left');
  });

  test('is not dunned while the dispute is open', async () => {
    const paid = await payByCard();
    app.stripe.openDispute(paid.intentId);
    await hear();
    app.clock.advanceMinutes(60 * 24 * 60);
    await app.sql`select graphile_worker.add_job('receivables.dun')`;
    await app.runJobs();
    expect(
      await app.sql`select from dunnings where billing_account_id = ${paid.billingAccountId}`,
    ).toEqual([]);
    const byHand = await post(`/api/bookings/${paid.billingAccountId}/debt/dunnings`, finance);
    expect(codeOf(byHand)).toBe('receivables.disputed');
  });
});

describe('an event of another shape', () => {
  test.each([
    ['balance.available', { object: 'balance', available: [{ amount: 1, currency: 'jpy' }] }],
    ['radar.something_new', { object: 'of_a_kind_nobody_knows' }],
    ['price.created', { object: 'price', id: 7 }],
  ])('is acknowledged and kept: %s', async (type, object) => {
    app.stripe.announce(type, object);
    await hear();
    const [row] = await app.sql`select processed_at from stripe_events where type = ${type}`;
    expect(row!['processed_at']).not.toBeNull();
  });

  test('is acknowledged and kept: a thin one of version 2', async () => {
    const payload = JSON.stringify({
      id: 'evt_thin_1',
      object: 'v2.core.event',
      type: 'v1.billing.meter.no_meter_found',
      created: '2026-11-24T01:00:00Z',
      livemode: false,
    });
    const { stripe } = app.house;
    const signature = stripe!.client.webhooks.generateTestHeaderString({
      payload,
      secret: stripe!.webhookSecret,
      timestamp: Math.floor(app.clock.now().getTime() / 1_000),
    });
    const headers = { 'stripe-signature': signature };
    const answer = await app.call('/api/stripe/events', { raw: payload, headers });
    expect(answer.status).toBe(200);
    await app.runJobs();
    const [row] = await app.sql`select processed_at from stripe_events where id = 'evt_thin_1'`;
    expect(row!['processed_at']).not.toBeNull();
  });
});

describe('what moves at Stripe and is not ours', () => {
  test.each([
    ['payment_intent.succeeded', 'payment_intent', 'pi_ofAnotherSystem0002', 'payment'],
    ['charge.succeeded', 'charge', 'ch_ofAnotherSystem0003', 'payment'],
    ['payout.failed', 'payout', 'po_ofOurs0001', 'payout'],
    ['transfer.created', 'transfer', 'tr_ofOurs0001', 'other'],
  ])('waits for somebody to look at it: %s', async (type, object, id, kind) => {
    app.stripe.announce(type, { id, object, amount: 5_000, currency: 'jpy', status: 'succeeded' });
    await hear();
    const movement = (await movementsOf()).find(({ stripeId }) => stripeId === id)!;
    expect(movement).toMatchObject({ kind, amountYen: 5_000, lookedAt: null });
    const path = `/api/stripe-movements/${movement.id}/look`;
    expect(codeOf(await post(path, desk, { note: '確認' }))).toBe('payments.unknown_movement');
    const looked = await post(path, finance, { note: '別の催事の決済と確認' });
    expect(looked.body.movement).toMatchObject({ note: '別の催事の決済と確認' });
    expect((await movementsOf()).some(({ stripeId }) => stripeId === id)).toBe(false);
    expect((await movementsOf('all')).some(({ stripeId }) => stripeId === id)).toBe(true);
  });

  test('is no business of the desk', async () => {
    expect((await app.call('/api/stripe-movements', { as: desk })).status).toBe(403);
    expect((await app.call('/api/stripe-movements', { as: organizer })).status).toBe(403);
  });
});

describe('the database', () => {
  test('takes no refund of a disputed payment, whoever asks', async () => {
    const paid = await payByCard();
    app.stripe.openDispute(paid.intentId, { isInquiry: true });
    await hear();
    const fault = await app.sql`
      insert into refunds (id, venue_id, payment_id, billing_account_id, amount_yen, reason, route, state,
        version, created_at, updated_at)
      values ('rfd_test_1', 'big-palette', ${paid.paymentId}, ${paid.billingAccountId}, 1, 'mistake',
        'stripe', 'proposed', 1, now(), now())`.then(
      () => undefined,
      (error: { constraint_name?: string }) => error.constraint_name,
    );
    expect(fault).toBe('refunds_not_disputed');
  });

  test('lets nobody rewrite what Stripe has done', async () => {
    const change = app.sql`update stripe_movements set amount_yen = 1`;
    await expect(change).rejects.toThrow(/frozen/);
    await expect(app.sql`delete from stripe_movements`).rejects.toThrow(/frozen/);
  });
});
