import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from '#api/context.ts';
import { startPayment } from '#api/payments/actions/start.ts';
import { startPaymentSchema } from '#api/payments/schema.ts';
import { approveRefund } from '#api/refunds/actions/decide.ts';
import { proposeByStaff } from '#api/refunds/actions/propose.ts';
import type { Actor } from '#api/shared/actor.ts';
import { AppError } from '#api/shared/error.ts';
import type { BookingId, PaymentId } from '#api/shared/ids.ts';
import { addDays, localDay } from '#api/shared/time.ts';
import {
  openTestApp,
  testNow,
  type Organizer,
  type Person,
  type TestApp,
} from '#test/fixtures/app.ts';
import { makeApprovedBooking } from '#test/fixtures/bookings.ts';
import { isNightly } from '#test/fixtures/chance.ts';
import { Killed, mortalHouse } from '#test/fixtures/faults.ts';

let app: TestApp;
let organizer: Organizer;
let manager: Person;
let desk: Person;
let finance: Person;
let quiet: House;

beforeAll(async () => {
  app = await openTestApp();
  organizer = await app.organizer();
  manager = await app.staff('manager');
  desk = await app.staff('desk');
  finance = await app.staff('finance');
  // The post takes its time and is not what is killed here.
  quiet = { ...app.house, mailer: { ...app.house.mailer, send: () => Promise.resolve() } };
  app.startAs(quiet);
});

afterAll(() => app.close());

let days = 0;
const makeCharged = async (): Promise<string> => {
  app.clock.set(testNow);
  const date = addDays(localDay('2027-01-12'), (days += 1));
  const uses = [{ room: 'exhibition-hall', configuration: 'a', date, band: 'daytime' }];
  const { id } = await makeApprovedBooking(app, { organizer, manager }, { uses });
  await app.runJobs();
  return id as string;
};

const byKonbini = startPaymentSchema.parse({
  method: 'konbini',
  name: '佐藤 花子',
  email: 'hanako@example.jp',
  phone: '0249478010',
});
const byCard = startPaymentSchema.parse({ method: 'card' });

type Deed = (bookingId: string) => Promise<void>;

const start =
  (input: typeof byKonbini, actor: () => Actor = () => organizer.actor): Deed =>
  async (bookingId) => {
    await startPayment(app.contextOf(actor()), bookingId, input);
  };

const intentsOf = (bookingId: string) =>
  app.stripe.listIntents().filter(({ metadata }) => metadata['booking_id'] === bookingId);

/** Whoever pays does so once: with the last voucher or card form that still works. */
const payOpen: Deed = async (bookingId) => {
  const intents = intentsOf(bookingId);
  if (intents.some(({ status }) => status === 'succeeded')) return;
  const open = intents.filter(({ status }) => status.startsWith('requires_')).at(-1);
  if (!open) return;
  if (open.voucher) return app.stripe.payVoucher(open.id);
  const card = { number: '4242424242424242', expiry: '12/34', cvc: '123', returnUrl: '/' };
  app.stripe.payCard({ clientSecret: open.clientSecret, ...card });
  return Promise.resolve();
};

const work = async () => {
  await app.sql`update graphile_worker._private_jobs set run_at = now() where attempts > 0`;
  await app.runJobs();
};

const hear: Deed = async () => {
  await app.stripe.deliverDue();
  await work();
};

const sweep: Deed = async () => {
  app.clock.advanceMinutes(11);
  for (const name of ['payments.sweep', 'refunds.sweep']) {
    await app.sql`select graphile_worker.add_job(${name}::text)`;
  }
  await work();
};

/** Who asks for money back looks first whether it has been asked for. */
const askBack: Deed = async (bookingId) => {
  const [payment] = await app.sql`select payment_id as id, amount_yen from allocations
    where billing_account_id = ${bookingId}
      and not exists (select from refunds where billing_account_id = ${bookingId})`;
  if (!payment) return;
  await proposeByStaff(app.contextOf(desk.actor), {
    paymentId: payment['id'] as PaymentId,
    billingAccountId: bookingId as BookingId,
    amountYen: (payment['amount_yen'] as number) - 1_000,
    reason: 'mistake',
    note: '誤り',
    reducesCharge: true,
  });
};

const approve: Deed = async (bookingId) => {
  const [refund] = await app.sql`select id from refunds where billing_account_id = ${bookingId}`;
  const decision = { id: refund!['id'] as string, reason: '確認した' };
  await approveRefund(app.contextOf(finance.actor), decision);
};

