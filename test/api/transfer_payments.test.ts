import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allocations, moneyEvents, payments } from '#db/schema/ledgers.ts';
import { mails } from '#db/schema/outbox.ts';
import { paymentAttempts, stripeCustomers, stripeEvents } from '#db/schema/payments.ts';
import { sweepAttempts } from '#api/payments/actions/cancel.ts';
import { remindOfVouchers } from '#api/payments/actions/remind.ts';
import { keepCashLeft, sweepCash } from '#api/payments/actions/transfer.ts';
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
let manager: Person;
let finance: Person;

beforeAll(async () => {
  app = await openTestApp();
  organizer = await app.organizer();
  manager = await app.staff('manager');
  finance = await app.staff('finance');
});

afterAll(() => app.close());

const priceYen = 217_800;

let days = 0;
const makeCharged = async (): Promise<string> => {
  const date = addDays(localDay('2027-01-12'), (days += 1));
  const uses = [{ room: 'exhibition-hall', configuration: 'a', date, band: 'daytime' }];
  const booking = await makeApprovedBooking(app, { organizer, manager }, { uses });
  await app.runJobs();
  return booking.id;
};

const pay = (bookingId: string, json: object, as: Person = organizer) =>
  app.call(`/api/bookings/${bookingId}/payments`, { as, json });

const startTransfer = async (bookingId: string) => {
  const { status, body } = await pay(bookingId, { method: 'bank_transfer' });
  expect(status).toBe(201);
  return body.attempt as { id: string; transfer: { accountNumber: string }; state: string };
};

const attemptOf = async (id: string) =>
  (await app.call(`/api/payments/${id}`, { as: organizer })).body.attempt;

const lookAt = async (bookingId: string) =>
  (await app.call(`/api/bookings/${bookingId}/payments`, { as: organizer })).body;

const intentOf = async (attemptId: string): Promise<string> => {
  const [row] = await app.house.database.db
    .select({ id: paymentAttempts.stripePaymentIntentId })
    .from(paymentAttempts)
    .where(eq(paymentAttempts.id, attemptId));
  return row!.id!;
};

const transfer = async (attemptId: string, amount: number) => {
  const sender = { name: 'コウリヤマ ケンチク', bank: '試験銀行', branch: '本店' };
  app.stripe.transfer(await intentOf(attemptId), amount, sender);
};

const hear = async () => {
  await app.stripe.deliverDue();
  await app.runJobs();
};

const ledgerOf = async (bookingId: string) =>
  (
    await app.house.database.db
      .select({ kind: moneyEvents.kind, amountYen: moneyEvents.amountYen })
      .from(moneyEvents)
      .where(eq(moneyEvents.billingAccountId, bookingId))
      .orderBy(moneyEvents.recordedAt, moneyEvents.id)
  ).map(({ kind, amountYen }) => `${kind} ${amountYen}`);

const customersOf = (bookingId: string) =>
  app.house.database.db
    .select()
    .from(stripeCustomers)
    .where(eq(stripeCustomers.billingAccountId, bookingId))
    .orderBy(stripeCustomers.createdAt, stripeCustomers.closedAt);

/** Money that stayed at Stripe and is in the ledger, with what of it is allocated. */
const keptOf = async (bookingId: string) => {
  const { db } = app.house.database;
  const kept = [];
  for (const { stripeCustomerId } of await customersOf(bookingId)) {
    const rows = await db.select().from(payments);
    for (const payment of rows) {
      if (!payment.cause.startsWith(`cash_balance:${stripeCustomerId}:`)) continue;
      const used = await db.select().from(allocations).where(eq(allocations.paymentId, payment.id));
      const usedYen = used.reduce((sum, { amountYen }) => sum + amountYen, 0);
      kept.push({ amountYen: payment.amountYen, usedYen, payerName: payment.payerName });
    }
  }
  return kept;
};

