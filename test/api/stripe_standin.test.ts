import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import Stripe from 'stripe';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  startStripeStandIn,
  type StripeStandIn,
  type StripeStandInOptions,
} from '#standins/stripe/server.ts';
import { makeClock, type TestClock } from '#test/fixtures/clock.ts';

const secretKey = 'sk_test_of_the_tests';
const webhookSecret = 'whsec_of_the_tests';
const folder = fs.mkdtempSync(path.join(tmpdir(), 'kaikan-stand-in-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

let clock: TestClock;
let standIn: StripeStandIn;
let stripe: Stripe;
let received: { body: string; signature: string }[];
let answerStatus: number;

const open = (changes: Partial<StripeStandInOptions> = {}) =>
  startStripeStandIn({
    now: clock.now,
    secretKey,
    webhookSecret,
    webhookUrl: () => 'http://localhost:3000/api/stripe/events',
    publicUrl: 'http://localhost:3000',
    send: async (request) => {
      const signature = request.headers.get('stripe-signature') ?? '';
      received.push({ body: await request.text(), signature });
      return new Response(null, { status: answerStatus });
    },
    ...changes,
  });

const clientOf = ({ port }: StripeStandIn) =>
  new Stripe(secretKey, {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  });

beforeEach(async () => {
  clock = makeClock('2026-11-24T01:00:00Z');
  received = [];
  answerStatus = 200;
  standIn = await open();
  stripe = clientOf(standIn);
});

afterEach(() => standIn.close());

const seconds = (instant: string) => Date.parse(instant) / 1_000;

const konbini = (
  changes: Record<string, unknown> = {},
  options: Stripe.PaymentIntentCreateParams.PaymentMethodOptions.Konbini = {},
  billing: Record<string, string> = { name: '佐藤 花子', email: 'hanako@example.jp' },
) =>
  ({
    amount: 12_000,
    currency: 'jpy',
    confirm: true,
    allowed_payment_method_types: ['konbini'],
    payment_method_data: { type: 'konbini', billing_details: billing },
    payment_method_options: { konbini: options },
    ...changes,
  }) as Stripe.PaymentIntentCreateParams;

const create = (...args: Parameters<typeof konbini>) =>
  stripe.paymentIntents.create(konbini(...args));

const refusalOf = async (request: Promise<unknown>) => {
  const error = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Stripe.errors.StripeError)) throw new Error('expected a refusal');
  const { statusCode, type, code, param } = error;
  return { statusCode, type, code, param };
};

const raw = (body: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${standIn.port}/v1/payment_intents`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secretKey}`,
      'stripe-version': Stripe.API_VERSION,
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    body,
  }).then(async (response) => ({
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as { error: { code?: string; param?: string; message: string } },
  }));

const plain = 'amount=12000&currency=jpy';

describe('a request', () => {
  test('needs the secret key', async () => {
    expect((await raw(plain, { authorization: 'Bearer sk_test_other' })).status).toBe(401);
  });

  test('needs the version of our types', async () => {
    const { status, body } = await raw(plain, { 'stripe-version': '2024-06-20' });
    expect(status).toBe(400);
    expect(body.error.message).toContain('2024-06-20');
    expect((await raw(plain)).status).toBe(200);
    expect((await raw(plain)).headers.get('request-id')).toMatch(/^req_/);
  });

  test('is a form', async () => {
    const json = JSON.stringify({ amount: 12_000, currency: 'jpy' });
    expect((await raw(json, { 'content-type': 'application/json' })).status).toBe(400);
  });

  test.each([
    ['surprise=1', 'surprise'],
    [
      'metadata[a]=1&payment_method_options[konbini][surprise]=1',
      'payment_method_options[konbini][surprise]',
    ],
    ['payment_method_options[card][moto]=true', 'payment_method_options[card]'],
  ])('with an unknown parameter is refused: %s', async (extra, param) => {
    const { status, body } = await raw(`${plain}&${extra}`);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 'parameter_unknown', param });
  });

  test('with payment_method_types is told that the parameter is gone', async () => {
    const { status, body } = await raw(`${plain}&payment_method_types[0]=konbini`);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({
      code: 'payment_method_types_no_longer_supported',
      param: 'payment_method_types',
    });
  });

  test.each([
    ['currency=jpy', 'parameter_missing', 'amount'],
    ['amount=many&currency=jpy', 'parameter_invalid_integer', 'amount'],
    ['amount=12000&currency=usd', undefined, 'currency'],
    ['amount=12000&amount=1&currency=jpy', undefined, 'amount'],
    ['amount=12000&currency=jpy&currency[a]=b', undefined, 'currency[a]'],
    ['amount=12000&currency=jpy&metadata[__proto__]=b', undefined, 'metadata[__proto__]'],
  ])('that is wrong names the parameter: %s', async (body, code, param) => {
    const answer = await raw(body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe(code);
    expect(answer.body.error.param).toBe(param);
  });

  test('for an address or object there is not is a 404', async () => {
    expect(await refusalOf(stripe.paymentIntents.retrieve('pi_none'))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
    });
    expect(await refusalOf(stripe.products.list())).toMatchObject({ statusCode: 404 });
  });
});

