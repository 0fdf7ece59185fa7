import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { proposeOverpaid, proposeRefund } from '#api/refunds/actions/propose.ts';
import { refreshRefund, sweepRefunds, watchDone } from '#api/refunds/actions/execute.ts';
import { receiveMoney } from '#api/payments/actions/ledger.ts';
import type { BillingAccountId, VenueId } from '#api/shared/ids.ts';
import { addDays, localDay } from '#api/shared/time.ts';
import {
  openTestApp,
  type Answer,
  type Organizer,
  type Person,
  type TestApp,
} from '#test/fixtures/app.ts';
import { makeApprovedBooking } from '#test/fixtures/bookings.ts';

let app: TestApp;
let organizer: Organizer;
let stranger: Organizer;
let desk: Person;
let finance: Person;
let colleague: Person;
let manager: Person;
let administrator: Person;
let elsewhere: Person;

beforeAll(async () => {
  app = await openTestApp();
  organizer = await app.organizer();
  stranger = await app.organizer('会津写真愛好会');
  desk = await app.staff('desk');
  finance = await app.staff('finance');
  colleague = await app.staff('finance');
  manager = await app.staff('manager');
  administrator = await app.staff('administrator');
  elsewhere = await app.staff('manager', 'corasse');
});

afterAll(() => app.close());

let days = 0;
const nextDay = () => addDays(localDay('2027-01-12'), (days += 1));

const post = (path: string, as: Person, json: object = {}) => app.call(path, { as, json });

/** 217,800 yen. */
const makeCharged = async (): Promise<string> => {
  const use = { room: 'exhibition-hall', configuration: 'a', date: nextDay(), band: 'daytime' };
  const booking = await makeApprovedBooking(app, { organizer, manager }, { uses: [use] });
  await app.runJobs();
  return booking.id;
};

const refundsOf = async (billingAccountId: string, as: Person = finance) =>
  (await app.call(`/api/bookings/${billingAccountId}/refunds`, { as })).body;

const payCash = async (): Promise<{ billingAccountId: string; paymentId: string }> => {
  const billingAccountId = await makeCharged();
  const paid = await post(`/api/bookings/${billingAccountId}/payments`, desk, { method: 'cash' });
  expect(paid.status).toBe(201);
  await app.runJobs();
  return { billingAccountId, paymentId: (await refundsOf(billingAccountId)).payments[0].id };
};

const payer = { name: '佐藤 花子', email: 'hanako@example.jp', phone: '0249478010' };

const hear = async () => {
  await app.stripe.deliverDue();
  await app.runJobs();
};

const payKonbini = async (): Promise<{ billingAccountId: string; paymentId: string }> => {
  const billingAccountId = await makeCharged();
  const json = { method: 'konbini', ...payer };
  expect((await post(`/api/bookings/${billingAccountId}/payments`, organizer, json)).status).toBe(
    201,
  );
  app.stripe.payVoucher(app.stripe.listIntents().at(-1)!.id);
  await hear();
  return { billingAccountId, paymentId: (await refundsOf(billingAccountId)).payments[0].id };
};

const propose = (
  paid: { billingAccountId?: string; paymentId: string },
  changes: object = {},
  as: Person = finance,
) =>
  post('/api/refunds', as, {
    ...paid,
    amountYen: 100_000,
    reason: 'mistake',
    note: '二重にお支払いいただいたため',
    ...(paid.billingAccountId === undefined ? {} : { reducesCharge: false }),
    ...changes,
  });

const proposed = async (
  paid: { billingAccountId: string; paymentId: string },
  changes: object = {},
  as: Person = finance,
): Promise<string> => {
  const { status, body } = await propose(paid, changes, as);
  expect(status, JSON.stringify(body)).toBe(201);
  return body.refund.id;
};

const act = (id: string, deed: string, as: Person, json: object = {}) =>
  post(`/api/refunds/${id}/${deed}`, as, json);

const codeOf = ({ body }: Answer) => body.error?.code as string | undefined;

const lookAt = async (id: string, as: Person = finance) =>
  (await app.call(`/api/refunds/${id}`, { as })).body.refund;

const ledgerOf = async (billingAccountId: string) =>
  (
    await app.sql`select kind, amount_yen from money_events where billing_account_id = ${billingAccountId}
      and kind in ('returned', 'return_bounced', 'written_off') order by recorded_at, id`
  ).map((row) => `${row['kind']} ${row['amount_yen']}`);

