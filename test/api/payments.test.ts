import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookings } from '#db/schema/bookings.ts';
import { moneyEvents } from '#db/schema/ledgers.ts';
import { mails } from '#db/schema/outbox.ts';
import { paymentAttempts, stripeEvents } from '#db/schema/payments.ts';
import { chargeBooking, chargeWaiting } from '#api/booking_charges/actions/charge.ts';
import { sweepAttempts } from '#api/payments/actions/cancel.ts';
import { recordPayment } from '#api/payments/actions/start.ts';
import { insertAttempt } from '#api/payments/store/attempts.ts';
import { insertMoneyEvent } from '#api/payments/store/ledger.ts';
import type { Attempt } from '#api/payments/rules/attempt.ts';
import type { AttemptId, BookingId, ChargeId } from '#api/shared/ids.ts';
import { addDays, dayOf, localDay } from '#api/shared/time.ts';
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
let stranger: Organizer;
let manager: Person;
let desk: Person;
let finance: Person;

beforeAll(async () => {
  app = await openTestApp();
  organizer = await app.organizer();
  stranger = await app.organizer('会津写真愛好会');
  manager = await app.staff('manager');
  desk = await app.staff('desk');
  finance = await app.staff('finance');
});

afterAll(() => app.close());

let days = 0;
const nextDay = () => addDays(localDay('2027-01-12'), (days += 1));

/** 217,800 yen: what a store still takes. */
const approve = (changes: Record<string, unknown> = {}) =>
  makeApprovedBooking(app, { organizer, manager }, changes);

const approveOn = (use: Record<string, unknown>) =>
  approve({ uses: [{ room: 'exhibition-hall', configuration: 'a', ...use }] });

const makeCharged = async (use: Record<string, unknown> = {}): Promise<string> => {
  const booking = await approveOn({ date: nextDay(), band: 'daytime', ...use });
  await app.runJobs();
  return booking.id;
};

const payer = { name: '佐藤 花子', email: 'hanako@example.jp', phone: '０２４－９４７－８０１０' };
const byKonbini = { method: 'konbini', ...payer };

const pay = (bookingId: string, json: object = byKonbini, as: Person = organizer) =>
  app.call(`/api/bookings/${bookingId}/payments`, { as, json });

const startKonbini = async (bookingId: string) => {
  const { status, body } = await pay(bookingId);
  expect(status).toBe(201);
  return body.attempt as { id: string };
};

const lookAt = async (bookingId: string, as: Person = organizer) =>
  (await app.call(`/api/bookings/${bookingId}/payments`, { as })).body;

const attemptOf = async (id: string) =>
  (await app.call(`/api/payments/${id}`, { as: organizer })).body.attempt;

const intentOf = async (attemptId: string): Promise<string> => {
  const [row] = await app.house.database.db
    .select({ id: paymentAttempts.stripePaymentIntentId })
    .from(paymentAttempts)
    .where(eq(paymentAttempts.id, attemptId));
  return row!.id!;
};

const statusAtStripe = async (attemptId: string) =>
  (await app.house.stripe!.client.paymentIntents.retrieve(await intentOf(attemptId))).status;

const ledgerOf = async (bookingId: string) =>
  (
    await app.house.database.db
      .select({ kind: moneyEvents.kind, amountYen: moneyEvents.amountYen })
      .from(moneyEvents)
      .where(eq(moneyEvents.billingAccountId, bookingId))
      .orderBy(moneyEvents.recordedAt, moneyEvents.id)
  ).map(({ kind, amountYen }) => `${kind} ${amountYen}`);

const mailsOf = async (bookingId: string, topic: string) =>
  (await app.house.database.db.select().from(mails).where(eq(mails.subjectId, bookingId))).filter(
    (mail) => mail.topic === topic,
  );

const hear = async () => {
  await app.stripe.deliverDue();
  await app.runJobs();
};

const jobContext = () => app.contextOf({ kind: 'job', name: 'test' });