describe('an idempotency key', () => {
  const options = { idempotencyKey: 'pi:pat_1' };

  test('gives the first answer again', async () => {
    const first = await stripe.paymentIntents.create(konbini(), options);
    const second = await stripe.paymentIntents.create(konbini(), options);
    expect(second.id).toBe(first.id);
    expect(second.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(standIn.listIntents()).toHaveLength(1);
  });

  test('with other parameters is an error', async () => {
    await stripe.paymentIntents.create(konbini(), options);
    const other = stripe.paymentIntents.create(konbini({ amount: 13_000 }), options);
    expect(await refusalOf(other)).toMatchObject({
      statusCode: 400,
      type: 'StripeIdempotencyError',
    });
  });

  test('is still free after a refused request, and again after a day', async () => {
    await refusalOf(stripe.paymentIntents.create(konbini({ amount: 119 }), options));
    const first = await stripe.paymentIntents.create(konbini(), options);
    clock.advanceMinutes(25 * 60);
    const second = await stripe.paymentIntents.create(konbini({ amount: 500 }), options);
    expect(second.id).not.toBe(first.id);
  });
});

describe('a konbini payment', () => {
  test('answers with a voucher for four stores', async () => {
    const expiresAt = seconds('2026-12-08T12:00:00Z');
    const intent = await create(
      { metadata: { booking_payment_id: 'pat_1' }, description: 'R08-BP-000123' },
      {
        confirmation_number: '0249478010',
        expires_at: expiresAt,
        product_description: '利用料金 R08-BP-000123',
      },
    );
    expect(intent).toMatchObject({
      status: 'requires_action',
      amount: 12_000,
      amount_received: 0,
      payment_method_types: ['konbini'],
      metadata: { booking_payment_id: 'pat_1' },
      latest_charge: null,
      next_action: { type: 'konbini_display_details' },
    });
    const details = intent.next_action!.konbini_display_details!;
    expect(details.expires_at).toBe(expiresAt);
    expect(details.hosted_voucher_url).toBe(
      `http://localhost:3000/stand-in/stripe/vouchers/${intent.id}`,
    );
    expect(Object.keys(details.stores)).toEqual(['familymart', 'lawson', 'ministop', 'seicomart']);
    expect(details.stores.lawson).toEqual({
      confirmation_number: '0249478010',
      payment_code: expect.stringMatching(/^\d{6}$/) as string,
    });
  });

  test.each([
    [{ email: 'hanako@example.jp' }, 'payment_method_data[billing_details][name]'],
    [{ name: '佐藤 花子' }, 'payment_method_data[billing_details][email]'],
  ])('needs name and address of the payer', async (billing, param) => {
    expect(await refusalOf(create({}, {}, billing as Record<string, string>))).toMatchObject({
      code: 'parameter_missing',
      param,
    });
  });

  test.each([
    [119, 'amount_too_small'],
    [300_001, 'amount_too_large'],
  ])('of %i yen is refused as %s', async (amount, code) => {
    expect(await refusalOf(create({ amount }))).toMatchObject({ code, param: 'amount' });
    expect(standIn.listIntents()).toEqual([]);
  });

  test.each([120, 300_000])('of %i yen is taken', async (amount) => {
    expect((await create({ amount })).status).toBe('requires_action');
  });

  test('takes only what a store can print, 22 characters of it', async () => {
    const described = (text: string) => create({}, { product_description: text });
    const param = 'payment_method_options[konbini][product_description]';
    expect(await refusalOf(described('利'.repeat(23)))).toMatchObject({ param });
    expect(await refusalOf(described('利用料金 😀'))).toMatchObject({ param });
    expect(await refusalOf(described('利用料金 €'))).toMatchObject({ param });
    expect((await described('ビッグパレットふくしま〜①'.slice(0, 12))).status).toBe(
      'requires_action',
    );
  });

  test('ends between half an hour and sixty days from now, by one of two ways to say so', async () => {
    const until = (expires_at: string) => create({}, { expires_at: seconds(expires_at) });
    const param = 'payment_method_options[konbini][expires_at]';
    expect(await refusalOf(until('2026-11-24T01:30:00Z'))).toMatchObject({ param });
    expect(await refusalOf(until('2027-01-23T01:00:00Z'))).toMatchObject({ param });
    expect((await until('2026-11-24T01:30:01Z')).status).toBe('requires_action');
    expect((await until('2027-01-23T00:59:59Z')).status).toBe('requires_action');
    const both = { expires_at: seconds('2026-11-30T12:00:00Z'), expires_after_days: 2 };
    expect(await refusalOf(create({}, both))).toMatchObject({ param });
  });

  test.each([
    [{}, '2026-11-27T14:59:59Z'],
    [{ expires_after_days: 1 }, '2026-11-25T14:59:59Z'],
  ])('ends with a day in Japan when days are counted: %o', async (options, end) => {
    const intent = await create({}, options);
    expect(intent.next_action!.konbini_display_details!.expires_at).toBe(seconds(end));
  });

  test.each(['123456789', '123456789012', '024-947-8010', '00000000000'])(
    'refuses %s as confirmation number',
    async (confirmation_number) => {
      expect(await refusalOf(create({}, { confirmation_number }))).toMatchObject({
        statusCode: 400,
        param: 'payment_method_options[konbini][confirmation_number]',
      });
    },
  );

  test('refuses a number that is too common with a code of its own', async () => {
    expect(await refusalOf(create({}, { confirmation_number: '01234567890' }))).toMatchObject({
      code: 'payment_intent_konbini_rejected_confirmation_number',
    });
  });

  test('falls out of the methods of a larger amount without a word', async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 721_600,
      currency: 'jpy',
      allowed_payment_method_types: ['card', 'konbini'],
    });
    expect(intent.payment_method_types).toEqual(['card']);
  });

  test('is confirmed in two steps as well, and confirmed again gets new codes', async () => {
    const { confirm: _confirm, ...rest } = konbini();
    const { payment_method_data, payment_method_options, ...open } = rest;
    const intent = await stripe.paymentIntents.create(open);
    expect(intent.status).toBe('requires_payment_method');
    expect(await refusalOf(stripe.paymentIntents.confirm(intent.id))).toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
    const method = { payment_method_data, payment_method_options };
    const first = await stripe.paymentIntents.confirm(
      intent.id,
      method as Stripe.PaymentIntentConfirmParams,
    );
    expect(first.status).toBe('requires_action');
    const second = await stripe.paymentIntents.confirm(
      intent.id,
      method as Stripe.PaymentIntentConfirmParams,
    );
    const codeOf = (from: Stripe.PaymentIntent) =>
      JSON.stringify(from.next_action!.konbini_display_details!.stores);
    expect(codeOf(second)).not.toBe(codeOf(first));
  });
});

