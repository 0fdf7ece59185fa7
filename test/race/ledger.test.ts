import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '#api/context.ts';
import { allocatePayment, receiveMoney, reverseAllocation } from '#api/payments/actions/ledger.ts';
import { sweepAttempts } from '#api/payments/actions/cancel.ts';
import { startPayment } from '#api/payments/actions/start.ts';
import { startPaymentSchema } from '#api/payments/schema.ts';
import { proposeRefund } from '#api/refunds/actions/propose.ts';
import type { BookingId, VenueId } from '#api/shared/ids.ts';
import { openTestApp, type TestApp } from '#test/fixtures/app.ts';
import { restoreGuards } from '#test/fixtures/guards.ts';
import { openMoneyWorld, openStory, type MoneyWorld } from '#test/fixtures/money.ts';

let app: TestApp;
let world: MoneyWorld;
let finance: Context;

beforeAll(async () => {
  app = await openTestApp({ poolSize: 20 });
  world = await openMoneyWorld(app);
  finance = app.contextOf((await app.staff('finance')).actor);
});

afterAll(() => app.close());

afterEach(() => restoreGuards(app, 'payments'));

const nextBooking = async () => (await world.nextBooking()) as BookingId;

let transfers = 0;
const receive = (amountYen: number) =>
  finance.transact(async (tx) => {
    const payment = await receiveMoney(tx, finance, {
      venueId: 'big-palette' as VenueId,
      method: 'bank_transfer',
      amountYen,
      receivedAt: app.clock.now(),
      cause: `test:${(transfers += 1)}`,
    });
    return payment!.id;
  });

const allocate = (paymentId: string, bookingId: BookingId, amountYen: number) =>
  finance.transact((tx) =>
    allocatePayment(tx, finance, { paymentId, billingAccountId: bookingId, amountYen }),
  );

const reverse = (id: string) => finance.transact((tx) => reverseAllocation(tx, finance, id));

const outcomesOf = async (deeds: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(deeds))
    .map((done) =>
      done.status === 'fulfilled' ? 'done' : String((done.reason as { code?: string }).code),
    )
    .sort();

const usedYen = async (paymentId: string) => {
  const [row] = await app.sql`select coalesce(sum(amount_yen), 0)::int as used from allocations
    where payment_id = ${paymentId}`;
  return row!['used'] as number;
};

/** Of the ledger, not of the allocations: both must say the same. */
const potYen = async (paymentId: string) => {
  const [row] = await app.sql`select -sum(amount_yen)::int as left from money_events
    where payment_id = ${paymentId} and billing_account_id is null`;
  return row!['left'] as number;
};

const rounds = [1, 2, 3, 4, 5];

describe('money that two would use at once', () => {
  it('is used by one of them; the other is told', async () => {
    const bookings = [await nextBooking(), await nextBooking()];
    for (const round of rounds) {
      const payment = await receive(10_000 + round);
      const outcomes = await outcomesOf(bookings.map((one) => allocate(payment, one, 10_000)));
      expect(outcomes).toEqual(['done', 'payments.already_used']);
      expect(await usedYen(payment)).toBe(10_000);
      expect(await potYen(payment)).toBe(round);
    }
  });

  it('without the guard is used twice: more than ever came', async () => {
    const bookings = [await nextBooking(), await nextBooking()];
    await app.sql`drop trigger payments_used_once on allocations`;
    const payment = await receive(10_000);
    expect(await outcomesOf(bookings.map((one) => allocate(payment, one, 10_000)))).toEqual([
      'done',
      'done',
    ]);
    expect(await usedYen(payment)).toBe(20_000);
  });

  it('in many parts is used to the last yen and no further', async () => {
    const booking = await nextBooking();
    const payment = await receive(9_500);
    const parts = Array.from({ length: 12 }, () => allocate(payment, booking, 1_000));
    const outcomes = await outcomesOf(parts);
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(9);
    expect(new Set(outcomes)).toEqual(new Set(['done', 'payments.already_used']));
    expect(await potYen(payment)).toBe(500);
  });
});