describe('a charge', () => {
  test('is made of the promised price when the booking is approved, once', async () => {
    const booking = await approveOn({ date: nextDay(), band: 'daytime' });
    expect(await lookAt(booking.id)).toMatchObject({ charge: null, attempts: [] });
    expect((await pay(booking.id)).body.error.code).toBe('payments.charge_not_ready');
    await app.runJobs();
    await chargeBooking(jobContext(), booking.id);
    const { charge } = await lookAt(booking.id);
    expect(charge).toMatchObject({
      amountYen: 217_800,
      taxYen: 19_800,
      isProvisional: false,
      isReversed: false,
      paidYen: 0,
      balanceYen: 217_800,
    });
    expect(charge.dueOn > '2026-11-24').toBe(true);
    expect(await ledgerOf(booking.id)).toEqual(['charged 217800']);
    const { body } = await app.call(`/api/bookings/${booking.id}/documents`, { as: organizer });
    expect(body.documents.map(({ kind }: { kind: string }) => kind)).toContain('invoice');
  });

  test('is taken back when the booking is cancelled, and its voucher with it', async () => {
    const bookingId = await makeCharged();
    const attempt = await startKonbini(bookingId);
    const { body } = await app.call(`/api/bookings/${bookingId}`, { as: organizer });
    const cancelled = await app.call(`/api/bookings/${bookingId}/cancel`, {
      as: organizer,
      json: { version: body.booking.version, reason: '会場の変更' },
    });
    expect(cancelled.status).toBe(200);
    await app.runJobs();
    expect(await ledgerOf(bookingId)).toEqual([
      'charged 217800',
      'charge_reversed -217800',
      'charged 108900',
    ]);
    expect(await attemptOf(attempt.id)).toMatchObject({ state: 'cancelled' });
    expect(await statusAtStripe(attempt.id)).toBe('canceled');
    const { charge, charges } = await lookAt(bookingId);
    expect(charge).toMatchObject({ isReversed: false, balanceYen: 108_900 });
    expect(charges[0]).toMatchObject({ kind: 'booking', isReversed: true });
  });

  test('stands open before approval: nothing can be paid', async () => {
    const held = await app.call('/api/bookings', {
      as: organizer,
      json: {
        venue: 'big-palette',
        organizationId: organizer.organizationId,
        title: '説明会',
        purpose: '説明会',
        uses: [{ room: 'exhibition-hall', configuration: 'a', date: nextDay(), band: 'daytime' }],
      },
    });
    const { status, body } = await pay(held.body.booking.id);
    expect(status).toBe(409);
    expect(body.error.code).toBe('payments.not_payable');
  });
});