describe('at the till', () => {
  test('money arrives with the name of the chain', async () => {
    const { id } = await create();
    standIn.payVoucher(id, 'seicomart');
    const intent = await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] });
    expect(intent).toMatchObject({
      status: 'succeeded',
      amount_received: 12_000,
      next_action: null,
    });
    const charge = intent.latest_charge as Stripe.Charge;
    expect(charge.payment_method_details?.konbini?.store?.chain).toBe('seicomart');
    expect(charge.created).toBe(seconds('2026-11-24T01:00:00Z'));
    expect((await stripe.charges.retrieve(charge.id)).payment_intent).toBe(id);
  });

  test('a cancel fails while somebody is paying, even after the expiry', async () => {
    const { id } = await create({}, { expires_at: seconds('2026-11-24T02:00:00Z') });
    standIn.holdAtTill(id);
    expect(await refusalOf(stripe.paymentIntents.cancel(id))).toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
    clock.set('2026-11-24T02:10:00Z');
    standIn.payVoucher(id);
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('succeeded');
  });

  test('an expired or cancelled voucher is worth nothing', async () => {
    const { id } = await create({}, { expires_at: seconds('2026-11-24T02:00:00Z') });
    clock.set('2026-11-24T02:00:00Z');
    expect(() => standIn.payVoucher(id)).toThrow('cannot be paid');
    const other = await create();
    await stripe.paymentIntents.cancel(other.id, { cancellation_reason: 'requested_by_customer' });
    expect(() => standIn.payVoucher(other.id)).toThrow('no longer open');
  });

  test('the failure is known an hour after the expiry', async () => {
    const { id } = await create({}, { expires_at: seconds('2026-11-24T02:00:00Z') });
    clock.set('2026-11-24T02:59:59Z');
    await standIn.advance();
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('requires_action');
    clock.set('2026-11-24T03:00:00Z');
    await standIn.advance();
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_payment_attempt_expired' },
    });
  });

  test('what is over cannot be cancelled, and the refusal carries the object', async () => {
    const { id } = await create();
    standIn.payVoucher(id);
    const error = await stripe.paymentIntents.cancel(id).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'payment_intent_unexpected_state',
      payment_intent: { id, status: 'succeeded' },
    });
  });
});

