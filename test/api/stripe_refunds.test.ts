import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startStripeStandIn, type StripeStandIn } from '#standins/stripe/server.ts';
import { makeClock, type TestClock } from '#test/fixtures/clock.ts';

const secretKey = 'sk_test_of_the_tests';
const publicUrl = 'http://localhost:3000';

let clock: TestClock;
let standIn: StripeStandIn;
let stripe: Stripe;
let arrived: string[];

beforeEach(async () => {
  clock = makeClock('2026-11-24T01:00:00Z');
  arrived = [];
  standIn = await startStripeStandIn({
    now: clock.now,
    secretKey,
    webhookSecret: 'whsec_of_the_tests',
    webhookUrl: () => `${publicUrl}/api/stripe/events`,
    publicUrl,
    send: async (request) => {
      arrived.push(((await request.json()) as { id: string }).id);
      return new Response(null, { status: 200 });
    },
  });
  stripe = new Stripe(secretKey, {
    host: '127.0.0.1',
    port: standIn.port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  });
});

afterEach(() => standIn.close());

const refusalOf = async (request: Promise<unknown>) => {
  const error = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Stripe.errors.StripeError)) throw new Error('expected a refusal');
  return { type: error.type, code: error.code, param: error.param };
};

const payByCard = async (number = '4242424242424242') => {
  const intent = await stripe.paymentIntents.create({
    amount: 12_000,
    currency: 'jpy',
    allowed_payment_method_types: ['card'],
  });
  standIn.payCard({
    clientSecret: intent.client_secret!,
    number,
    expiry: '12/34',
    cvc: '123',
    returnUrl: `${publicUrl}/`,
  });
  return intent.id;
};

const payAtStore = async () => {
  const intent = await stripe.paymentIntents.create({
    amount: 12_000,
    currency: 'jpy',
    confirm: true,
    allowed_payment_method_types: ['konbini'],
    payment_method_data: {
      type: 'konbini',
      billing_details: { name: '佐藤 花子', email: 'hanako@example.jp' },
    },
  });
  standIn.payVoucher(intent.id);
  return intent.id;
};

const makeCustomer = (email: string | undefined = 'hanako@example.jp') =>
  stripe.customers.create({ name: '佐藤 花子', ...(email ? { email } : {}) });

const openTransfer = (customer: string, amount = 12_000) =>
  stripe.paymentIntents.create({
    amount,
    currency: 'jpy',
    confirm: true,
    customer,
    allowed_payment_method_types: ['customer_balance'],
    payment_method_data: { type: 'customer_balance' },
    payment_method_options: {
      customer_balance: {
        funding_type: 'bank_transfer',
        bank_transfer: { type: 'jp_bank_transfer', requested_address_types: ['zengin'] },
      },
    },
  });

const statusOf = async (refundId: string) => (await stripe.refunds.retrieve(refundId)).status;
const typesSince = (count: number) =>
  standIn
    .listEvents()
    .slice(count)
    .map(({ type }) => type);

const chargeOf = async (intentId: string) => {
  const intent = await stripe.paymentIntents.retrieve(intentId, { expand: ['latest_charge'] });
  return intent.latest_charge as Stripe.Charge;
};