describe('at a convenience store', () => {
  test('a booking is paid from voucher to receipt', async () => {
    const bookingId = await makeCharged();
    const { status, body } = await pay(bookingId);
    expect(status).toBe(201);
    expect(body.attempt).toMatchObject({
      billingAccountId: bookingId,
      method: 'konbini',
      state: 'pending',
      amountYen: 217_800,
      expiresAt: '2026-12-08T12:00:00.000Z',
      voucher: { expiresAt: '2026-12-08T12:00:00.000Z' },
    });
    expect(body.attempt.clientSecret).toBeUndefined();
    expect(body.attempt.voucher.stores.lawson).toEqual({
      paymentCode: expect.stringMatching(/^\d{6}$/),
      confirmationNumber: '0249478010',
    });
    const issued = await mailsOf(bookingId, 'payments.voucher_issued');
    expect(issued.map(({ toAddress }) => toAddress).sort()).toEqual(
      [`${organizer.accountId}@example.jp`, 'hanako@example.jp'].sort(),
    );
    expect(issued[0]!.body).toContain(body.attempt.voucher.stores.familymart.paymentCode);
    expect(issued[0]!.body).toContain(`/bookings/${bookingId}/payments/${body.attempt.id}`);

    app.clock.advanceMinutes(60);
    const paidAt = app.clock.now().toISOString();
    app.stripe.payVoucher(await intentOf(body.attempt.id), 'ministop');
    app.clock.advanceMinutes(1);
    await hear();

    expect(await attemptOf(body.attempt.id)).toMatchObject({
      state: 'confirmed',
      confirmedAt: paidAt,
      paidVia: 'ministop',
    });
    expect(await ledgerOf(bookingId)).toEqual(['charged 217800', 'received -217800']);
    expect(await lookAt(bookingId)).toMatchObject({
      charge: { paidYen: 217_800, balanceYen: 0 },
      methods: expect.arrayContaining([
        expect.objectContaining({ method: 'card', isAvailable: false }),
      ]),
    });
    const [received] = await mailsOf(bookingId, 'payments.received');
    expect(received!.subject).toContain('入金を確認しました');
    const papers = await app.call(`/api/bookings/${bookingId}/documents`, { as: organizer });
    expect(papers.body.documents.map(({ kind }: { kind: string }) => kind)).toContain('receipt');
    expect((await pay(bookingId)).body.error.code).toBe('payments.nothing_to_pay');
    app.clock.set(testNow);
  });

  test('an event that comes twice has one effect', async () => {
    const bookingId = await makeCharged();
    const attempt = await startKonbini(bookingId);
    const intentId = await intentOf(attempt.id);
    app.stripe.payVoucher(intentId);
    await hear();
    const events = app.stripe.listEvents().filter((event) => event.intentId === intentId);
    for (const { id } of events) expect(await app.stripe.redeliver(id)).toBe(200);
    await app.runJobs();
    expect(await ledgerOf(bookingId)).toEqual(['charged 217800', 'received -217800']);
    expect(await mailsOf(bookingId, 'payments.received')).toHaveLength(1);
    const kept = await app.house.database.db.select().from(stripeEvents);
    expect(kept.filter(({ id }) => id === events[0]!.id)).toHaveLength(1);
    expect(kept.every(({ processedAt }) => processedAt !== null)).toBe(true);
  });

  test('events in any order lead to the same end', async () => {
    const bookingId = await makeCharged();
    const attempt = await startKonbini(bookingId);
    const intentId = await intentOf(attempt.id);
    app.stripe.payVoucher(intentId);
    const events = app.stripe.listEvents().filter((event) => event.intentId === intentId);
    for (const { id } of [...events].reverse()) {
      await app.stripe.redeliver(id);
      await app.runJobs();
    }
    await hear();
    expect(await attemptOf(attempt.id)).toMatchObject({ state: 'confirmed' });
    expect(await ledgerOf(bookingId)).toEqual(['charged 217800', 'received -217800']);
  });

  test('a voucher nobody paid fails, and another may be issued', async () => {
    const bookingId = await makeCharged();
    const attempt = await startKonbini(bookingId);
    app.stripe.expireVoucher(await intentOf(attempt.id));
    await hear();
    expect(await attemptOf(attempt.id)).toMatchObject({
      state: 'failed',
      failureCode: 'payment_intent_payment_attempt_expired',
    });
    const second = await startKonbini(bookingId);
    expect(second.id).not.toBe(attempt.id);
    expect((await lookAt(bookingId)).attempts.map(({ state }: Attempt) => state)).toEqual(
      expect.arrayContaining(['pending', 'failed']),
    );
  });

  test('what nobody told us is found by asking after the expiry', async () => {
    const bookingId = await makeCharged();
    const attempt = await startKonbini(bookingId);
    app.clock.set('2026-12-08T13:30:00Z');
    await sweepAttempts(jobContext());
    expect(await attemptOf(attempt.id)).toMatchObject({ state: 'pending' });
    app.stripe.expireVoucher(await intentOf(attempt.id));
    await sweepAttempts(jobContext());
    expect(await attemptOf(attempt.id)).toMatchObject({ state: 'failed' });
    await hear();
    app.clock.set(testNow);
  });

  test('more than 300,000 yen is refused, with the other ways', async () => {
    const bookingId = await makeCharged({ configuration: 'all' });
    const { status, body } = await pay(bookingId);
    expect(status).toBe(422);
    expect(body.error.code).toBe('payments.konbini_amount_out_of_range');
    expect(body.error.message).toContain('クレジットカード');
    expect(body.error.detail).toMatchObject({ maxYen: 300_000, amountYen: 721_600 });
    const { methods } = await lookAt(bookingId);
    expect(methods[1]).toMatchObject({ method: 'konbini', isAvailable: false });
    expect(methods[1].reasonJa).toContain('120円以上300,000円以下');
  });

  test('the evening before the deadline is too late', async () => {
    const bookingId = await makeCharged();
    const { charge } = await lookAt(bookingId);
    app.clock.set(`${charge.dueOn}T11:40:00Z`);
    const { status, body } = await pay(bookingId);
    expect(status).toBe(422);
    expect(body.error.code).toBe('payments.konbini_too_late');
    app.clock.set(testNow);
  });

  test('needs who pays; a number the stores refuse is a matter of that field', async () => {
    const bookingId = await makeCharged();
    const missing = await pay(bookingId, { method: 'konbini', email: 'hanako', phone: '1' });
    expect(missing.status).toBe(400);
    const paths = missing.body.error.fields.map(({ path }: { path: string }) => path).sort();
    expect(paths).toEqual(['email', 'name', 'phone']);
    const { status, body } = await pay(bookingId, { ...byKonbini, phone: '01234567890' });
    expect(status).toBe(422);
    expect(body.error.code).toBe('payments.konbini_number_rejected');
    expect(body.error.fields[0].path).toBe('phone');
    expect((await lookAt(bookingId)).attempts[0]).toMatchObject({
      state: 'failed',
      failureCode: 'konbini_number_rejected',
    });
    expect((await pay(bookingId)).status).toBe(201);
  });

  test('keeps its booking while somebody stands at the till', async () => {
    const bookingId = await makeCharged();
    const attempt = await startKonbini(bookingId);
    const intentId = await intentOf(attempt.id);
    app.stripe.holdAtTill(intentId);
    const { body } = await app.call(`/api/bookings/${bookingId}`, { as: organizer });
    const refused = await app.call(`/api/bookings/${bookingId}/cancel`, {
      as: organizer,
      json: { version: body.booking.version, reason: '中止' },
    });
    expect(refused.body.error.code).toBe('payments.cancel_not_definite');
    await app.runJobs();
    expect(await attemptOf(attempt.id)).toMatchObject({ state: 'cancel_requested' });
    app.stripe.payVoucher(intentId);
    await hear();
    expect(await attemptOf(attempt.id)).toMatchObject({ state: 'confirmed' });
    expect(await lookAt(bookingId)).toMatchObject({
      charge: { paidYen: 217_800, balanceYen: 0 },
    });
  });
});