const mailsOf = async (billingAccountId: string) =>
  (
    await app.sql`select topic from mails where subject_id = ${billingAccountId}
      and topic like 'refunds.%' order by created_at, id`
  ).map((row) => row['topic'] as string);

const auditOf = async (id: string) =>
  (
    await app.sql`select action from audit_entries where subject_id = ${id} order by happened_at, id`
  ).map((row) => row['action'] as string);

const account = {
  bankCode: '0126',
  branchCode: '001',
  accountType: 'futsu',
  accountNumber: '1234567',
  holderKana: 'ｻﾄｳ ﾊﾅｺ',
};

describe('asking for a refund', () => {
  test('names the payment, the sum and why; another person decides', async () => {
    const paid = await payCash();
    const { status, body } = await propose(paid);
    expect(status).toBe(201);
    expect(body.refund).toMatchObject({
      state: 'proposed',
      route: 'cash',
      amountYen: 100_000,
      reason: 'mistake',
      requestedByName: '職員',
      allowedActions: ['cancel'],
    });
    expect((await refundsOf(paid.billingAccountId)).payments[0]).toMatchObject({
      paidYen: 217_800,
      leftYen: 117_800,
    });
    expect(await auditOf(body.refund.id)).toEqual(['refunds.propose']);
  });

  test('is refused beyond what is left of the payment', async () => {
    const paid = await payCash();
    await proposed(paid, { amountYen: 200_000 });
    expect(codeOf(await propose(paid, { amountYen: 17_801 }))).toBe('refunds.more_than_left');
    expect((await propose(paid, { amountYen: 17_800 })).status).toBe(201);
    const other = await makeCharged();
    expect(codeOf(await propose({ ...paid, billingAccountId: other }))).toBe(
      'refunds.more_than_left',
    );
  });

  test('is for staff of the venue; to others the payment does not exist', async () => {
    const paid = await payCash();
    for (const as of [organizer, stranger, elsewhere]) {
      const refused = await propose(paid, {}, as);
      expect([refused.status, codeOf(refused)]).toEqual([404, 'payments.unknown']);
    }
    expect((await propose(paid, { note: '' })).status).toBe(400);
    expect((await propose(paid, { amountYen: 0 })).status).toBe(400);
    expect((await propose(paid, {}, desk)).status).toBe(201);
  });
});