describe('test addresses and numbers', () => {
  const to = (prefix: string, confirmation_number?: string) =>
    create({}, confirmation_number ? { confirmation_number } : {}, {
      name: '佐藤 花子',
      email: `${prefix}@example.jp`,
    });
  const statusOf = async (id: string) => (await stripe.paymentIntents.retrieve(id)).status;

  test.each([
    ['hanako.succeed_immediately', undefined, 'succeeded'],
    ['hanako', '22222222220', 'succeeded'],
    ['hanako.expire_immediately', undefined, 'requires_payment_method'],
    ['hanako', '33333333330', 'requires_payment_method'],
    ['hanako.succeed_immediately', '33333333330', 'requires_payment_method'],
  ])('%s %s ends at once as %s', async (prefix, number, status) => {
    const { id } = await to(prefix, number);
    expect(await statusOf(id)).toBe(status);
  });

  test('11111111110 pays after three minutes, expire_with_delay never', async () => {
    const paying = await to('hanako', '11111111110');
    const lapsing = await to('hanako.expire_with_delay');
    clock.advanceMinutes(3);
    await standIn.advance();
    expect(await statusOf(paying.id)).toBe('succeeded');
    expect(await statusOf(lapsing.id)).toBe('requires_payment_method');
  });

  test('fill_never is not paid by anybody', async () => {
    const { id } = await to('hanako.fill_never');
    expect(() => standIn.payVoucher(id)).toThrow('cannot be paid');
    clock.advanceMinutes(5 * 24 * 60);
    await standIn.advance();
    expect(await statusOf(id)).toBe('requires_payment_method');
  });
});