describe('a change of mind', () => {
  test('ends the voucher at Stripe', async () => {
    const bookingId = await makeCharged();
    const attempt = await startKonbini(bookingId);
    const cancel = () =>
      app.call(`/api/payments/${attempt.id}/cancel`, { as: organizer, json: {} });
    const { status, body } = await cancel();
    expect(status).toBe(200);
    expect(body.attempt.state).toBe('cancelled');
    expect(await statusAtStripe(attempt.id)).toBe('canceled');
    expect((await cancel()).body.attempt.state).toBe('cancelled');
  });

  test('waits while the payer stands at the till, and the money wins', async () => {
    const bookingId = await makeCharged();
    const attempt = await startKonbini(bookingId);
    const intentId = await intentOf(attempt.id);
    app.stripe.holdAtTill(intentId);
    const cancel = () =>
      app.call(`/api/payments/${attempt.id}/cancel`, { as: organizer, json: {} });
    const first = await cancel();
    expect(first.status).toBe(409);
    expect(first.body.error.code).toBe('payments.cancel_not_definite');
    expect((await pay(bookingId, { method: 'card' })).body.error.code).toBe(
      'payments.cancel_not_definite',
    );
    app.stripe.payVoucher(intentId);
    expect((await cancel()).body.attempt).toMatchObject({ state: 'confirmed' });
    const late = await cancel();
    expect(late.status).toBe(409);
    expect(late.body.error.code).toBe('payments.not_cancellable');
    await hear();
    expect(await ledgerOf(bookingId)).toEqual(['charged 217800', 'received -217800']);
  });

  test('to another way ends the first way before it begins the second', async () => {
    const bookingId = await makeCharged();
    const voucher = await startKonbini(bookingId);
    const { status, body } = await pay(bookingId, { method: 'card' });
    expect(status).toBe(201);
    expect(await attemptOf(voucher.id)).toMatchObject({ state: 'cancelled' });
    expect(await statusAtStripe(voucher.id)).toBe('canceled');
    expect(body.attempt).toMatchObject({ method: 'card', state: 'pending' });
  });

  test('that leads nowhere leaves the first way alone', async () => {
    const bookingId = await makeCharged({ configuration: 'all' });
    const card = (await pay(bookingId, { method: 'card' })).body.attempt;
    expect((await pay(bookingId)).status).toBe(422);
    expect(await attemptOf(card.id)).toMatchObject({ state: 'pending' });
  });

  test('pressed twice at one moment leaves one way open', async () => {
    const bookingId = await makeCharged();
    const answers = await Promise.all([pay(bookingId), pay(bookingId), pay(bookingId)]);
    for (const { status, body } of answers) {
      if (status !== 201) expect(body.error.code).toBe('payments.attempt_live');
    }
    const { attempts } = await lookAt(bookingId);
    const live = attempts.filter(({ state }: Attempt) =>
      ['created', 'pending', 'cancel_requested'].includes(state),
    );
    expect(live).toHaveLength(1);
    const open = app.stripe
      .listIntents()
      .filter(
        ({ metadata, status }) =>
          metadata['booking_id'] === bookingId && status === 'requires_action',
      );
    expect(open).toHaveLength(1);
  });
});