describe('deciding about a refund', () => {
  test('is never for who asked', async () => {
    const id = await proposed(await payCash());
    const own = await act(id, 'approve', finance);
    expect([own.status, codeOf(own)]).toEqual([403, 'refunds.own_request']);
    const approved = await act(id, 'approve', colleague, { reason: '確認しました' });
    expect(approved.body.refund).toMatchObject({
      state: 'approved',
      decisionReason: '確認しました',
      decidedByName: '職員',
    });
    expect(codeOf(await act(id, 'approve', manager))).toBe('refunds.not_allowed_in_state');
  });

  test('has a limit for each role', async () => {
    const paid = await payCash();
    await app.sql`update money_limits set yen_most = 99999
      where venue_id = 'big-palette' and deed = 'refund' and role = 'finance'`;
    const id = await proposed(paid);
    const refused = await act(id, 'approve', colleague);
    expect([refused.status, codeOf(refused)]).toEqual([403, 'refunds.over_limit']);
    expect(refused.body.error.message).toContain('99999');
    expect((await act(id, 'approve', manager)).status).toBe(200);
    await app.sql`update money_limits set yen_most = 300000
      where venue_id = 'big-palette' and deed = 'refund' and role = 'finance'`;
  });

  test('needs the role at the venue; to others it does not exist', async () => {
    const id = await proposed(await payCash());
    expect(codeOf(await act(id, 'approve', desk))).toBe('accounts.forbidden');
    for (const as of [organizer, elsewhere]) {
      expect(codeOf(await act(id, 'approve', as))).toBe('refunds.unknown');
      expect((await app.call(`/api/refunds/${id}`, { as })).status).toBe(404);
    }
    expect(codeOf(await act('rfd_none', 'approve', manager))).toBe('refunds.unknown');
    expect((await app.call('/api/refunds', { as: organizer })).status).toBe(403);
  });

  test('rejects with a reason, and the money may be asked for again', async () => {
    const paid = await payCash();
    const id = await proposed(paid, { amountYen: 217_800 });
    expect((await act(id, 'reject', manager, { reason: '' })).status).toBe(400);
    const rejected = await act(id, 'reject', manager, { reason: '規程に当たらないため' });
    expect(rejected.body.refund.state).toBe('rejected');
    expect((await refundsOf(paid.billingAccountId, organizer)).refunds).toEqual([]);
    expect((await propose(paid, { amountYen: 217_800 })).status).toBe(201);
  });

  test('of a refund the house asked for by a rule needs one person', async () => {
    const { billingAccountId } = await payCash();
    await app.sql`insert into money_events (id, venue_id, billing_account_id, kind, amount_yen, cause, actor,
      happened_at, recorded_at, booked_on) select 'mev_' || ${billingAccountId}, 'big-palette', ${billingAccountId},
      'charge_reduced', -50000, 'test:' || ${billingAccountId}, '{}', now(), now(), '2026-11-24'`;
    const job = app.contextOf({ kind: 'job', name: 'test' });
    const [refund, ...rest] = await proposeOverpaid(job, { billingAccountId, reason: 'reduction' });
    expect(rest).toEqual([]);
    expect(refund).toMatchObject({ amountYen: 50_000, requestedByAccountId: null });
    expect(await proposeOverpaid(job, { billingAccountId, reason: 'reduction' })).toEqual([]);
    await act(refund!.id, 'reject', manager, { reason: '次回の使用料に充てるため' });
    expect(await proposeOverpaid(job, { billingAccountId, reason: 'reduction' })).toEqual([]);
    const [again] = await proposeOverpaid(job, { billingAccountId, reason: 'overpaid' });
    expect((await act(again!.id, 'approve', finance)).status).toBe(200);
  });
});

describe('cash', () => {
  test('goes back over the desk, and the ledger, the drawer and the organizer know', async () => {
    const paid = await payCash();
    const id = await proposed(paid);
    expect(codeOf(await act(id, 'payout', desk))).toBe('accounts.forbidden');
    expect(codeOf(await act(id, 'payout', finance))).toBe('refunds.not_allowed_in_state');
    await act(id, 'approve', manager);
    const { body } = await act(id, 'payout', desk);
    expect(body.refund).toMatchObject({ state: 'paid_out', paidOutByName: '職員' });
    expect(codeOf(await act(id, 'payout', desk))).toBe('accounts.forbidden');
    expect(await ledgerOf(paid.billingAccountId)).toEqual(['returned 100000']);
    expect(await mailsOf(paid.billingAccountId)).toEqual(['refunds.approved', 'refunds.finished']);
    expect(await auditOf(id)).toEqual(['refunds.propose', 'refunds.approve', 'refunds.pay_out']);
    const seen = await refundsOf(paid.billingAccountId, organizer);
    expect(seen).toMatchObject({
      refunds: [{ id, state: 'paid_out', amountYen: 100_000 }],
      payments: [],
      mayPropose: false,
    });
    expect(
      (await app.call(`/api/bookings/${paid.billingAccountId}/refunds`, { as: stranger })).status,
    ).toBe(404);
    expect((await lookAt(id)).history.map(({ action }: { action: string }) => action)).toEqual([
      'refunds.propose',
      'refunds.approve',
      'refunds.pay_out',
    ]);
  });
});

const payTransfer = async () => {
  const billingAccountId = await makeCharged();
  const context = app.contextOf({ kind: 'import', name: 'test' });
  const payment = await context.transact((tx) =>
    receiveMoney(tx, context, {
      venueId: 'big-palette' as VenueId,
      method: 'bank_transfer',
      amountYen: 217_800,
      receivedAt: app.clock.now(),
      cause: `bank_line:${billingAccountId}`,
      billingAccountId: billingAccountId as BillingAccountId,
    }),
  );
  return { billingAccountId, paymentId: payment!.id as string };
};

