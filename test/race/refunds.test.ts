import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { receiveMoney } from '#api/payments/actions/ledger.ts';
import { executeRefund, sweepRefunds } from '#api/refunds/actions/execute.ts';
import type { BillingAccountId, VenueId } from '#api/shared/ids.ts';
import { addDays, localDay } from '#api/shared/time.ts';
import { openTestApp, type Organizer, type Person, type TestApp } from '#test/fixtures/app.ts';
import { makeApprovedBooking } from '#test/fixtures/bookings.ts';
import { restoreGuards } from '#test/fixtures/guards.ts';

let house: TestApp;
let organizer: Organizer;
let finance: Person;
let manager: Person;
let days = 0;

const takeGuardAway = () => house.sql.unsafe('drop trigger payments_used_once on refunds');

beforeEach(async () => {
  house = await openTestApp({ poolSize: 20 });
  organizer = await house.organizer();
  finance = await house.staff('finance');
  manager = await house.staff('manager');
});

afterEach(async () => {
  // Those of writers who did not look.
  await house.sql`delete from refunds where id like 'rfd_pay_%'`;
  await restoreGuards(house, 'payments');
  await house.close();
});

const wholeYen = 217_800;

const makeApproved = async (): Promise<BillingAccountId> => {
  const date = addDays(localDay('2027-01-12'), (days += 1));
  const uses = [{ room: 'exhibition-hall', configuration: 'a', date, band: 'daytime' }];
  const { id } = await makeApprovedBooking(house, { organizer, manager }, { uses });
  await house.runJobs();
  return id;
};

/** A booking paid by a transfer we saw on our own account. */
const makePaid = async () => {
  const billingAccountId = await makeApproved();
  const context = house.contextOf({ kind: 'import', name: 'test' });
  const payment = await context.transact((tx) =>
    receiveMoney(tx, context, {
      venueId: 'big-palette' as VenueId,
      method: 'bank_transfer',
      amountYen: wholeYen,
      receivedAt: house.clock.now(),
      cause: `bank_line:${billingAccountId}`,
      billingAccountId,
    }),
  );
  return { billingAccountId, paymentId: payment!.id };
};

type Paid = Awaited<ReturnType<typeof makePaid>>;

const propose = (paid: Paid, amountYen: number) =>
  house.call('/api/refunds', {
    as: finance,
    json: { ...paid, amountYen, reason: 'mistake', note: '入金の誤り', reducesCharge: false },
  });

const goingYen = async ({ paymentId }: Paid): Promise<number> => {
  const [row] = await house.sql`select coalesce(sum(amount_yen), 0)::int as yen from refunds
    where payment_id = ${paymentId} and state not in ('rejected', 'cancelled')`;
  return row!['yen'] as number;
};

const countOf = (answers: readonly { status: number }[], status: number) =>
  answers.filter((answer) => answer.status === status).length;

describe('twelve refunds of one payment at the same moment', () => {
  it('are one where there is money for one, and the others are told so', async () => {
    const paid = await makePaid();
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => propose(paid, wholeYen - 1_000)),
    );
    expect([countOf(answers, 201), countOf(answers, 409)]).toEqual([1, 11]);
    const codes = answers.filter(({ status }) => status === 409).map(({ body }) => body.error.code);
    expect(new Set(codes)).toEqual(new Set(['refunds.more_than_left']));
    expect(await goingYen(paid)).toBe(wholeYen - 1_000);
  });

  it('are as many as the payment is worth', async () => {
    const paid = await makePaid();
    const answers = await Promise.all(Array.from({ length: 12 }, () => propose(paid, 50_000)));
    expect(countOf(answers, 201)).toBe(4);
    expect(await goingYen(paid)).toBe(200_000);
  });
});

/** Writers who lock nothing and ask nobody. */
const writersWhoDoNotLook = ({ billingAccountId, paymentId }: Paid) =>
  Promise.allSettled(
    [1, 2, 3].map((at) =>
      house.sql.begin(
        (
          tx,
        ) => tx`insert into refunds (id, venue_id, payment_id, billing_account_id, amount_yen, reason, route,
            state, version, created_at, updated_at)
          values (${`rfd_${paymentId}_${at}`}, 'big-palette', ${paymentId}, ${billingAccountId},
            ${wholeYen - 1_000}, 'mistake', 'bank', 'approved', 1, now(), now())`,
      ),
    ),
  );

describe('past the rules', () => {
  it('the table refuses what is more than came', async () => {
    const paid = await makePaid();
    await writersWhoDoNotLook(paid);
    await writersWhoDoNotLook(paid);
    expect(await goingYen(paid)).toBe(wholeYen - 1_000);
  });

  it('without the guard of the table more goes back than came: the guard is what holds', async () => {
    const paid = await makePaid();
    await takeGuardAway();
    await writersWhoDoNotLook(paid);
    expect(await goingYen(paid)).toBeGreaterThan(wholeYen);
  });
});

describe('one refund decided and paid out by many at once', () => {
  it('is approved once, paid out once, and stands in the ledger once', async () => {
    const paid = await makePaid();
    const { body } = await propose(paid, 100_000);
    const { id } = body.refund;
    const act = (deed: string, as: Person, json: object = {}) =>
      house.call(`/api/refunds/${id}/${deed}`, { as, json });
    const decided = await Promise.all(Array.from({ length: 6 }, () => act('approve', manager)));
    expect([countOf(decided, 200), countOf(decided, 409)]).toEqual([1, 5]);
    await act('payee', finance, {
      bankCode: '0126',
      branchCode: '001',
      accountType: 'futsu',
      accountNumber: '1234567',
      holderKana: 'サトウ ハナコ',
    });
    const paidOut = await Promise.all(Array.from({ length: 6 }, () => act('payout', finance)));
    expect(countOf(paidOut, 200)).toBe(1);
    const [ledger] = await house.sql`select count(*)::int as count from money_events
      where refund_id = ${id} and kind = 'returned'`;
    expect(ledger!['count']).toBe(1);
  });
});

describe('an approved refund handed to Stripe by many workers at once', () => {
  it('is one refund there, and returned once here', async () => {
    const billingAccountId = await makeApproved();
    await house.call(`/api/bookings/${billingAccountId}/payments`, {
      as: organizer,
      json: { method: 'konbini', name: '佐藤 花子', email: 'h@example.jp', phone: '0249478010' },
    });
    house.stripe.payVoucher(house.stripe.listIntents().at(-1)!.id);
    await house.stripe.deliverDue();
    await house.runJobs();
    const seen = await house.call(`/api/bookings/${billingAccountId}/refunds`, { as: finance });
    const { body } = await propose(
      { billingAccountId, paymentId: seen.body.payments[0].id },
      100_000,
    );
    const { id } = body.refund;
    await house.call(`/api/refunds/${id}/approve`, { as: manager, json: {} });
    const job = house.contextOf({ kind: 'job', name: 'test' });
    await Promise.all([
      ...Array.from({ length: 5 }, () => executeRefund(job, id)),
      sweepRefunds(job),
      house.runJobs(),
    ]);
    expect(house.stripe.listRefunds()).toHaveLength(1);
    const [atStripe] = house.stripe.listRefunds();
    house.stripe.giveRefundAccount(atStripe!.id);
    house.stripe.settleRefund(atStripe!.id);
    await Promise.all(Array.from({ length: 5 }, () => sweepRefunds(job)));
    const [row] = await house.sql`select r.state, count(e.id)::int as count from refunds r
      join money_events e on e.refund_id = r.id where r.id = ${id} group by r.state`;
    expect(row).toMatchObject({ state: 'done', count: 1 });
  });
});