describe('by card', () => {
  const returnUrl = 'http://localhost:3000/';
  const entry = (clientSecret: string, number: string) => ({
    clientSecret,
    number,
    expiry: '12/34',
    cvc: '123',
    returnUrl,
  });

  test('the browser gets what the form needs, once, and the bank decides', async () => {
    const bookingId = await makeCharged({ configuration: 'all' });
    const { body } = await pay(bookingId, { method: 'card' });
    expect(body.attempt).toMatchObject({
      method: 'card',
      state: 'pending',
      amountYen: 721_600,
      voucher: null,
      scriptUrl: '/stand-in/stripe/stripe.js',
      publishableKey: expect.stringMatching(/^pk_test_/),
    });
    expect(await attemptOf(body.attempt.id)).not.toHaveProperty('clientSecret');

    const { clientSecret } = body.attempt;
    expect(() => app.stripe.payCard(entry(clientSecret, '4000000000000002'))).toThrow();
    await hear();
    expect(await attemptOf(body.attempt.id)).toMatchObject({
      state: 'pending',
      failureCode: 'generic_decline',
    });
    app.stripe.payCard(entry(clientSecret, '4242424242424242'));
    await hear();
    expect(await attemptOf(body.attempt.id)).toMatchObject({
      state: 'confirmed',
      paidVia: 'visa',
      failureCode: null,
    });
    expect(await ledgerOf(bookingId)).toEqual(['charged 721600', 'received -721600']);
  });

  test('a form nobody finished is closed after an hour', async () => {
    const bookingId = await makeCharged();
    const { body } = await pay(bookingId, { method: 'card' });
    app.clock.advanceMinutes(61);
    await sweepAttempts(jobContext());
    expect(await attemptOf(body.attempt.id)).toMatchObject({ state: 'cancelled' });
    expect(await statusAtStripe(body.attempt.id)).toBe('canceled');
    app.clock.set(testNow);
  });
});

describe('at the desk', () => {
  test('cash is recorded with who took it, and confirmed at once', async () => {
    const bookingId = await makeCharged();
    const { status, body } = await pay(bookingId, { method: 'cash' }, desk);
    expect(status).toBe(201);
    expect(body.attempt).toMatchObject({ method: 'cash', state: 'confirmed', paidVia: '職員' });
    expect((await lookAt(bookingId)).attempts[0]).toMatchObject({ paidVia: null });
    expect(await ledgerOf(bookingId)).toEqual(['charged 217800', 'received -217800']);
    await app.runJobs();
    const papers = await app.call(`/api/bookings/${bookingId}/documents`, { as: organizer });
    expect(papers.body.documents.map(({ kind }: { kind: string }) => kind)).toContain('receipt');
  });

  test('is not for organizers, and transfers are for who keeps the books', async () => {
    const bookingId = await makeCharged();
    const cash = await pay(bookingId, { method: 'cash' });
    expect(cash.status).toBe(403);
    expect(cash.body.error.code).toBe('payments.at_desk_only');
    const transfer = await pay(bookingId, { method: 'bank_transfer' }, desk);
    expect(transfer.status).toBe(403);
    expect(transfer.body.error.code).toBe('payments.transfer_by_venue_only');
    expect((await pay(bookingId, { method: 'bank_transfer' }, finance)).body.attempt).toMatchObject(
      { state: 'confirmed', paidVia: null },
    );
  });

  test('cash ends the voucher first', async () => {
    const bookingId = await makeCharged();
    const voucher = await startKonbini(bookingId);
    expect((await pay(bookingId, { method: 'cash' }, desk)).status).toBe(201);
    expect(await statusAtStripe(voucher.id)).toBe('canceled');
  });

  test('a year that is past can be brought in as it was paid', async () => {
    const bookingId = await makeCharged();
    const context = app.contextOf({ kind: 'import', name: 'world' });
    const attempt = await recordPayment(context, {
      billingAccountId: bookingId,
      method: 'konbini',
      paidVia: 'lawson',
    });
    expect(attempt).toMatchObject({ state: 'confirmed', method: 'konbini', paidVia: 'lawson' });
    const [mail] = await mailsOf(bookingId, 'payments.received');
    expect(mail!.state).toBe('suppressed');
  });
});