describe('a transfer we saw on our own account', () => {
  test('goes back by our bank to an account only finance sees', async () => {
    const id = await proposed(await payTransfer());
    await act(id, 'approve', manager);
    expect(codeOf(await act(id, 'payout', finance))).toBe('refunds.payee_missing');
    expect(codeOf(await act(id, 'payee', manager, account))).toBe('accounts.forbidden');
    const typo = await act(id, 'payee', finance, {
      ...account,
      bankCode: '12',
      holderKana: '佐藤',
    });
    expect(typo.status).toBe(400);
    expect(typo.body.error.fields.map(({ path }: { path: string }) => path).sort()).toEqual([
      'bankCode',
      'holderKana',
    ]);
    await act(id, 'payee', finance, account);
    expect((await lookAt(id)).payee).toMatchObject({ holderKana: 'サトウ ハナコ' });
    expect(await lookAt(id, manager)).toMatchObject({ payee: null, hasPayee: true });
    expect(await lookAt(id, administrator)).toMatchObject({ payee: { bankCode: '0126' } });
    const [kept] = await app.sql`select count(*)::int as count from audit_entries
      where subject_id = ${id} and after::text like '%1234567%'`;
    expect(kept!['count']).toBe(0);
    expect((await act(id, 'payout', finance)).body.refund.state).toBe('paid_out');
  });

  test('is given up while nobody has paid it out', async () => {
    const paid = await payTransfer();
    const id = await proposed(paid);
    await act(id, 'approve', manager);
    expect(codeOf(await act(id, 'cancel', desk))).toBe('accounts.forbidden');
    expect((await act(id, 'cancel', manager)).body.refund.state).toBe('cancelled');
    expect(codeOf(await act(id, 'cancel', manager))).toBe('refunds.not_allowed_in_state');
    expect((await refundsOf(paid.billingAccountId)).payments[0].leftYen).toBe(217_800);
  });
});

describe('money of the pot', () => {
  test('goes back without a booking, and is asked for once by its cause', async () => {
    const context = app.contextOf({ kind: 'import', name: 'test' });
    const refund = await context.transact(async (tx) => {
      const payment = await receiveMoney(tx, context, {
        venueId: 'big-palette' as VenueId,
        method: 'bank_transfer',
        amountYen: 12_000,
        receivedAt: app.clock.now(),
        cause: 'bank_line:unknown',
        payerName: 'ｽｽﾞｷ ｲﾁﾛｳ',
      });
      const asked = {
        paymentId: payment!.id,
        billingAccountId: null,
        amountYen: 12_000,
        reason: 'unmatched',
        note: null,
        cause: 'unmatched:bank_line',
      } as const;
      const first = await proposeRefund(tx, context, asked);
      await expect(proposeRefund(tx, context, asked)).rejects.toMatchObject({
        code: 'refunds.more_than_left',
      });
      return first!;
    });
    await act(refund.id, 'approve', finance);
    await act(refund.id, 'payee', finance, account);
    const { body } = await act(refund.id, 'payout', finance);
    expect(body.refund).toMatchObject({
      state: 'paid_out',
      billingAccountId: null,
      payerName: 'ｽｽﾞｷ ｲﾁﾛｳ',
    });
    const [pot] = await app.sql`select sum(amount_yen)::int as yen from money_events
      where payment_id = ${refund.paymentId} and billing_account_id is null`;
    expect(pot!['yen']).toBe(0);
  });
});

const stripeIdOf = async (id: string): Promise<string> => {
  const [row] = await app.sql`select stripe_refund_id from refunds where id = ${id}`;
  return row!['stripe_refund_id'] as string;
};

const startAtStripe = async (changes: object = {}) => {
  const paid = await payKonbini();
  const id = await proposed(paid, changes);
  await act(id, 'approve', manager);
  await hear();
  return { ...paid, id, stripeId: await stripeIdOf(id) };
};

const job = () => app.contextOf({ kind: 'job', name: 'test' });