const press = (path: string, body: string) =>
  standIn.pages.request(`${publicUrl}/stand-in/stripe/${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: publicUrl },
  });

const pageOf = async (path: string) =>
  (await standIn.pages.request(`${publicUrl}/stand-in/stripe/${path}`)).text();

describe('a refund of a card', () => {
  test('arrives at once, in parts, never more than was paid', async () => {
    const intentId = await payByCard();
    const before = standIn.listEvents().length;
    const first = await stripe.refunds.create({ payment_intent: intentId, amount: 5_000 });
    expect(first).toMatchObject({ status: 'succeeded', amount: 5_000, payment_intent: intentId });
    expect(typesSince(before)).toEqual(['refund.created', 'charge.refunded']);
    expect(await chargeOf(intentId)).toMatchObject({ amount_refunded: 5_000, refunded: false });
    const tooMuch = stripe.refunds.create({ payment_intent: intentId, amount: 7_001 });
    expect(await refusalOf(tooMuch)).toMatchObject({ param: 'amount' });
    const rest = await stripe.refunds.create({ payment_intent: intentId });
    expect(rest.amount).toBe(7_000);
    expect(await chargeOf(intentId)).toMatchObject({ amount_refunded: 12_000, refunded: true });
    const again = stripe.refunds.create({ payment_intent: intentId });
    expect(await refusalOf(again)).toMatchObject({ code: 'charge_already_refunded' });
    expect(await refusalOf(stripe.refunds.cancel(first.id))).toMatchObject({
      code: 'refund_unexpected_state',
    });
    const listed = await stripe.refunds.list({ payment_intent: intentId });
    expect(listed.data.map(({ id }) => id)).toEqual([rest.id, first.id]);
  });

  test('is made once for its key', async () => {
    const intentId = await payByCard();
    const ask = () =>
      stripe.refunds.create({ payment_intent: intentId }, { idempotencyKey: 'refund:1' });
    expect((await ask()).id).toBe((await ask()).id);
    expect(standIn.listRefunds()).toHaveLength(1);
  });

  test('may wait, and may come back', async () => {
    const waiting = await stripe.refunds.create({
      payment_intent: await payByCard('4000000000007726'),
    });
    const returning = await stripe.refunds.create({
      payment_intent: await payByCard('4000000000005126'),
    });
    expect([waiting.status, returning.status]).toEqual(['pending', 'succeeded']);
    clock.advanceMinutes(2);
    await standIn.advance();
    expect(await statusOf(waiting.id)).toBe('succeeded');
    expect(await stripe.refunds.retrieve(returning.id)).toMatchObject({
      status: 'failed',
      failure_reason: 'declined',
    });
    expect((await chargeOf(returning.payment_intent as string)).amount_refunded).toBe(0);
  });

  test('needs money that has arrived', async () => {
    const unpaid = await stripe.paymentIntents.create({ amount: 500, currency: 'jpy' });
    expect(await refusalOf(stripe.refunds.create({ payment_intent: unpaid.id }))).toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
  });
});

describe('a refund of a store', () => {
  const refundAtStore = async (parameters: Partial<Stripe.RefundCreateParams> = {}) =>
    stripe.refunds.create({ payment_intent: await payAtStore(), ...parameters });

  test('waits for an account, which the payer is asked for by mail', async () => {
    const refund = await refundAtStore({ instructions_email: 'keiri@example.jp' });
    expect(refund).toMatchObject({
      status: 'requires_action',
      instructions_email: 'keiri@example.jp',
    });
    const details = refund.next_action!.display_details!;
    expect(details.email_sent.email_sent_to).toBe('keiri@example.jp');
    expect(details.expires_at).toBe(refund.created + 45 * 86_400);
    const before = standIn.listEvents().length;
    standIn.giveRefundAccount(refund.id);
    expect(await statusOf(refund.id)).toBe('pending');
    standIn.settleRefund(refund.id);
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({
      status: 'succeeded',
      destination_details: { type: 'jp_bank_transfer' },
    });
    expect(typesSince(before)).toEqual([
      'refund.updated',
      'charge.refund.updated',
      'refund.updated',
      'charge.refund.updated',
    ]);
  });

  test('bounces off an account there is not, and asks again', async () => {
    const { id } = await refundAtStore();
    standIn.giveRefundAccount(id, '1111113');
    clock.advanceMinutes(2);
    await standIn.advance();
    expect(await statusOf(id)).toBe('requires_action');
    standIn.giveRefundAccount(id);
    standIn.settleRefund(id);
    standIn.bounceRefund(id);
    expect(await statusOf(id)).toBe('requires_action');
  });

  test('can be cancelled only while an account is asked for', async () => {
    const waiting = await refundAtStore();
    expect((await stripe.refunds.cancel(waiting.id)).status).toBe('canceled');
    expect(
      (await stripe.refunds.create({ payment_intent: waiting.payment_intent as string })).amount,
    ).toBe(12_000);
    const going = await refundAtStore();
    standIn.giveRefundAccount(going.id);
    expect(await refusalOf(stripe.refunds.cancel(going.id))).toMatchObject({
      code: 'refund_unexpected_state',
    });
  });

  test('has failed when nobody answers for 45 days', async () => {
    const { id } = await refundAtStore();
    const early = await refundAtStore();
    expect((await stripe.testHelpers.refunds.expire(early.id)).status).toBe('failed');
    clock.advanceMinutes(45 * 24 * 60);
    const before = standIn.listEvents().length;
    await standIn.advance();
    expect(await statusOf(id)).toBe('failed');
    expect(typesSince(before)).toContain('refund.failed');
  });

  test('has a page where the payer names an account', async () => {
    const { id } = await refundAtStore();
    expect(await pageOf('refunds')).toContain(`/stand-in/stripe/refunds/${id}`);
    expect(await pageOf(`refunds/${id}`)).toContain('12,000円');
    const wrong = await press(`refunds/${id}/accounts`, 'account=12');
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('7桁');
    for (const account of ['0001234', '0001234']) {
      expect((await press(`refunds/${id}/accounts`, `account=${account}`)).status).toBe(303);
    }
    expect(await pageOf(`refunds/${id}`)).toContain('振込の手続き中');
    expect(await pageOf('refunds')).toContain('ありません');
  });
});

describe('a transfer', () => {
  const waitingFor = async (intentId: string) => {
    const { next_action: action } = await stripe.paymentIntents.retrieve(intentId);
    return action?.display_bank_transfer_instructions?.amount_remaining;
  };

  const cashOf = async (customerId: string) =>
    (await stripe.customers.retrieveCashBalance(customerId)).available?.['jpy'] ?? 0;

  test('goes to an account of the customer', async () => {
    const customer = await makeCustomer();
    const intent = await openTransfer(customer.id);
    expect(intent).toMatchObject({ status: 'requires_action', customer: customer.id });
    const details = intent.next_action!.display_bank_transfer_instructions!;
    expect(details).toMatchObject({ type: 'jp_bank_transfer', amount_remaining: 12_000 });
    const [first] = details.financial_addresses!;
    expect(first!.zengin).toMatchObject({ account_type: 'futsu', bank_code: '9999' });
    const second = await openTransfer(customer.id, 500);
    const other = second.next_action!.display_bank_transfer_instructions!.financial_addresses!;
    expect(other[0]!.zengin!.account_number).toBe(first!.zengin!.account_number);
  });

  test('needs a customer and says what kind of transfer', async () => {
    const bare = {
      amount: 500,
      currency: 'jpy',
      confirm: true,
      allowed_payment_method_types: ['customer_balance'],
      payment_method_data: { type: 'customer_balance' as const },
    };
    expect(await refusalOf(stripe.paymentIntents.create(bare))).toMatchObject({
      param: 'customer',
    });
    const { id: customer } = await makeCustomer();
    expect(await refusalOf(stripe.paymentIntents.create({ ...bare, customer }))).toMatchObject({
      code: 'parameter_missing',
    });
    const unknown = stripe.paymentIntents.create({ ...bare, customer: 'cus_none' });
    expect(await refusalOf(unknown)).toMatchObject({ code: 'resource_missing' });
  });

  test('may come in parts, and what is too much stays with the customer', async () => {
    const customer = await makeCustomer();
    const { id } = await openTransfer(customer.id);
    const before = standIn.listEvents().length;
    await stripe.testHelpers.customers.fundCashBalance(customer.id, {
      amount: 5_000,
      currency: 'jpy',
    });
    expect(await waitingFor(id)).toBe(7_000);
    expect(typesSince(before)).toEqual([
      'customer_cash_balance_transaction.created',
      'customer_cash_balance_transaction.created',
      'payment_intent.partially_funded',
    ]);
    standIn.transfer(id, 9_000, { name: 'サトウ ハナコ', bank: '試験銀行', branch: '本店' });
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('succeeded');
    expect((await chargeOf(id)).payment_method_details?.type).toBe('customer_balance');
    expect(await cashOf(customer.id)).toBe(2_000);
    const moves = await stripe.customers.listCashBalanceTransactions(customer.id);
    expect(moves.data.map(({ type, net_amount: amount }) => [type, amount])).toEqual([
      ['applied_to_payment', -7_000],
      ['funded', 9_000],
      ['applied_to_payment', -5_000],
      ['funded', 5_000],
    ]);
    expect(moves.data[1]!.funded!.bank_transfer.jp_bank_transfer!.sender_name).toBe(
      'サトウ ハナコ',
    );
  });

  test('that is given up leaves what had arrived to the customer, and the next takes it', async () => {
    const customer = await makeCustomer();
    const { id } = await openTransfer(customer.id);
    standIn.transfer(id, 5_000);
    await stripe.paymentIntents.cancel(id);
    expect(await cashOf(customer.id)).toBe(5_000);
    const next = await openTransfer(customer.id);
    expect(next.next_action!.display_bank_transfer_instructions!.amount_remaining).toBe(7_000);
  });

  test('pays what it fits exactly, then the oldest', async () => {
    const customer = await makeCustomer();
    const older = await openTransfer(customer.id, 12_000);
    const fitting = await openTransfer(customer.id, 5_000);
    standIn.transfer(older.id, 5_000);
    expect((await stripe.paymentIntents.retrieve(fitting.id)).status).toBe('succeeded');
    expect(await waitingFor(older.id)).toBe(12_000);
  });

  test('is refunded to an account, which needs an address to ask for it', async () => {
    const { id: customer } = await stripe.customers.create({ name: '佐藤 花子' });
    const { id } = await openTransfer(customer);
    standIn.transfer(id, 12_000);
    expect(await refusalOf(stripe.refunds.create({ payment_intent: id }))).toMatchObject({
      param: 'instructions_email',
    });
    const refund = await stripe.refunds.create({
      payment_intent: id,
      instructions_email: 'hanako@example.jp',
    });
    expect(refund.status).toBe('requires_action');
  });

  test('has a page with the account and a counter', async () => {
    const customer = await makeCustomer();
    const { id } = await openTransfer(customer.id);
    expect(await pageOf(`transfers/${id}`)).toContain('試験銀行');
    expect((await press(`transfers/${id}/payments`, 'amount=abc')).status).toBe(422);
    const amount = encodeURIComponent('１２，０００');
    expect((await press(`transfers/${id}/payments`, `amount=${amount}&sender=A`)).status).toBe(303);
    expect(await pageOf(`transfers/${id}`)).toContain('お振込を確認しました');
  });
});

describe('the line', () => {
  test('may break before Stripe has acted, or after', async () => {
    const intentId = await payByCard();
    const ask = () =>
      stripe.refunds.create({ payment_intent: intentId }, { idempotencyKey: 'refund:2' });
    standIn.cutLine(({ path }) => (path === '/v1/refunds' ? 'before' : undefined));
    expect(await refusalOf(ask())).toMatchObject({ type: 'StripeConnectionError' });
    expect(standIn.listRefunds()).toHaveLength(0);
    standIn.cutLine(() => 'after');
    expect(await refusalOf(ask())).toMatchObject({ type: 'StripeConnectionError' });
    expect(standIn.listRefunds()).toHaveLength(1);
    standIn.cutLine();
    expect((await ask()).id).toBe(standIn.listRefunds()[0]!.id);
  });

  test('brings events in any order, or never', async () => {
    await payByCard();
    const [created, succeeded, charged] = standIn.listEvents().map(({ id }) => id);
    standIn.lose(created!);
    expect(await standIn.deliver(charged!)).toBe(200);
    expect(await standIn.deliverDue()).toBe(1);
    expect(arrived).toEqual([charged, succeeded]);
    await expect(standIn.deliver('evt_none')).rejects.toThrow('no such event');
  });
});

describe('what people do on Stripe’s own pages', () => {
  test('a dispute takes the money, forbids refunds, and gives it back when it is won', async () => {
    const intentId = await payByCard();
    const before = standIn.listEvents().length;
    const { id } = standIn.openDispute(intentId);
    expect(await refusalOf(stripe.refunds.create({ payment_intent: intentId }))).toMatchObject({
      code: 'charge_disputed',
    });
    const open = await stripe.disputes.retrieve(id);
    expect(open).toMatchObject({ status: 'needs_response', amount: 12_000, reason: 'fraudulent' });
    expect(open.balance_transactions.map(({ amount }) => amount)).toEqual([-12_000]);
    standIn.closeDispute(id, 'won');
    const { data } = await stripe.disputes.list({ payment_intent: intentId });
    expect(data[0]!.balance_transactions.map(({ amount }) => amount)).toEqual([-12_000, 12_000]);
    expect(typesSince(before)).toEqual([
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
      'charge.dispute.closed',
      'charge.dispute.funds_reinstated',
    ]);
    expect(await chargeOf(intentId)).toMatchObject({ disputed: true });
  });

  test('an inquiry moves nothing and leaves the payment refundable', async () => {
    const intentId = await payByCard();
    const { id } = standIn.openDispute(intentId, { isInquiry: true });
    expect((await stripe.disputes.retrieve(id)).balance_transactions).toEqual([]);
    expect((await stripe.refunds.create({ payment_intent: intentId })).status).toBe('succeeded');
    standIn.closeDispute(id, 'lost');
    expect((await stripe.disputes.retrieve(id)).status).toBe('warning_closed');
  });

  test('a press refunds, disputes and decides; too much is refused on the page', async () => {
    const intentId = await payByCard();
    expect((await press(`dashboard/${intentId}/refunds`, 'amount=5000')).status).toBe(303);
    expect((await press(`dashboard/${intentId}/refunds`, 'amount=9000')).status).toBe(422);
    expect((await press(`dashboard/${intentId}/disputes`, '')).status).toBe(303);
    const [dispute] = standIn.listDisputes();
    expect(await pageOf('dashboard')).toContain('異議 12,000円');
    expect((await press(`dashboard/${dispute!.id}/decisions`, 'end=lost')).status).toBe(303);
    expect(standIn.listDisputes()[0]).toMatchObject({ status: 'lost' });
    expect(standIn.listRefunds()).toMatchObject([{ amount: 5_000, metadata: {} }]);
  });
});