describe('who may know', () => {
  test('somebody else’s booking and payment do not exist', async () => {
    const bookingId = await makeCharged();
    const attempt = await startKonbini(bookingId);
    const elsewhere = await app.staff('manager', 'corasse');
    for (const as of [stranger, elsewhere]) {
      const seen = await app.call(`/api/bookings/${bookingId}/payments`, { as });
      expect(seen.status).toBe(404);
      expect(seen.body.error.code).toBe('bookings.unknown');
      expect((await pay(bookingId, byKonbini, as)).body.error.code).toBe('bookings.unknown');
      const one = await app.call(`/api/payments/${attempt.id}`, { as });
      expect(one.status).toBe(404);
      expect(one.body.error.code).toBe('payments.unknown');
      const cancel = await app.call(`/api/payments/${attempt.id}/cancel`, { as, json: {} });
      expect(cancel.status).toBe(404);
    }
    expect(await attemptOf(attempt.id)).toMatchObject({ state: 'pending' });
  });

  test('an id that cannot exist does not exist', async () => {
    const as = organizer;
    expect((await app.call('/api/bookings/nothing/payments', { as })).status).toBe(404);
    expect((await app.call('/api/payments/nothing', { as })).body.error.code).toBe(
      'payments.unknown',
    );
    const absent = app.house.newId('attempt');
    expect((await app.call(`/api/payments/${absent}`, { as })).status).toBe(404);
  });

  test('strangers sign in first', async () => {
    const bookingId = await makeCharged();
    const calls = [
      app.call(`/api/bookings/${bookingId}/payments`),
      app.call(`/api/bookings/${bookingId}/payments`, { json: byKonbini }),
      app.call('/api/payments'),
      app.call(`/api/payments/${app.house.newId('attempt')}`),
    ];
    for (const { status } of await Promise.all(calls)) expect(status).toBe(401);
  });

  test('the list is for the staff of the venue, with totals by way of paying', async () => {
    const bookingId = await makeCharged();
    app.clock.set('2026-11-26T03:00:00Z');
    await pay(bookingId, { method: 'cash' }, desk);
    app.clock.set(testNow);
    const list = (query: string, as: Person) => app.call(`/api/payments${query}`, { as });
    const day = '?venue=big-palette&from=2026-11-26&to=2026-11-26';
    const { body } = await list(`${day}&state=confirmed`, finance);
    expect(body.payments).toHaveLength(1);
    expect(body.payments[0]).toMatchObject({
      billingAccountId: bookingId,
      number: expect.stringMatching(/^R08-/),
      organizationName: '郡山見本市実行委員会',
      title: '秋の住宅フェア',
      method: 'cash',
      amountYen: 217_800,
      balanceYen: 0,
    });
    expect(body.totals).toEqual({
      count: 1,
      confirmedYen: 217_800,
      byMethod: [{ method: 'cash', count: 1, confirmedYen: 217_800 }],
    });
    expect(body).toMatchObject({ page: 1, pageCount: 1, total: 1 });
    expect((await list('?from=2026-11-27', finance)).body.payments).toEqual([]);
    expect((await list('?venue=corasse', finance)).body.payments).toEqual([]);
    expect((await list('', organizer)).status).toBe(403);
    expect((await list('?from=yesterday', finance)).status).toBe(400);
  });
});

describe('the webhook', () => {
  const post = (body: string, signature?: string) =>
    app.call('/api/stripe/events', {
      raw: body,
      headers: {
        origin: 'https://api.stripe.com',
        ...(signature ? { 'stripe-signature': signature } : {}),
      },
    });
  const sign = (payload: string, timestamp: number, secret = app.house.stripe!.webhookSecret) =>
    app.house.stripe!.client.webhooks.generateTestHeaderString({ payload, secret, timestamp });
  const seconds = () => Math.floor(app.clock.now().getTime() / 1_000);
  const payload = (id: string, object: object, type = 'payment_intent.succeeded') =>
    JSON.stringify({
      id,
      object: 'event',
      api_version: '2026-10-28.endive',
      created: seconds(),
      data: { object },
      type,
    });

  test('believes nothing without a good, fresh signature', async () => {
    const body = payload('evt_forged', { object: 'payment_intent', id: 'pi_forged' });
    const forged = [
      undefined,
      't=1,v1=00',
      sign(body, seconds(), 'whsec_of_somebody_else'),
      sign(body, seconds() - 301),
      sign(`${body} `, seconds()),
    ];
    for (const signature of forged) {
      const { status, body: answer } = await post(body, signature);
      expect(status).toBe(400);
      expect(answer.error.code).toBe('payments.bad_signature');
    }
    const kept = await app.house.database.db.select().from(stripeEvents);
    expect(kept.map(({ id }) => id)).not.toContain('evt_forged');
  });

  test('answers a repeat without effect', async () => {
    const body = payload('evt_twice', { object: 'customer', id: 'cus_1' }, 'customer.created');
    expect((await post(body, sign(body, seconds()))).body).toEqual({ received: true });
    expect((await post(body, sign(body, seconds()))).body).toEqual({
      received: true,
      duplicate: true,
    });
    await app.runJobs();
  });

  test('lays aside what is not ours', async () => {
    const known = await app.house.stripe!.client.paymentIntents.create({
      amount: 500,
      currency: 'jpy',
    });
    for (const intent of [known.id, 'pi_of_another_account']) {
      const body = payload(`evt_${intent}`, { object: 'payment_intent', id: intent });
      expect((await post(body, sign(body, seconds()))).status).toBe(200);
    }
    await hear();
    const kept = await app.house.database.db.select().from(stripeEvents);
    expect(kept.every(({ processedAt }) => processedAt !== null)).toBe(true);
  });

  test('trusts Stripe’s word, not the event’s', async () => {
    const bookingId = await makeCharged();
    const attempt = await startKonbini(bookingId);
    const object = {
      object: 'payment_intent',
      id: await intentOf(attempt.id),
      status: 'succeeded',
      amount_received: 217_800,
    };
    const body = payload('evt_early', object);
    await post(body, sign(body, seconds()));
    await app.runJobs();
    expect(await attemptOf(attempt.id)).toMatchObject({ state: 'pending' });
  });
});