describe('a konbini payment', () => {
  test('goes back to the account the customer names at Stripe', async () => {
    const { id, billingAccountId, stripeId } = await startAtStripe();
    const waiting = await lookAt(id);
    expect(waiting).toMatchObject({ state: 'awaiting_customer', route: 'stripe' });
    expect(waiting.expiresAt).toBe('2027-01-08T01:00:00.000Z');
    const atStripe = await app.house.stripe!.client.refunds.retrieve(stripeId);
    expect(atStripe).toMatchObject({
      amount: 100_000,
      metadata: { refund_id: id, booking_id: billingAccountId },
    });
    app.stripe.giveRefundAccount(stripeId);
    await hear();
    expect((await lookAt(id)).state).toBe('processing');
    expect(codeOf(await act(id, 'cancel', manager))).toBe('refunds.on_its_way');
    expect(await ledgerOf(billingAccountId)).toEqual([]);
    app.stripe.settleRefund(stripeId);
    await hear();
    expect((await lookAt(id)).state).toBe('done');
    expect(await ledgerOf(billingAccountId)).toEqual(['returned 100000']);
    expect(await mailsOf(billingAccountId)).toEqual(['refunds.approved', 'refunds.finished']);
  });

  test('that the bank sends back is owed again, and goes out again', async () => {
    const { id, billingAccountId, stripeId } = await startAtStripe();
    app.stripe.giveRefundAccount(stripeId);
    app.stripe.settleRefund(stripeId);
    await hear();
    app.stripe.bounceRefund(stripeId);
    await hear();
    expect((await lookAt(id)).state).toBe('awaiting_customer');
    expect(await ledgerOf(billingAccountId)).toEqual(['returned 100000', 'return_bounced -100000']);
    app.stripe.giveRefundAccount(stripeId);
    app.stripe.settleRefund(stripeId);
    await hear();
    expect(await ledgerOf(billingAccountId)).toEqual([
      'returned 100000',
      'return_bounced -100000',
      'returned 100000',
    ]);
    expect(await mailsOf(billingAccountId)).toContain('refunds.bounced');
  });

  test('for which no account was named in time is paid out by hand', async () => {
    const { id, billingAccountId, stripeId } = await startAtStripe();
    app.stripe.expireRefund(stripeId);
    await hear();
    expect(await lookAt(id)).toMatchObject({
      state: 'failed',
      allowedActions: ['cancel', 'payee'],
    });
    expect(await mailsOf(billingAccountId)).toEqual(['refunds.approved', 'refunds.failed']);
    await act(id, 'payee', finance, account);
    expect((await act(id, 'payout', finance)).body.refund).toMatchObject({
      state: 'paid_out',
      route: 'stripe',
    });
    expect(await ledgerOf(billingAccountId)).toEqual(['returned 100000']);
    const [event] = await app.sql`select cause from money_events where refund_id = ${id}`;
    expect(event!['cause']).toMatch(/^paid_out:rfd_/);
    await sweepRefunds(job());
    expect((await lookAt(id)).state).toBe('paid_out');
  });

  test('is called back while Stripe waits for the customer', async () => {
    const { id, billingAccountId, stripeId } = await startAtStripe();
    expect(codeOf(await act(id, 'cancel', desk))).toBe('accounts.forbidden');
    expect(codeOf(await act(id, 'cancel', elsewhere))).toBe('refunds.unknown');
    expect((await act(id, 'cancel', manager)).body.refund.state).toBe('cancelled');
    expect((await app.house.stripe!.client.refunds.retrieve(stripeId)).status).toBe('canceled');
    expect((await refundsOf(billingAccountId)).payments[0].leftYen).toBe(217_800);
  });

  test('whose customer was faster than the recall goes its way', async () => {
    const { id, stripeId } = await startAtStripe();
    app.stripe.giveRefundAccount(stripeId);
    const late = await act(id, 'cancel', manager);
    expect([late.status, codeOf(late)]).toEqual([409, 'refunds.on_its_way']);
    expect((await lookAt(id)).state).toBe('processing');
  });

  test('is not called back while it is handed to Stripe', async () => {
    const id = await proposed(await payKonbini());
    await act(id, 'approve', manager);
    expect(codeOf(await act(id, 'cancel', manager))).toBe('refunds.with_stripe');
    await hear();
  });

  test('of another account does not exist for us', async () => {
    await expect(refreshRefund(job(), 're_of_somebody_else')).resolves.toBeUndefined();
  });

  test('told of twice and late is returned once', async () => {
    const { id, billingAccountId, stripeId } = await startAtStripe();
    app.stripe.giveRefundAccount(stripeId);
    app.stripe.settleRefund(stripeId);
    await hear();
    for (const event of app.stripe.listEvents()) await app.stripe.redeliver(event.id);
    await hear();
    await sweepRefunds(job());
    await watchDone(job());
    expect((await lookAt(id)).state).toBe('done');
    expect(await ledgerOf(billingAccountId)).toEqual(['returned 100000']);
  });

  test.each(['before', 'after'] as const)(
    'stays approved while the line is cut %s Stripe, and is asked for once in the end',
    async (where) => {
      const id = await proposed(await payKonbini());
      app.stripe.cutLine(() => where);
      await act(id, 'approve', manager);
      await app.runJobs();
      expect(await lookAt(id)).toMatchObject({ state: 'approved', failureCode: null });
      app.stripe.cutLine();
      app.clock.advanceMinutes(25 * 60);
      await sweepRefunds(job());
      expect((await lookAt(id)).state).toBe('awaiting_customer');
      const ours = app.stripe.listRefunds().filter(({ metadata }) => metadata['refund_id'] === id);
      expect(ours).toHaveLength(1);
    },
  );

  test('that Stripe refuses for good is left to the house', async () => {
    const paid = await payKonbini();
    const { intentId } = app.stripe.listEvents().at(-1)!;
    const id = await proposed(paid);
    // Somebody returns it by hand, past the house, which has not heard of it.
    await app.house.stripe!.client.refunds.create({ payment_intent: intentId });
    await act(id, 'approve', manager);
    await app.runJobs();
    expect(await lookAt(id)).toMatchObject({
      state: 'failed',
      failureCode: 'charge_already_refunded',
    });
    await hear();
    expect((await lookAt(id)).state).toBe('cancelled');
  });

  test('is done without a word from Stripe: the sweep asks', async () => {
    const { id, stripeId } = await startAtStripe();
    app.stripe.giveRefundAccount(stripeId);
    app.stripe.settleRefund(stripeId);
    await sweepRefunds(job());
    expect((await lookAt(id)).state).toBe('done');
    app.stripe.bounceRefund(stripeId);
    await watchDone(job());
    expect((await lookAt(id)).state).toBe('awaiting_customer');
  });
});