const mailsOf = async (bookingId: string, topic: string) =>
  (await app.house.database.db.select().from(mails).where(eq(mails.subjectId, bookingId))).filter(
    (mail) => mail.topic === topic,
  );

const jobContext = () => app.contextOf({ kind: 'job', name: 'test' });

describe('by transfer', () => {
  test('a booking gets an account of its own, and is paid when the sum is there', async () => {
    const bookingId = await makeCharged();
    const attempt = await startTransfer(bookingId);
    expect(attempt).toMatchObject({
      state: 'pending',
      method: 'bank_transfer',
      expiresAt: null,
      fundedYen: 0,
      transfer: { bankCode: '9999', accountType: 'futsu' },
    });
    const [opened] = await mailsOf(bookingId, 'payments.transfer_opened');
    expect(opened!.body).toContain(attempt.transfer.accountNumber);
    expect(opened!.body).toContain('217,800円');
    await transfer(attempt.id, priceYen);
    await hear();
    expect(await attemptOf(attempt.id)).toMatchObject({ state: 'confirmed', fundedYen: priceYen });
    expect(await ledgerOf(bookingId)).toEqual([`charged ${priceYen}`, `received -${priceYen}`]);
    expect(await keptOf(bookingId)).toEqual([]);
    const papers = await app.call(`/api/bookings/${bookingId}/documents`, { as: organizer });
    expect(papers.body.documents.map(({ kind }: { kind: string }) => kind)).toContain('receipt');
  });

  test('two bookings of one organizer never share an account', async () => {
    const [one, other] = [await makeCharged(), await makeCharged()];
    const first = await startTransfer(one);
    const second = await startTransfer(other);
    const customers = [...(await customersOf(one)), ...(await customersOf(other))];
    expect(new Set(customers.map(({ stripeCustomerId }) => stripeCustomerId)).size).toBe(2);
    await transfer(second.id, priceYen);
    await hear();
    expect(await attemptOf(first.id)).toMatchObject({ state: 'pending', fundedYen: 0 });
    expect(await attemptOf(second.id)).toMatchObject({ state: 'confirmed' });
  });

  test('a part is shown and told, and nothing counts as paid before the whole is there', async () => {
    const bookingId = await makeCharged();
    const attempt = await startTransfer(bookingId);
    await transfer(attempt.id, 100_000);
    await hear();
    expect(await attemptOf(attempt.id)).toMatchObject({ state: 'pending', fundedYen: 100_000 });
    const told = await mailsOf(bookingId, 'payments.transfer_funded');
    expect(told).toHaveLength(1);
    expect(told[0]!.body).toContain('残り：117,800円');
    expect(await ledgerOf(bookingId)).toEqual([`charged ${priceYen}`]);
    expect((await lookAt(bookingId)).charge.balanceYen).toBe(priceYen);
    await transfer(attempt.id, 117_800);
    await hear();
    expect((await lookAt(bookingId)).charge.balanceYen).toBe(0);
  });

  test('too much waits in the pot, once, however often it is told', async () => {
    const bookingId = await makeCharged();
    const attempt = await startTransfer(bookingId);
    await transfer(attempt.id, priceYen + 32_200);
    await hear();
    const payerName = 'コウリヤマ ケンチク';
    const pot = [{ amountYen: 32_200, usedYen: 0, payerName }];
    expect(await keptOf(bookingId)).toEqual(pot);
    for (const { id } of app.stripe.listEvents().slice(-4)) await app.stripe.redeliver(id);
    await app.runJobs();
    const [customer] = await customersOf(bookingId);
    await Promise.all([1, 2, 3].map(() => keepCashLeft(jobContext(), customer!.stripeCustomerId)));
    expect(await keptOf(bookingId)).toEqual(pot);
    expect(customer!.closedAt).not.toBeNull();
    expect((await lookAt(bookingId)).charge.balanceYen).toBe(0);
  });

  test('what comes to the account later is not lost either', async () => {
    const bookingId = await makeCharged();
    const attempt = await startTransfer(bookingId);
    await transfer(attempt.id, priceYen);
    await hear();
    for (const amount of [5_000, 700]) {
      await transfer(attempt.id, amount);
      await hear();
    }
    expect((await keptOf(bookingId)).map(({ amountYen }) => amountYen).sort()).toEqual([
      5_000, 700,
    ]);
  });

  test('what came without a word is found by looking', async () => {
    const bookingId = await makeCharged();
    const attempt = await startTransfer(bookingId);
    await transfer(attempt.id, priceYen);
    await hear();
    await transfer(attempt.id, 900);
    for (const { id } of app.stripe.listEvents()) app.stripe.lose(id);
    await hear();
    expect(await keptOf(bookingId)).toEqual([]);
    await sweepCash(jobContext());
    expect(await keptOf(bookingId)).toMatchObject([{ amountYen: 900, usedYen: 0 }]);
  });

  test('given up half-way, what had arrived pays its part of the booking', async () => {
    const bookingId = await makeCharged();
    const attempt = await startTransfer(bookingId);
    await transfer(attempt.id, 100_000);
    await hear();
    const { status, body } = await pay(bookingId, { method: 'card' });
    expect(status).toBe(201);
    expect(body.attempt.amountYen).toBe(117_800);
    expect(await attemptOf(attempt.id)).toMatchObject({ state: 'cancelled' });
    expect(await keptOf(bookingId)).toMatchObject([{ amountYen: 100_000, usedYen: 100_000 }]);
    await hear();
    expect(await keptOf(bookingId)).toHaveLength(1);
    expect(await ledgerOf(bookingId)).toEqual([`charged ${priceYen}`, 'allocated -100000']);
  });

  test('begun again after that, it has another account, and the old one is still watched', async () => {
    const bookingId = await makeCharged();
    const first = await startTransfer(bookingId);
    await transfer(first.id, 100_000);
    await hear();
    await app.call(`/api/payments/${first.id}/cancel`, { as: organizer, json: {} });
    await hear();
    const second = await startTransfer(bookingId);
    expect(second.transfer.accountNumber).not.toBe(first.transfer.accountNumber);
    expect((await attemptOf(second.id)).amountYen).toBe(117_800);
    await transfer(first.id, 17_800);
    await hear();
    expect(await keptOf(bookingId)).toMatchObject([
      { amountYen: 100_000, usedYen: 100_000 },
      { amountYen: 17_800, usedYen: 17_800 },
    ]);
    expect(await attemptOf(second.id)).toMatchObject({ state: 'cancelled' });
    expect((await lookAt(bookingId)).charge.balanceYen).toBe(100_000);
  });

  test('that nothing reached keeps its account when it is begun again', async () => {
    const bookingId = await makeCharged();
    const first = await startTransfer(bookingId);
    const second = await startTransfer(bookingId);
    expect(second.id).not.toBe(first.id);
    expect(second.transfer.accountNumber).toBe(first.transfer.accountNumber);
    expect(await attemptOf(first.id)).toMatchObject({ state: 'cancelled' });
  });

  test('does not lapse, and lost news is found by asking', async () => {
    const bookingId = await makeCharged();
    const attempt = await startTransfer(bookingId);
    await transfer(attempt.id, priceYen);
    for (const { id } of app.stripe.listEvents()) app.stripe.lose(id);
    await sweepAttempts(jobContext());
    expect((await attemptOf(attempt.id)).state).toBe('pending');
    app.clock.advanceMinutes(6 * 60 + 1);
    await sweepAttempts(jobContext());
    expect((await attemptOf(attempt.id)).state).toBe('confirmed');
    app.clock.set(testNow);
  });

  test('seen in the account of the venue is still recorded by who keeps the books', async () => {
    const bookingId = await makeCharged();
    const online = await startTransfer(bookingId);
    const { body } = await pay(bookingId, { method: 'bank_transfer' }, finance);
    expect(body.attempt).toMatchObject({ state: 'confirmed', transfer: null });
    expect(await attemptOf(online.id)).toMatchObject({ state: 'cancelled' });
  });

  test('a line cut at the worst moment leaves one account and one payment', async () => {
    const bookingId = await makeCharged();
    app.stripe.cutLine(({ path, method }) =>
      method === 'POST' && path === '/v1/payment_intents' ? 'after' : undefined,
    );
    const { status } = await pay(bookingId, { method: 'bank_transfer' });
    expect(status).toBe(503);
    app.stripe.cutLine();
    await hear();
    const { attempts } = await lookAt(bookingId);
    expect(attempts).toHaveLength(1);
    expect(attempts[0]).toMatchObject({ state: 'pending', method: 'bank_transfer' });
    expect(await mailsOf(bookingId, 'payments.transfer_opened')).toHaveLength(1);
  });
});