describe('when the line to Stripe breaks', () => {
  const cutOff = async (bookingId: string): Promise<Attempt> => {
    const { charge } = await lookAt(bookingId);
    const attempt: Attempt = {
      id: app.house.newId('attempt') as AttemptId,
      chargeId: charge.id as ChargeId,
      billingAccountId: bookingId as BookingId,
      method: 'konbini',
      state: 'created',
      amountYen: charge.balanceYen,
      stripePaymentIntentId: null,
      voucher: null,
      transfer: null,
      fundedYen: 0,
      handedYen: null,
      remindedAt: null,
      expiresAt: new Date('2026-12-08T12:00:00Z'),
      confirmedAt: null,
      failureCode: null,
      paidVia: null,
      createdAt: app.clock.now(),
      updatedAt: app.clock.now(),
    };
    await insertAttempt(app.house.database.db, attempt);
    return attempt;
  };

  const intentFor = (attempt: Attempt) =>
    app.house.stripe!.client.paymentIntents.create({
      amount: attempt.amountYen,
      currency: 'jpy',
      confirm: true,
      allowed_payment_method_types: ['konbini'],
      payment_method_data: {
        type: 'konbini',
        billing_details: { name: payer.name, email: payer.email },
      },
      metadata: { booking_payment_id: attempt.id },
    });

  test('a second try waits until it is known what became of the first', async () => {
    const bookingId = await makeCharged();
    const attempt = await cutOff(bookingId);
    const { status, body } = await pay(bookingId);
    expect(status).toBe(409);
    expect(body.error.code).toBe('payments.attempt_live');
    const cancel = await app.call(`/api/payments/${attempt.id}/cancel`, {
      as: organizer,
      json: {},
    });
    expect(cancel.body.error.code).toBe('payments.attempt_live');
    app.clock.advanceMinutes(11);
    await sweepAttempts(jobContext());
    expect(await attemptOf(attempt.id)).toMatchObject({
      state: 'failed',
      failureCode: 'not_started',
    });
    expect((await pay(bookingId)).status).toBe(201);
    app.clock.set(testNow);
  });

  test('a voucher that was issued all the same is found and told', async () => {
    const bookingId = await makeCharged();
    const attempt = await cutOff(bookingId);
    const intent = await intentFor(attempt);
    app.clock.advanceMinutes(11);
    await sweepAttempts(jobContext());
    expect(await attemptOf(attempt.id)).toMatchObject({
      state: 'pending',
      voucher: { hostedVoucherUrl: expect.stringContaining(intent.id) },
    });
    expect(await mailsOf(bookingId, 'payments.voucher_issued')).toHaveLength(1);
    app.clock.set(testNow);
  });

  test('its event finds the attempt by our id', async () => {
    const bookingId = await makeCharged();
    const attempt = await cutOff(bookingId);
    const intent = await intentFor(attempt);
    app.stripe.payVoucher(intent.id);
    await hear();
    expect(await attemptOf(attempt.id)).toMatchObject({ state: 'confirmed' });
  });

  test('the attempt stays open, since nobody knows', async () => {
    const broken = await openTestApp();
    const own = await broken.organizer();
    const booking = await makeApprovedBooking(
      broken,
      { organizer: own, manager: await broken.staff('manager') },
      {
        uses: [{ room: 'exhibition-hall', configuration: 'b', date: nextDay(), band: 'daytime' }],
      },
    );
    await broken.runJobs();
    await broken.stripe.close();
    const { status, body } = await broken.call(`/api/bookings/${booking.id}/payments`, {
      as: own,
      json: byKonbini,
    });
    expect(status).toBe(503);
    expect(body.error.code).toBe('payments.stripe_unavailable');
    const { body: seen } = await broken.call(`/api/bookings/${booking.id}/payments`, { as: own });
    expect(seen.attempts[0].state).toBe('created');
    broken.clock.advanceMinutes(11);
    await sweepAttempts(broken.contextOf({ kind: 'job', name: 'test' }));
    const { body: later } = await broken.call(`/api/bookings/${booking.id}/payments`, { as: own });
    expect(later.attempts[0].state).toBe('created');
    await broken.close();
  });

  test('what Stripe refuses for good ends the attempt', async () => {
    const bookingId = await makeCharged();
    await insertMoneyEvent(app.house.database.db, {
      id: app.house.newId('money_event'),
      venueId: 'big-palette',
      billingAccountId: bookingId,
      kind: 'received',
      amountYen: 100_000_000,
      cause: `received:by hand for ${bookingId}`,
      actor: finance.actor,
      happenedAt: app.clock.now(),
      recordedAt: app.clock.now(),
      bookedOn: dayOf(app.clock.now()),
    });
    const { status, body } = await pay(bookingId, { method: 'card' });
    expect(status).toBe(422);
    expect(body.error.code).toBe('payments.stripe_refused');
    const seen = await lookAt(bookingId);
    expect(seen.attempts[0]).toMatchObject({
      state: 'failed',
      amountYen: 100_217_800,
      failureCode: 'stripe_refused',
    });
  });
});