describe('a card', () => {
  const open = () =>
    stripe.paymentIntents.create({
      amount: 721_600,
      currency: 'jpy',
      allowed_payment_method_types: ['card'],
    });
  const entry = (clientSecret: string | null, number: string) => ({
    clientSecret: clientSecret!,
    number,
    expiry: '12/34',
    cvc: '123',
    returnUrl: 'http://localhost:3000/bookings/bkg_1/payments/pat_1',
  });
  const confirm = (body: unknown, headers: Record<string, string> = {}) =>
    standIn.pages.request('http://localhost:3000/stand-in/stripe/card/confirmations', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  test('that is good is charged and leads back', async () => {
    const { id, client_secret: secret } = await open();
    const response = await confirm(entry(secret, '4242 4242 4242 4242'));
    const { redirectTo, status } = (await response.json()) as Record<string, string>;
    expect(status).toBe('succeeded');
    const back = new URL(redirectTo!);
    expect(back.pathname).toBe('/bookings/bkg_1/payments/pat_1');
    expect(back.searchParams.get('payment_intent')).toBe(id);
    expect(back.searchParams.get('redirect_status')).toBe('succeeded');
    const intent = await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] });
    const charge = intent.latest_charge as Stripe.Charge;
    expect(charge.payment_method_details?.card).toMatchObject({ brand: 'visa', last4: '4242' });
  });

  test('that is declined may be followed by another', async () => {
    const { id, client_secret: secret } = await open();
    const response = await confirm(entry(secret, '4000000000000002'));
    expect(response.status).toBe(402);
    expect(await response.json()).toMatchObject({ error: { code: 'card_declined' } });
    const intent = await stripe.paymentIntents.retrieve(id);
    expect(intent.status).toBe('requires_payment_method');
    expect(intent.last_payment_error?.decline_code).toBe('generic_decline');
    expect((await confirm(entry(secret, '4242424242424242'))).status).toBe(200);
  });

  test.each([
    ['yes', 'succeeded', 'succeeded'],
    ['no', 'requires_payment_method', 'failed'],
  ])('whose bank asks and hears "%s" is %s', async (answer, status, redirectStatus) => {
    const { id, client_secret: secret } = await open();
    const response = await confirm(entry(secret, '4000002760003184'));
    const { redirectTo } = (await response.json()) as Record<string, string>;
    expect(redirectTo).toBe(`/stand-in/stripe/3ds/${id}`);
    const page = await standIn.pages.request(`http://localhost:3000${redirectTo!}`);
    expect(await page.text()).toContain('試験環境');
    const done = await standIn.pages.request(`http://localhost:3000${redirectTo!}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: 'http://localhost:3000',
      },
      body: `answer=${answer}`,
    });
    expect(done.status).toBe(303);
    const back = new URL(done.headers.get('location')!);
    expect(back.searchParams.get('redirect_status')).toBe(redirectStatus);
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe(status);
  });

  test.each([
    [{ number: '4242424242424241' }, 'invalid_number'],
    [{ number: '4242' }, 'incomplete_number'],
    [{ number: '4111111111111111' }, 'card_declined'],
    [{ expiry: '10/26' }, 'invalid_expiry_year_past'],
    [{ expiry: '13/30' }, 'incomplete_expiry'],
    [{ cvc: '1' }, 'incomplete_cvc'],
  ])('that is mistyped is told so: %o', async (changes, code) => {
    const { client_secret: secret } = await open();
    const response = await confirm({ ...entry(secret, '4242424242424242'), ...changes });
    expect(await response.json()).toMatchObject({ error: { code } });
  });

  test('leads back to our own pages only, with the right secret only', async () => {
    const { client_secret: secret } = await open();
    const good = entry(secret, '4242424242424242');
    expect((await confirm({ ...good, returnUrl: 'https://elsewhere.example/' })).status).toBe(400);
    const wrong = await confirm({ ...good, clientSecret: `${secret!}x` });
    expect(wrong.status).toBe(400);
  });

  test('is entered with a script that is ours', async () => {
    const response = await standIn.pages.request('/stand-in/stripe/stripe.js');
    expect(response.headers.get('content-type')).toContain('text/javascript');
    const script = await response.text();
    expect(() => new Function(script)).not.toThrow();
    expect(script).not.toContain('https://');
  });
});

describe('the voucher page', () => {
  const pageOf = (id: string, method = 'GET') =>
    standIn.pages.request(
      `http://localhost:3000/stand-in/stripe/vouchers/${id}${method === 'POST' ? '/payments' : ''}`,
      {
        method,
        ...(method === 'POST'
          ? {
              body: 'chain=lawson',
              headers: {
                'content-type': 'application/x-www-form-urlencoded',
                origin: 'http://localhost:3000',
              },
            }
          : {}),
      },
    );

  test('shows the codes, says that it is a trial, and pays at a press', async () => {
    const intent = await create({}, { product_description: '利用料金 R08-BP-000123' });
    const before = await (await pageOf(intent.id)).text();
    expect(before).toContain('試験環境');
    expect(before).toContain('12,000円');
    expect(before).toContain('2026年11月27日 23:59');
    expect(before).toContain('コンビニのレジで支払う（試験）');
    const { lawson } = intent.next_action!.konbini_display_details!.stores;
    expect(before).toContain(lawson!.payment_code);
    expect((await pageOf(intent.id, 'POST')).status).toBe(303);
    expect((await pageOf(intent.id, 'POST')).status).toBe(303);
    const after = await (await pageOf(intent.id)).text();
    expect(after).toContain('お支払いが完了しました');
    expect(after).not.toContain('コンビニのレジで支払う（試験）');
    expect(standIn.listEvents().filter(({ type }) => type === 'charge.succeeded')).toHaveLength(1);
  });

  test('does not let markup through, nor other sites press', async () => {
    const intent = await create({}, {}, { name: '<b>花子</b>', email: 'hanako@example.jp' });
    expect(await (await pageOf(intent.id)).text()).toContain('&lt;b&gt;花子');
    const response = await standIn.pages.request(
      `http://localhost:3000/stand-in/stripe/vouchers/${intent.id}/payments`,
      {
        method: 'POST',
        body: 'chain=lawson',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          origin: 'https://elsewhere.example',
        },
      },
    );
    expect(response.status).toBe(403);
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_action');
  });

  test('of nothing is a page that says so', async () => {
    const response = await pageOf('pi_none');
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('見つかりません');
  });
});