const byCard = async (number: string): Promise<{ billingAccountId: string; paymentId: string }> => {
  const billingAccountId = await makeCharged();
  const json = { method: 'card' };
  const { body } = await post(`/api/bookings/${billingAccountId}/payments`, organizer, json);
  const { clientSecret } = body.attempt;
  app.stripe.payCard({ clientSecret, number, expiry: '12/34', cvc: '123', returnUrl: '/' });
  await hear();
  return { billingAccountId, paymentId: (await refundsOf(billingAccountId)).payments[0].id };
};

describe('a card payment', () => {
  test('goes back to the card by itself', async () => {
    const paid = await byCard('4242424242424242');
    const id = await proposed(paid);
    await act(id, 'approve', manager);
    await hear();
    expect(await lookAt(id)).toMatchObject({ state: 'done', expiresAt: null });
    expect(await ledgerOf(paid.billingAccountId)).toEqual(['returned 100000']);
  });

  test('that the bank of the card sends back is ours to pay', async () => {
    const paid = await byCard('4000000000005126');
    const id = await proposed(paid);
    await act(id, 'approve', manager);
    await hear();
    app.clock.advanceMinutes(1);
    await app.stripe.advance();
    await hear();
    expect(await lookAt(id)).toMatchObject({ state: 'failed', finishedAt: null });
    expect(await ledgerOf(paid.billingAccountId)).toEqual([
      'returned 100000',
      'return_bounced -100000',
    ]);
  });
});

describe('what was paid too much', () => {
  test('is asked for by the house when money comes once too often', async () => {
    const billingAccountId = await makeCharged();
    const konbini = { method: 'konbini', ...payer };
    await post(`/api/bookings/${billingAccountId}/payments`, organizer, konbini);
    const intent = app.stripe.listIntents().at(-1)!;
    app.stripe.holdAtTill(intent.id);
    const context = app.contextOf({ kind: 'import', name: 'test' });
    await context.transact((tx) =>
      receiveMoney(tx, context, {
        venueId: 'big-palette' as VenueId,
        method: 'bank_transfer',
        amountYen: 217_800,
        receivedAt: app.clock.now(),
        cause: `bank_line:${billingAccountId}`,
        billingAccountId: billingAccountId as BillingAccountId,
      }),
    );
    app.stripe.payVoucher(intent.id);
    await hear();
    const { refunds, owedYen } = await refundsOf(billingAccountId);
    expect(owedYen).toBe(-217_800);
    expect(refunds).toMatchObject([
      { state: 'proposed', reason: 'overpaid', route: 'stripe', amountYen: 217_800 },
    ]);
  });
});