describe('what the operator decides', () => {
  test('provisional fees are not charged unless it is switched on', async () => {
    const closed = await openTestApp({ settings: { chargesProvisionalFees: false } });
    const own = await closed.organizer();
    const booking = await makeApprovedBooking(
      closed,
      { organizer: own, manager: await closed.staff('manager') },
      { uses: [{ room: 'exhibition-hall', configuration: 'c', date: nextDay(), band: 'morning' }] },
    );
    await closed.runJobs();
    const path = `/api/bookings/${booking.id}/payments`;
    const { body } = await closed.call(path, { as: own });
    expect(body.charge).toBeNull();
    const papers = await closed.call(`/api/bookings/${booking.id}/documents`, { as: own });
    expect(papers.body.documents.map(({ kind }: { kind: string }) => kind)).toEqual([
      'approval_letter',
    ]);
    expect(body.methods.every(({ isAvailable }: { isAvailable: boolean }) => !isAvailable)).toBe(
      true,
    );
    const answer = await closed.call(path, { as: own, json: { method: 'card' } });
    expect(answer.status).toBe(422);
    expect(answer.body.error.code).toBe('payments.provisional_not_chargeable');
    await closed.close();
  });

  test('what waited is charged and invoiced once it is switched on', async () => {
    const closed = await openTestApp({ settings: { chargesProvisionalFees: false } });
    const own = await closed.organizer();
    const booking = await makeApprovedBooking(
      closed,
      { organizer: own, manager: await closed.staff('manager') },
      { uses: [{ room: 'exhibition-hall', configuration: 'c', date: nextDay(), band: 'evening' }] },
    );
    await closed.runJobs();
    const job = closed.contextOf({ kind: 'job', name: 'payments.charge_waiting' });
    expect(await chargeWaiting(job)).toEqual({ charged: 0 });
    const settings = { ...job.settings, chargesProvisionalFees: true };
    await chargeWaiting({ ...job, settings });
    await chargeWaiting({ ...job, settings });
    await closed.runJobs();
    const { body } = await closed.call(`/api/bookings/${booking.id}/payments`, { as: own });
    expect(body.charge).toMatchObject({ isProvisional: true, isReversed: false });
    const papers = await closed.call(`/api/bookings/${booking.id}/documents`, { as: own });
    expect(papers.body.documents.map(({ kind }: { kind: string }) => kind)).toEqual([
      'approval_letter',
      'invoice',
    ]);
    await closed.close();
  });

  test('without a Stripe account nothing is paid online, but cash is', async () => {
    const offline = await openTestApp({ hasStripe: false });
    const own = await offline.organizer();
    const booking = await makeApprovedBooking(
      offline,
      { organizer: own, manager: await offline.staff('manager') },
      { uses: [{ room: 'exhibition-hall', configuration: 'b', date: nextDay(), band: 'daytime' }] },
    );
    await offline.runJobs();
    const path = `/api/bookings/${booking.id}/payments`;
    const online = await offline.call(path, { as: own, json: { method: 'card' } });
    expect(online.status).toBe(422);
    expect(online.body.error.code).toBe('payments.online_unavailable');
    const event = await offline.call('/api/stripe/events', { json: {} });
    expect(event.body.error.code).toBe('payments.bad_signature');
    expect(await sweepAttempts(offline.contextOf({ kind: 'job', name: 'test' }))).toEqual({
      looked: 0,
    });
    const as = await offline.staff('desk');
    expect((await offline.call(path, { as, json: { method: 'cash' } })).status).toBe(201);
    await offline.close();
  });

  test('every deed with money is in the history of the booking', async () => {
    const bookingId = await makeCharged();
    const attempt = await startKonbini(bookingId);
    app.stripe.payVoucher(await intentOf(attempt.id));
    await hear();
    const { body } = await app.call(`/api/bookings/${bookingId}/history`, { as: manager });
    const deeds = body.entries.map(({ action }: { action: string }) => action);
    expect(deeds).toEqual(
      expect.arrayContaining(['payments.charge', 'payments.start', 'payments.receive']),
    );
    const [row] = await app.house.database.db
      .select({ state: bookings.state })
      .from(bookings)
      .where(eq(bookings.id, bookingId));
    expect(row!.state).toBe('approved');
  });
});