describe('what was allocated', () => {
  it('is taken back once, however many press the button', async () => {
    const booking = await nextBooking();
    for (const round of rounds) {
      const payment = await receive(5_000 + round);
      const { id } = await allocate(payment, booking, 5_000);
      expect(await outcomesOf([reverse(id), reverse(id), reverse(id)])).toEqual([
        'done',
        'payments.already_used',
        'payments.already_used',
      ]);
      expect(await usedYen(payment)).toBe(0);
      expect(await potYen(payment)).toBe(5_000 + round);
    }
  });

  it('taken back and given to another at once never counts twice', async () => {
    const [booking, other] = [await nextBooking(), await nextBooking()];
    for (const round of rounds) {
      const payment = await receive(5_000 + round);
      const { id } = await allocate(payment, booking, 5_000 + round);
      const outcomes = await outcomesOf([reverse(id), allocate(payment, other, 5_000)]);
      expect(outcomes[0]).toBe('done');
      const used = await usedYen(payment);
      expect(used).toBe(outcomes[1] === 'done' ? 5_000 : 0);
      expect(await potYen(payment)).toBe(5_000 + round - used);
    }
  });

  it('stays where it is while it is on its way back to the payer', async () => {
    const bookingId = await nextBooking();
    const payment = await receive(5_000);
    const { id } = await allocate(payment, bookingId, 5_000);
    await finance.transact((tx) =>
      proposeRefund(tx, finance, {
        paymentId: payment,
        billingAccountId: bookingId,
        amountYen: 1_000,
        reason: 'mistake',
        note: null,
        cause: null,
      }),
    );
    expect(await outcomesOf([reverse(id)])).toEqual(['payments.refund_under_way']);
    expect(await usedYen(payment)).toBe(5_000);
  });

  it('is either taken back or returned when both are asked for at once', async () => {
    const bookingId = await nextBooking();
    for (const round of rounds) {
      const payment = await receive(5_000 + round);
      const { id } = await allocate(payment, bookingId, 5_000);
      const refund = finance.transact((tx) =>
        proposeRefund(tx, finance, {
          paymentId: payment,
          billingAccountId: bookingId,
          amountYen: 5_000,
          reason: 'mistake',
          note: null,
          cause: null,
        }),
      );
      const [first, second] = await outcomesOf([reverse(id), refund]);
      expect(first).toBe('done');
      expect(['payments.refund_under_way', 'refunds.more_than_left']).toContain(second);
    }
  });
});

const payer = { name: '佐藤 花子', email: 'hanako@example.jp', phone: '0249478010' };
const byKonbini = startPaymentSchema.parse({ method: 'konbini', ...payer });
const byCash = startPaymentSchema.parse({ method: 'cash' });

const attemptsOf = async (bookingId: string) =>
  (
    await app.sql`select state from payment_attempts where billing_account_id = ${bookingId} order by state`
  ).map(({ state }) => state as string);

const receivedYen = async (bookingId: string) =>
  (
    await app.sql`select -amount_yen as yen from money_events
    where billing_account_id = ${bookingId} and kind = 'received'`
  ).map(({ yen }) => yen as number);

describe('the news that a voucher was paid', () => {
  const paidStory = async () => {
    const bookingId = await nextBooking();
    const story = openStory(world, bookingId);
    const { actor } = world.organizer;
    await startPayment(app.contextOf(actor), bookingId, byKonbini);
    await story.attempt({ do: 'pay', pick: 0 });
    return story;
  };

  it('brought by two webhooks, each twice, is heard once', async () => {
    const { bookingId, events } = await paidStory();
    const sent = events().flatMap(({ id }) => [id, id]);
    const answers = await Promise.all(sent.map((id) => app.stripe.redeliver(id)));
    expect(new Set(answers)).toEqual(new Set([200]));
    await Promise.all([app.runJobs(), app.runJobs(), app.runJobs()]);
    await app.runJobs();
    expect(await receivedYen(bookingId)).toEqual([217_800]);
    expect(await attemptsOf(bookingId)).toEqual(['confirmed']);
  });

  it('brought by the webhook and found by the sweep is one payment', async () => {
    const { bookingId, events } = await paidStory();
    for (const { id } of events()) await app.stripe.redeliver(id);
    app.clock.advanceMinutes(20 * 24 * 60);
    const job = app.contextOf({ kind: 'job', name: 'payments.sweep' });
    await Promise.all([app.runJobs(), sweepAttempts(job), sweepAttempts(job), app.runJobs()]);
    await app.runJobs();
    expect(await receivedYen(bookingId)).toEqual([217_800]);
    expect(await attemptsOf(bookingId)).toEqual(['confirmed']);
  });

  it('meeting cash at the desk leaves both on the ledger, and says that too much came', async () => {
    const { bookingId, events } = await paidStory();
    for (const { id } of events()) await app.stripe.redeliver(id);
    const atDesk = startPayment(app.contextOf(world.desk.actor), bookingId, byCash);
    const [cash] = await Promise.all([outcomesOf([atDesk]), app.runJobs(), app.runJobs()]);
    await world.work();
    const received = await receivedYen(bookingId);
    expect(received).toEqual(cash[0] === 'done' ? [217_800, 217_800] : [217_800]);
    expect((await attemptsOf(bookingId)).every((state) => state === 'confirmed')).toBe(true);
  });
});

describe('two tabs that begin to pay at once', () => {
  it('leave one attempt that lives, and one voucher that can be paid', async () => {
    for (const round of rounds) {
      const bookingId = await nextBooking();
      const { intents } = openStory(world, bookingId);
      const context = app.contextOf(world.organizer.actor);
      const tab = () => startPayment(context, bookingId, byKonbini);
      const outcomes = await outcomesOf([tab(), tab()]);
      expect(outcomes, `round ${round}`).toContain('done');
      const live = (await attemptsOf(bookingId)).filter((state) => state === 'pending');
      expect(live).toHaveLength(1);
      const payable = intents().filter(({ status }) => status === 'requires_action');
      expect(payable).toHaveLength(1);
    }
  });
});