describe('a voucher', () => {
  const startKonbini = async (bookingId: string) => {
    const payer = { name: '佐藤 花子', email: 'hanako@example.jp', phone: '0249478010' };
    const { body } = await pay(bookingId, { method: 'konbini', ...payer });
    return body.attempt as { id: string; expiresAt: string };
  };

  test('is reminded of a day before it lapses, once', async () => {
    const bookingId = await makeCharged();
    const { expiresAt } = await startKonbini(bookingId);
    await remindOfVouchers(jobContext());
    expect(await mailsOf(bookingId, 'payments.voucher_reminder')).toHaveLength(0);
    app.clock.set(new Date(Date.parse(expiresAt) - 23 * 3_600_000).toISOString());
    await remindOfVouchers(jobContext());
    await remindOfVouchers(jobContext());
    const sent = await mailsOf(bookingId, 'payments.voucher_reminder');
    expect(sent).toHaveLength(1);
    expect(sent[0]!.body).toContain('セブン-イレブンではお支払いいただけません');
    app.clock.set(testNow);
  });

  test('that was paid is not', async () => {
    const bookingId = await makeCharged();
    const { id, expiresAt } = await startKonbini(bookingId);
    app.stripe.payVoucher(await intentOf(id));
    await hear();
    app.clock.set(new Date(Date.parse(expiresAt) - 3_600_000).toISOString());
    await remindOfVouchers(jobContext());
    expect(await mailsOf(bookingId, 'payments.voucher_reminder')).toHaveLength(0);
    app.clock.set(testNow);
  });

  test('paid without a word is found before it would have lapsed', async () => {
    const bookingId = await makeCharged();
    const { id } = await startKonbini(bookingId);
    app.stripe.payVoucher(await intentOf(id));
    for (const event of app.stripe.listEvents()) app.stripe.lose(event.id);
    app.clock.advanceMinutes(6 * 60 + 1);
    await sweepAttempts(jobContext());
    expect((await attemptOf(id)).state).toBe('confirmed');
    app.clock.set(testNow);
  });
});

describe('news of a refund', () => {
  test('is passed on, whatever the event is called', async () => {
    const bookingId = await makeCharged();
    const attempt = await startTransfer(bookingId);
    await transfer(attempt.id, priceYen);
    await hear();
    await app.house.stripe!.client.refunds.create({
      payment_intent: await intentOf(attempt.id),
      amount: 800,
    });
    const before = app.stripe.listEvents().length;
    app.stripe.giveRefundAccount(app.stripe.listRefunds().at(-1)!.id);
    await hear();
    expect(
      app.stripe
        .listEvents()
        .slice(before)
        .map(({ type }) => type),
    ).toEqual(['refund.updated', 'charge.refund.updated']);
    const left = await app.house.database.db
      .select()
      .from(stripeEvents)
      .where(eq(stripeEvents.type, 'charge.refund.updated'));
    expect(left.every(({ processedAt }) => processedAt !== null)).toBe(true);
  });
});
