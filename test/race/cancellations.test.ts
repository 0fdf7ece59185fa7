import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiveMoney } from '#api/payments/actions/ledger.ts';
import { followLateMoney } from '#api/booking_charges/actions/late.ts';
import type { BookingId, VenueId } from '#api/shared/ids.ts';
import { addDays, localDay } from '#api/shared/time.ts';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';
import { makeApprovedBooking } from '#test/fixtures/bookings.ts';

let app: TestApp;
let organizer: Organizer;
let manager: Person;

beforeAll(async () => {
  app = await openTestApp({ poolSize: 20 });
  organizer = await app.organizer();
  manager = await app.staff('manager');
});

afterAll(() => app.close());

const rounds = 5;
const feeYen = 217_800;
let days = 0;
const nextDay = () => addDays(localDay('2027-01-12'), (days += 1));
const useOn = (date: string) => ({
  room: 'exhibition-hall',
  configuration: 'a',
  date,
  band: 'daytime',
});

const makeCharged = async (date = nextDay()) => {
  const changes = { uses: [useOn(date)] };
  const booking = await makeApprovedBooking(app, { organizer, manager }, changes);
  await app.runJobs();
  return booking as { id: string; version: number };
};

const cancel = ({ id, version }: { id: string; version: number }, ground = 'organizer') =>
  app.call(`/api/bookings/${id}/cancel`, {
    as: manager,
    json: { version, reason: '中止', ground },
  });

const startKonbini = async (id: string): Promise<string> => {
  const started = await app.call(`/api/bookings/${id}/payments`, {
    as: organizer,
    json: {
      method: 'konbini',
      name: '佐藤 花子',
      email: 'hanako@example.jp',
      phone: '0249478010',
    },
  });
  expect(started.status).toBe(201);
  const [row] = await app.sql<{ intent: string }[]>`
    select stripe_payment_intent_id as intent from payment_attempts where billing_account_id = ${id}`;
  return row!.intent;
};

const payAtTill = async (intent: string) => {
  try {
    app.stripe.payVoucher(intent);
  } catch {
    // The voucher was taken back before the till took the money.
  }
  await app.stripe.deliverDue();
};

const standing = async (id: string) => {
  const [row] = await app.sql<
    { state: string; owed: number; received: number; live: number; kept: number; cells: number }[]
  >`
    select b.state,
      (select coalesce(sum(amount_yen), 0)::int from money_events where billing_account_id = b.id) as owed,
      (select coalesce(sum(amount_yen), 0)::int from allocations where billing_account_id = b.id) as received,
      (select count(*)::int from payment_attempts where billing_account_id = b.id
        and state in ('created', 'pending', 'cancel_requested')) as live,
      (select count(*)::int from charges where billing_account_id = b.id and kind = 'cancellation') as kept,
      (select count(*)::int from occupancies where booking_id = b.id and released_at is null) as cells
    from bookings b where b.id = ${id}`;
  return row!;
};

describe('a cancellation and a payment at the till', () => {
  it('end with the rooms released and the money known, or with neither', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const booking = await makeCharged();
      const intent = await startKonbini(booking.id);
      if (round % 2 === 1) app.stripe.holdAtTill(intent);
      const [cancelled] = await Promise.all([cancel(booking), payAtTill(intent)]);
      await app.runJobs();
      await app.stripe.deliverDue();
      await app.runJobs();
      const { state, owed, received, live, kept, cells } = await standing(booking.id);
      expect(live).toBe(0);
      expect([0, feeYen]).toContain(received);
      if (cancelled.status === 200) {
        expect({ state, kept, cells, owed }).toEqual({
          state: 'cancelled',
          kept: 1,
          cells: 0,
          owed: feeYen / 2 - received,
        });
      } else {
        expect(['payments.cancel_not_definite', 'payments.not_cancellable']).toContain(
          cancelled.body.error.code,
        );
        expect({ state, kept, owed }).toEqual({
          state: 'approved',
          kept: 0,
          owed: feeYen - received,
        });
        expect(cells).toBeGreaterThan(0);
      }
    }
  });
});

describe('two cancellations at once', () => {
  it('are one, and what is kept is charged once', async () => {
    const booking = await makeCharged();
    const answers = await Promise.all([cancel(booking), cancel(booking), cancel(booking)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    await app.runJobs();
    expect(await standing(booking.id)).toMatchObject({ kept: 1, owed: feeYen / 2 });
  });
});

describe('late money and somebody new', () => {
  it('never give the same cells twice', async () => {
    const rival = await app.organizer('競合の会');
    for (let round = 0; round < rounds; round += 1) {
      const date = nextDay();
      const booking = await makeCharged(date);
      expect((await cancel(booking, 'unpaid')).status).toBe(200);
      await app.runJobs();
      const job = app.contextOf({ kind: 'job', name: 'test' });
      await job.transact((tx) =>
        receiveMoney(tx, job, {
          venueId: 'big-palette' as VenueId,
          billingAccountId: booking.id as BookingId,
          method: 'slip',
          amountYen: feeYen,
          receivedAt: app.clock.now(),
          cause: `race:${booking.id}`,
        }),
      );
      const json = askHold(rival.organizationId, { uses: [useOn(date)] });
      const [held] = await Promise.all([
        app.call('/api/bookings', { as: rival, json }),
        followLateMoney(job, booking.id),
        followLateMoney(job, booking.id),
      ]);
      await app.runJobs();
      const { state, owed } = await standing(booking.id);
      const [refunds] = await app.sql<{ yen: number }[]>`
        select coalesce(sum(amount_yen), 0)::int as yen from refunds where billing_account_id = ${booking.id}`;
      if (held.status === 201) {
        expect({ state, owed, back: refunds!.yen }).toEqual({
          state: 'cancelled',
          owed: -feeYen,
          back: feeYen,
        });
      } else {
        expect({ state, owed, back: refunds!.yen }).toEqual({
          state: 'approved',
          owed: 0,
          back: 0,
        });
      }
    }
  });
});