describe('events', () => {
  test('arrive signed, in the version of our types, once', async () => {
    const { id } = await create();
    standIn.payVoucher(id);
    expect(await standIn.deliverDue()).toBe(4);
    expect(await standIn.deliverDue()).toBe(0);
    const events = await Promise.all(
      received.map(({ body, signature }) =>
        stripe.webhooks.constructEventAsync(
          body,
          signature,
          webhookSecret,
          undefined,
          undefined,
          clock.now().getTime(),
        ),
      ),
    );
    expect(events.map(({ type }) => type)).toEqual([
      'payment_intent.created',
      'payment_intent.requires_action',
      'payment_intent.succeeded',
      'charge.succeeded',
    ]);
    expect(new Set(events.map((event) => event.api_version))).toEqual(
      new Set([Stripe.API_VERSION]),
    );
    expect(events[1]!.data.object).toMatchObject({ id, status: 'requires_action' });
    const kept = await stripe.events.list({ type: 'payment_intent.succeeded' });
    expect(kept.data.map((event) => event.id)).toEqual([events[2]!.id]);
    expect((await stripe.events.retrieve(events[2]!.id)).data.object).toMatchObject({ id });
  });

  test('are brought again, later and later, while the receiver fails', async () => {
    answerStatus = 500;
    await create();
    expect(await standIn.deliverDue()).toBe(0);
    expect(await standIn.deliverDue()).toBe(0);
    expect(received).toHaveLength(2);
    answerStatus = 200;
    clock.advanceMinutes(1);
    expect(await standIn.deliverDue()).toBe(2);
  });

  test('can be sent a second time', async () => {
    await create();
    await standIn.deliverDue();
    const [event] = standIn.listEvents();
    expect(await standIn.redeliver(event!.id)).toBe(200);
    expect(received[2]!.body).toBe(received[0]!.body);
  });
});

describe('payments', () => {
  test('are listed newest first, by when they were made', async () => {
    const first = await create();
    clock.advanceMinutes(10);
    const second = await create();
    const ids = async (parameters: Stripe.PaymentIntentListParams = {}) =>
      (await stripe.paymentIntents.list(parameters)).data.map(({ id }) => id);
    expect(await ids()).toEqual([second.id, first.id]);
    expect(await ids({ created: { gte: second.created } })).toEqual([second.id]);
    expect(await ids({ created: { lt: second.created } })).toEqual([first.id]);
    const all: string[] = [];
    for await (const { id } of stripe.paymentIntents.list({ limit: 1 })) all.push(id);
    expect(all).toEqual([second.id, first.id]);
  });

  test('outlive the process in a file', async () => {
    const stateFile = path.join(folder, 'state', 'stripe.json');
    const before = await open({ stateFile });
    const { id } = await clientOf(before).paymentIntents.create(konbini());
    await before.close();
    const after = await open({ stateFile });
    after.payVoucher(id);
    expect((await clientOf(after).paymentIntents.retrieve(id)).status).toBe('succeeded');
    await after.close();
    expect(fs.readdirSync(path.dirname(stateFile))).toEqual(['stripe.json']);
  });

  test('settle by themselves where the clock ticks, one delivery at a time', async () => {
    let deliver: (status: number) => void = () => undefined;
    const arrived = new Promise<number>((resolve) => {
      deliver = resolve;
    });
    const ticking = await open({
      tickMilliseconds: 5,
      send: async (request) => {
        const { type } = (await request.json()) as { type: string };
        if (type === 'charge.succeeded') deliver(200);
        return new Response(null, { status: 200 });
      },
    });
    const { id } = await clientOf(ticking).paymentIntents.create(konbini());
    ticking.payVoucher(id);
    expect(await arrived).toBe(200);
    await ticking.close();
    expect(ticking.listEvents().every(({ isDelivered }) => isDelivered)).toBe(true);
  });
});