describe('a debt given up', () => {
  const askToGiveUp = (billingAccountId: string, amountYen: number, as: Person = finance) =>
    post('/api/write-offs', as, {
      billingAccountId,
      amountYen,
      reason: '倒産により回収できないため',
    });

  test('is decided by a second person, and the ledger says so', async () => {
    const billingAccountId = await makeCharged();
    const { status, body } = await askToGiveUp(billingAccountId, 217_800);
    expect(status).toBe(201);
    const decide = (deed: string, as: Person, json: object = {}) =>
      post(`/api/write-offs/${body.id}/${deed}`, as, json);
    expect(codeOf(await decide('approve', finance))).toBe('refunds.own_request');
    expect(codeOf(await decide('approve', desk))).toBe('accounts.forbidden');
    expect(codeOf(await decide('approve', elsewhere))).toBe('refunds.unknown_write_off');
    expect((await decide('approve', manager, { reason: '確認済み' })).status).toBe(200);
    expect(codeOf(await decide('reject', colleague, { reason: '遅い' }))).toBe(
      'refunds.not_allowed_in_state',
    );
    expect(await ledgerOf(billingAccountId)).toEqual(['written_off -217800']);
    expect((await refundsOf(billingAccountId)).writeOffs).toMatchObject([
      { state: 'approved', decidedByName: '職員', allowedActions: [] },
    ]);
    expect(await auditOf(billingAccountId)).toContain('refunds.approve_write_off');
  });

  test('is never more than is owed, when asked and when decided', async () => {
    const billingAccountId = await makeCharged();
    const refused = await askToGiveUp(billingAccountId, 217_801);
    expect([refused.status, codeOf(refused)]).toEqual([409, 'refunds.more_than_owed']);
    const asked = await askToGiveUp(billingAccountId, 217_800);
    await post(`/api/bookings/${billingAccountId}/payments`, desk, { method: 'cash' });
    const late = await post(`/api/write-offs/${asked.body.id}/approve`, manager);
    expect(codeOf(late)).toBe('refunds.more_than_owed');
    expect((await askToGiveUp(billingAccountId, 1, organizer)).status).toBe(404);
  });

  test('is listed for staff of the venue', async () => {
    const billingAccountId = await makeCharged();
    const { body } = await askToGiveUp(billingAccountId, 1_000);
    const listed = await app.call('/api/write-offs?state=proposed', { as: manager });
    const mine = listed.body.writeOffs.find(({ id }: { id: string }) => id === body.id);
    expect(mine).toMatchObject({ amountYen: 1_000, allowedActions: ['approve', 'reject'] });
    const rejected = await post(`/api/write-offs/${body.id}/reject`, manager, { reason: '回収中' });
    expect(rejected.status).toBe(200);
    const none = await app.call('/api/write-offs', { as: elsewhere });
    expect(none.body.writeOffs).toEqual([]);
    expect((await app.call('/api/write-offs', { as: organizer })).status).toBe(403);
    expect((await refundsOf(billingAccountId, organizer)).writeOffs).toEqual([]);
  });
});

describe('the list of refunds', () => {
  test('is filtered by venue and state, with totals of every state', async () => {
    const id = await proposed(await payCash(), { amountYen: 1_234 });
    const { body } = await app.call('/api/refunds?venue=big-palette&state=proposed', {
      as: finance,
    });
    const { refunds, totals } = body;
    expect(refunds[0]).toMatchObject({ id, amountYen: 1_234, title: '秋の住宅フェア' });
    expect(new Set(refunds.map(({ state }: { state: string }) => state))).toEqual(
      new Set(['proposed']),
    );
    const paidOut = totals.find(({ state }: { state: string }) => state === 'paid_out');
    expect(paidOut.count).toBeGreaterThan(0);
    const open = (await app.call('/api/refunds?view=open', { as: finance })).body.refunds;
    expect(open.some(({ state }: { state: string }) => state === 'paid_out')).toBe(false);
    expect((await app.call('/api/refunds', { as: elsewhere })).body.refunds).toEqual([]);
  });
});