/** What a person does who was left without an answer: looks, and tries again where that is offered. */
const tryAgain =
  (deed: Deed): Deed =>
  async (bookingId) => {
    try {
      await deed(bookingId);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  };

const endOf = async (bookingId: string) => {
  const ledger = await app.sql`
    select kind, amount_yen from money_events where billing_account_id = ${bookingId} order by kind, id`;
  const attempts = await app.sql`
    select state from payment_attempts where billing_account_id = ${bookingId}`;
  const payments = await app.sql`
    select p.method, p.amount_yen, a.amount_yen as allocated_yen from payments p
    join allocations a on a.payment_id = p.id where a.billing_account_id = ${bookingId}`;
  const letters = await app.sql`
    select topic from mails where subject_id = ${bookingId} and topic <> 'payments.voucher_issued'
    order by topic`;
  const papers = await app.sql`
    select kind from documents where booking_id = ${bookingId} order by kind`;
  const refunds = await app.sql`
    select state, amount_yen from refunds where billing_account_id = ${bookingId}`;
  const ours = new Set(intentsOf(bookingId).map(({ id }) => id));
  return {
    refunds: refunds.map((row) => ({ ...row })),
    refundsAtStripe: app.stripe.listRefunds().filter(({ intentId }) => ours.has(intentId)).length,
    ledger: ledger.map((row) => `${row['kind']} ${row['amount_yen']}`),
    payments: payments.map((row) => ({ ...row })),
    confirmed: attempts.filter(({ state }) => state === 'confirmed').length,
    live: attempts.filter(({ state }) => !['confirmed', 'failed', 'cancelled'].includes(state))
      .length,
    payableAtStripe: intentsOf(bookingId).filter(({ status }) => status.startsWith('requires_'))
      .length,
    letters: letters.map(({ topic }) => topic as string),
    papers: papers.map(({ kind }) => kind as string),
  };
};

const swallowKilled = async (work: Promise<void>) => {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
};

interface Story {
  /** What has happened by then, undisturbed. */
  readonly before?: readonly Deed[];
  readonly story: readonly Deed[];
}

interface Lived {
  readonly end: Awaited<ReturnType<typeof endOf>>;
  readonly isDead: boolean;
  readonly places: readonly string[];
}

/** Lives the story with a house that dies at one place, and then as often as needed with the next. */
const liveThrough = async (
  { before = [], story }: Story,
  diesAt: number,
  caretaker: Deed = sweep,
): Promise<Lived> => {
  const bookingId = await makeCharged();
  for (const deed of before) await deed(bookingId);
  const mortal = mortalHouse(quiet, diesAt);
  app.startAs(mortal.house);
  for (const deed of story) {
    await swallowKilled(deed(bookingId));
    if (mortal.isDead()) break;
  }
  app.startAs(quiet);
  const aftermath = [hear, caretaker, caretaker, ...story.map(tryAgain), caretaker, hear];
  if (mortal.isDead()) for (const deed of aftermath) await deed(bookingId);
  return { end: await endOf(bookingId), isDead: mortal.isDead(), places: mortal.places };
};

const inCash = startPaymentSchema.parse({ method: 'cash' });

const stories: Record<string, Story> = {
  'a voucher, from the form to the receipt': { story: [start(byKonbini), payOpen, hear] },
  'a card, from the form to the receipt': { story: [start(byCard), payOpen, hear] },
  'cash at the desk instead of a voucher': {
    before: [start(byKonbini)],
    story: [start(inCash, () => desk.actor), hear],
  },
  'a refund, from the request to the credit note': {
    before: [start(byCard), payOpen, hear],
    story: [askBack, approve, hear],
  },
};

const undisturbed = async (story: Story) => {
  const lived = await liveThrough(story, Infinity);
  expect(lived.end).toMatchObject({ confirmed: 1, live: 0, payableAtStripe: 0 });
  return lived;
};

/** A check dies at every request to Stripe and at one transaction in four, the nightly proof everywhere. */
const isTried = (place: string, at: number) =>
  isNightly || place.includes('stripe.') || at % 4 === 0;

describe('wherever the process is killed, the next one ends where it would have ended:', () => {
  it.each(Object.entries(stories))('%s', { timeout: 300_000 }, async (_, story) => {
    const { end, places } = await undisturbed(story);
    expect(places.length).toBeGreaterThan(5);
    for (const [at, place] of places.entries()) {
      if (!isTried(place, at)) continue;
      const lived = await liveThrough(story, at + 1);
      expect(lived.isDead).toBe(true);
      expect(lived.end, `killed ${place} (${at + 1} of ${places.length})`).toEqual(end);
    }
  });
});

describe('without the sweep', () => {
  it('an attempt that was never sent stands in the way for ever', async () => {
    const story = { story: [start(byKonbini), payOpen, hear] };
    const { places } = await undisturbed(story);
    const at = places.indexOf('before stripe.paymentIntents.create') + 1;
    const { end } = await liveThrough(story, at, () => Promise.resolve());
    expect(end).toMatchObject({ confirmed: 0, live: 1, payments: [] });
  });
});
