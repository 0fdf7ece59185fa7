import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookingChargesJobs } from '#api/booking_charges/jobs.ts';
import { receiveMoney } from '#api/payments/actions/ledger.ts';
import type { BookingId, VenueId } from '#api/shared/ids.ts';
import { addDays, localDay } from '#api/shared/time.ts';
import {
  openTestApp,
  testSettings,
  type Organizer,
  type Person,
  type TestApp,
} from '#test/fixtures/app.ts';
import { askHold } from '#test/fixtures/asks.ts';
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
/** Within three months of today: half of the fee of an exhibition hall is kept. */
const nextDay = () => addDays(localDay('2027-01-12'), (days += 1));

const feeYen = 217_800;
const halfYen = 108_900;

const approve = (uses?: object[]) =>
  makeApprovedBooking(
    app,
    { organizer, manager },
    {
      uses: uses ?? [
        { room: 'exhibition-hall', configuration: 'a', date: nextDay(), band: 'daytime' },
      ],
    },
  );

const makeCharged = async (uses?: object[]) => {
  const booking = await approve(uses);
  await app.runJobs();
  return booking as { id: string; version: number };
};

const lookAt = async (id: string, as: Person = organizer, query = '') =>
  app.call(`/api/bookings/${id}/cancellation${query}`, { as });

const cancel = (
  { id, version }: { id: string; version: number },
  json: object = {},
  as: Person = organizer,
) =>
  app.call(`/api/bookings/${id}/cancel`, { as, json: { version, reason: '開催の中止', ...json } });

const payCash = async (id: string) => {
  const paid = await app.call(`/api/bookings/${id}/payments`, {
    as: desk,
    json: { method: 'cash' },
  });
  expect(paid.status, JSON.stringify(paid.body)).toBe(201);
};

const moneyOf = async (id: string, as: Person = organizer) =>
  (await app.call(`/api/bookings/${id}/payments`, { as })).body;

const stateOf = async (id: string) =>
  (await app.call(`/api/bookings/${id}`, { as: organizer })).body.booking as {
    state: string;
    version: number;
    cancelGround: string | null;
  };

/** Money a slip or the bank brings, whenever it does. */
const receive = async (id: string, amountYen: number, cause: string) => {
  const context = app.contextOf({ kind: 'job', name: 'test' });
  await context.transact((tx) =>
    receiveMoney(tx, context, {
      venueId: 'big-palette' as VenueId,
      billingAccountId: id as BookingId,
      method: 'slip',
      amountYen,
      receivedAt: app.clock.now(),
      cause,
    }),
  );
  await app.runJobs();
};

const refundsOf = (id: string) =>
  app.sql<{ amount_yen: number; reason: string; state: string }[]>`
    select amount_yen, reason, state from refunds where billing_account_id = ${id} order by created_at`;

describe('the table', () => {
  test('is open to all, with its source', async () => {
    const { status, body } = await app.call('/api/venues/big-palette/cancellation-terms');
    expect(status).toBe(200);
    const exhibition = body.terms.filter(
      ({ roomClass, deed }: { roomClass: string; deed: string }) =>
        roomClass === 'exhibition' && deed === 'cancel',
    );
    expect(exhibition).toHaveLength(4);
    expect(exhibition[0]).toMatchObject({
      beforeCount: 6,
      beforeUnit: 'month',
      keptBp: 3_000,
      publication: 'provisional',
    });
    expect(exhibition[0].source).toContain('暫定');
    expect((await app.call('/api/venues/nowhere/cancellation-terms')).status).toBe(404);
  });
});

describe('before applying', () => {
  const holdOf = async (uses: object[]) => {
    const json = askHold(organizer.organizationId, { uses });
    const held = await app.call('/api/bookings', { as: organizer, json });
    expect(held.status, JSON.stringify(held.body)).toBe(201);
    return held.body.booking as { id: string; version: number; holdExpiresAt: string };
  };

  const outlookOf = (id: string, as: Person = organizer) =>
    app.call(`/api/bookings/${id}/outlook`, { as });

  test('the organizer of a held booking is told what giving it up would cost from then on', async () => {
    const held = await holdOf([
      { room: 'exhibition-hall', configuration: 'a', date: nextDay(), band: 'daytime' },
    ]);
    const { status, body } = await outlookOf(held.id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      isTooLate: false,
      holdEndsAt: held.holdExpiresAt,
      cancellation: { noticedOn: '2026-11-24', feeYen, keptYen: halfYen, isProvisional: true },
    });
    expect(body.cancellation.steps.map(({ keptYen }: { keptYen: number }) => keptYen)).toEqual([
      0,
      65_340,
      halfYen,
      174_240,
      feeYen,
    ]);
    expect((await outlookOf(held.id, desk)).body.cancellation.keptYen).toBe(halfYen);
    expect((await outlookOf(held.id, stranger)).status).toBe(404);
  });

  test('is told while a decision is awaited too, and of a booking that is decided no more', async () => {
    const held = await holdOf([
      { room: 'exhibition-hall', configuration: 'a', date: nextDay(), band: 'daytime' },
    ]);
    const requested = await app.call(`/api/bookings/${held.id}/request`, {
      as: organizer,
      json: { version: held.version },
    });
    expect((await outlookOf(held.id)).body).toMatchObject({
      holdEndsAt: null,
      cancellation: { keptYen: halfYen },
    });
    await app.call(`/api/bookings/${held.id}/approve`, {
      as: manager,
      json: { version: requested.body.booking.version },
    });
    const decided = await outlookOf(held.id);
    expect(decided.status).toBe(409);
    expect(decided.body.error.code).toBe('bookings.not_allowed_in_state');
  });
});

describe('before it is confirmed', () => {
  test('the organizer and the staff see what is kept, why, and what comes back', async () => {
    const booking = await makeCharged();
    await payCash(booking.id);
    const { status, body } = await lookAt(booking.id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      isDone: false,
      version: booking.version,
      noticedOn: '2026-11-24',
      feeYen,
      keptYen: halfYen,
      paidYen: feeYen,
      comesBackYen: feeYen - halfYen,
      stillOwedYen: 0,
      isProvisional: true,
      waits: false,
    });
    expect(body.reasons[0].reasonJa).toContain('3か月前');
    expect(body.steps.map(({ keptYen }: { keptYen: number }) => keptYen)).toEqual([
      0,
      65_340,
      halfYen,
      174_240,
      feeYen,
    ]);
    expect((await lookAt(booking.id, manager, '?ground=force_majeure')).body).toMatchObject({
      keptYen: 0,
      comesBackYen: feeYen,
      steps: [],
    });
    expect((await lookAt(booking.id, stranger)).status).toBe(404);
    expect((await lookAt(booking.id, desk)).body.keptYen).toBe(halfYen);
    const held = await app.call('/api/bookings', {
      as: organizer,
      json: askHold(organizer.organizationId, {
        uses: [{ room: 'small-meeting-1', date: nextDay(), band: 'morning' }],
      }),
    });
    const early = await lookAt(held.body.booking.id);
    expect(early.body.error.code).toBe('bookings.not_allowed_in_state');
  });

  test('a figure that is no longer true is refused, and nothing happens', async () => {
    const booking = await makeCharged();
    const refused = await cancel(booking, { keptYen: 65_340 });
    expect(refused.status).toBe(409);
    expect(refused.body.error).toMatchObject({
      code: 'cancellations.figure_changed',
      detail: { keptYen: halfYen },
    });
    expect(refused.body.error.message).toContain('108,900');
    expect((await stateOf(booking.id)).state).toBe('approved');
    expect((await cancel(booking, { keptYen: halfYen })).status).toBe(200);
  });

  test('rooms of several classes are reckoned each by its own table', async () => {
    const date = nextDay();
    const booking = await makeCharged([
      { room: 'exhibition-hall', configuration: 'a', date, band: 'daytime' },
      { room: 'small-meeting-1', date, band: 'morning' },
    ]);
    const { body } = await lookAt(booking.id);
    expect(body.keptYen).toBe(halfYen);
    expect(
      body.reasons.map(({ roomClass, keptBp }: { roomClass: string; keptBp: number }) => [
        roomClass,
        keptBp,
      ]),
    ).toEqual([
      ['exhibition', 5_000],
      ['meeting', 0],
    ]);
  });
});

describe('a cancellation', () => {
  test('takes the charge back and charges what is kept, outside of the tax', async () => {
    const booking = await makeCharged();
    await payCash(booking.id);
    expect((await cancel(booking, { keptYen: halfYen })).status).toBe(200);
    await app.runJobs();
    await app.runJobs();
    const { charges, charge } = await moneyOf(booking.id);
    expect(charges).toEqual([
      expect.objectContaining({ kind: 'booking', isReversed: true }),
      expect.objectContaining({
        kind: 'cancellation',
        amountYen: halfYen,
        taxYen: 0,
        isReversed: false,
      }),
    ]);
    expect(charge.balanceYen).toBe(halfYen - feeYen);
    const [kept] = await app.sql`
      select tax_rate_bp, is_provisional from charges
      where billing_account_id = ${booking.id} and kind = 'cancellation'`;
    expect(kept).toEqual({ tax_rate_bp: 0, is_provisional: true });
    expect(await refundsOf(booking.id)).toEqual([
      { amount_yen: feeYen - halfYen, reason: 'cancellation', state: 'proposed' },
    ]);
    expect((await lookAt(booking.id)).body).toMatchObject({
      isDone: true,
      keptYen: halfYen,
      comesBackYen: feeYen - halfYen,
      ground: 'organizer',
    });
  });

  test('that was not paid leaves what is kept owed, and it can be paid', async () => {
    const booking = await makeCharged();
    await cancel(booking);
    await app.runJobs();
    expect((await lookAt(booking.id)).body).toMatchObject({ stillOwedYen: halfYen });
    await payCash(booking.id);
    expect((await lookAt(booking.id)).body).toMatchObject({ stillOwedYen: 0, comesBackYen: 0 });
    await app.runJobs();
    expect(await refundsOf(booking.id)).toEqual([]);
  });

  test('on another ground is for managers, and keeps nothing', async () => {
    const booking = await makeCharged();
    const refused = await cancel(booking, { ground: 'force_majeure' });
    expect(refused.status).toBe(403);
    expect(refused.body.error.code).toBe('bookings.ground_by_venue_only');
    expect((await cancel(booking, { ground: 'operator', keptYen: 0 }, finance)).status).toBe(404);
    expect((await cancel(booking, { ground: 'operator', keptYen: 0 }, manager)).status).toBe(200);
    await app.runJobs();
    expect(await stateOf(booking.id)).toMatchObject({
      state: 'cancelled',
      cancelGround: 'operator',
    });
    expect((await moneyOf(booking.id)).charges).toHaveLength(1);
  });

  test('is refused while somebody may stand at a till', async () => {
    const booking = await makeCharged();
    const started = await app.call(`/api/bookings/${booking.id}/payments`, {
      as: organizer,
      json: {
        method: 'konbini',
        name: '佐藤 花子',
        email: 'hanako@example.jp',
        phone: '0249478010',
      },
    });
    expect(started.status).toBe(201);
    expect((await lookAt(booking.id)).body.endsPayment).toBe(true);
    const [{ intent } = { intent: '' }] = await app.sql<{ intent: string }[]>`
      select stripe_payment_intent_id as intent from payment_attempts
      where billing_account_id = ${booking.id}`;
    app.stripe.holdAtTill(intent);
    const refused = await cancel(booking, { keptYen: halfYen });
    expect(refused.status).toBe(409);
    expect(refused.body.error.code).toBe('payments.cancel_not_definite');
    expect((await stateOf(booking.id)).state).toBe('approved');
    app.stripe.payVoucher(intent);
    await app.stripe.deliverDue();
    await app.runJobs();
    expect((await cancel(booking, { keptYen: halfYen })).status).toBe(200);
    await app.runJobs();
    expect((await lookAt(booking.id)).body).toMatchObject({ comesBackYen: feeYen - halfYen });
  });
});

describe('the letter about a cancellation', () => {
  const letterOf = async (id: string) => {
    const [letter] = await app.sql<{ body: string }[]>`
      select body from mails where subject_id = ${id} and topic = 'bookings.cancelled'`;
    return letter!.body;
  };

  test('says what is kept and what goes back', async () => {
    const booking = await makeCharged();
    await payCash(booking.id);
    await cancel(booking, { keptYen: halfYen });
    const body = await letterOf(booking.id);
    expect(body).toContain('取消料：108,900円');
    expect(body).toContain('お返しする額：108,900円');
    expect(body).not.toContain('お支払いいただく額');
  });

  test('says what is still owed', async () => {
    const booking = await makeCharged();
    await cancel(booking, { keptYen: halfYen });
    const body = await letterOf(booking.id);
    expect(body).toContain('取消料：108,900円');
    expect(body).toContain('お支払いいただく額：108,900円');
    expect(body).not.toContain('お返しする額');
  });

  test('says that nothing is kept, and that all of what was paid goes back', async () => {
    const booking = await makeCharged();
    await payCash(booking.id);
    await cancel(booking, { ground: 'operator', keptYen: 0 }, manager);
    const body = await letterOf(booking.id);
    expect(body).toContain('取消料：かかりません');
    expect(body).toContain('お返しする額：217,800円');
  });

  test('says that nothing is owed where nothing was paid and nothing is kept', async () => {
    const booking = await makeCharged();
    await cancel(booking, { ground: 'force_majeure', keptYen: 0 }, manager);
    const body = await letterOf(booking.id);
    expect(body).toContain('取消料：かかりません');
    expect(body).toContain('お返しする額：0円');
  });

  test('says that a figure not yet settled waits, and what comes back with it', async () => {
    const booking = await makeCharged();
    await payCash(booking.id);
    app.startAs({ ...app.house, settings: testSettings({ chargesProvisionalFees: false }) });
    await cancel(booking, { keptYen: halfYen });
    app.startAs(app.house);
    expect(await letterOf(booking.id)).toContain('割合が確定するまで待ちます');
  });
});

describe('money that comes for a booking given up unpaid', () => {
  const giveUp = async () => {
    const booking = await makeCharged();
    expect((await cancel(booking, { ground: 'unpaid', keptYen: 0 }, manager)).status).toBe(200);
    await app.runJobs();
    return booking;
  };

  test('brings it back where its rooms are still free', async () => {
    const { id } = await giveUp();
    await receive(id, feeYen, `test:${id}:late`);
    const restored = await stateOf(id);
    expect(restored).toMatchObject({ state: 'approved', cancelGround: null });
    expect((await moneyOf(id)).charge).toMatchObject({ paidYen: feeYen, balanceYen: 0 });
    const [taken] = await app.sql`
      select count(*)::int as cells from occupancies where booking_id = ${id} and released_at is null`;
    expect(taken!['cells']).toBeGreaterThan(0);
    expect(await refundsOf(id)).toEqual([]);
    const again = await cancel({ id, version: restored.version }, { keptYen: halfYen });
    expect(again.status).toBe(200);
    await app.runJobs();
    expect(await refundsOf(id)).toEqual([
      { amount_yen: feeYen - halfYen, reason: 'cancellation', state: 'proposed' },
    ]);
  });

  test('goes back where they went to another', async () => {
    const { id } = await giveUp();
    const [use] = await app.sql<{ used_on: string }[]>`
      select used_on::text from booking_uses where booking_id = ${id}`;
    await approve([
      { room: 'exhibition-hall', configuration: 'a', date: use!.used_on, band: 'daytime' },
    ]);
    await receive(id, feeYen, `test:${id}:late`);
    expect((await stateOf(id)).state).toBe('cancelled');
    expect(await refundsOf(id)).toEqual([
      { amount_yen: feeYen, reason: 'released', state: 'proposed' },
    ]);
  });

  test('goes back where it is not enough, or the organizer had given up', async () => {
    const { id } = await giveUp();
    await receive(id, 1_000, `test:${id}:late`);
    expect(await refundsOf(id)).toEqual([
      { amount_yen: 1_000, reason: 'released', state: 'proposed' },
    ]);
    const other = await makeCharged();
    await cancel(other);
    await app.runJobs();
    await receive(other.id, feeYen, `test:${other.id}:late`);
    expect(await refundsOf(other.id)).toEqual([
      { amount_yen: feeYen - halfYen, reason: 'released', state: 'proposed' },
    ]);
  });
});

interface ShownUse {
  readonly id: string;
  readonly roomId: string;
  readonly configurationId: string;
  readonly usedOn: string;
  readonly bandCode: string;
  readonly phase: string;
}

/** The booking as it is, with its use in another band. */
const askBand = async (id: string, band: string) => {
  const { body } = await app.call(`/api/bookings/${id}`, { as: organizer });
  const { title, purpose, admissionMaxYen, isCommercial, isPublic, uses } = body.booking;
  return {
    version: body.booking.version as number,
    asked: {
      title,
      purpose,
      admissionMaxYen,
      isCommercial,
      isPublic,
      uses: (uses as ShownUse[]).map((use) => ({
        id: use.id,
        room: use.roomId,
        configuration: use.configurationId,
        date: use.usedOn,
        phase: use.phase,
        band,
      })),
    },
  };
};

describe('a change that lowers the price', () => {
  /** Within a month of today: a fifth of what an exhibition hall falls by. */
  const makeSoon = (date: string) =>
    makeCharged([{ room: 'exhibition-hall', configuration: 'a', date, band: 'daytime' }]);

  test('costs the share the organizer saw before, outside of the tax', async () => {
    const { id } = await makeSoon('2026-12-20');
    const { version, asked } = await askBand(id, 'morning');
    const preview = await app.call(`/api/bookings/${id}/amendments/preview`, {
      as: organizer,
      json: { asked },
    });
    const fallenYen = -preview.body.differenceYen;
    expect(fallenYen).toBeGreaterThan(0);
    const fee = await app.call(`/api/bookings/${id}/change-fee`, {
      as: organizer,
      json: { asked },
    });
    const feeYenOf = Math.floor((fallenYen * 2_000) / 10_000);
    expect(fee.body).toMatchObject({ keptYen: feeYenOf, isProvisional: true });
    expect(fee.body.reasons[0].reasonJa).toContain('減る利用料金');
    const other = await app.call(`/api/bookings/${id}/change-fee`, {
      as: manager,
      json: { asked },
    });
    expect(other.body.keptYen).toBe(0);
    const amended = await app.call(`/api/bookings/${id}/amendments`, {
      as: organizer,
      json: { version, asked, reason: '規模の縮小' },
    });
    expect(amended.status, JSON.stringify(amended.body)).toBe(200);
    if (amended.body.outcome === 'proposed') {
      const { body } = await app.call(`/api/bookings/${id}/amendments`, { as: manager });
      const accepted = await app.call(
        `/api/bookings/${id}/amendments/${body.amendments[0].id}/accept`,
        { as: manager, json: {} },
      );
      expect(accepted.status, JSON.stringify(accepted.body)).toBe(200);
    }
    await app.runJobs();
    const { charges, charge } = await moneyOf(id);
    expect(charges.at(-1)).toMatchObject({ kind: 'change', amountYen: feeYenOf, taxYen: 0 });
    expect(charge.balanceYen).toBe(feeYen - fallenYen + feeYenOf);
    expect((await lookAt(id)).body).toMatchObject({ changeFeesYen: feeYenOf });
  });

  test('costs nothing where it is early enough, or the venue wanted it', async () => {
    const early = await makeCharged();
    const asked = await askBand(early.id, 'morning');
    const fee = await app.call(`/api/bookings/${early.id}/change-fee`, {
      as: organizer,
      json: { asked: asked.asked },
    });
    expect(fee.body.keptYen).toBe(0);
    const { id } = await makeSoon('2026-12-21');
    const changed = await app.call(`/api/bookings/${id}/amendments`, {
      as: manager,
      json: {
        ...(await askBand(id, 'morning')),
        reason: '設備の故障',
        consent: { givenBy: '佐藤', channel: 'phone', note: '午後は使えないことを電話で確認' },
      },
    });
    expect(changed.body.outcome).toBe('amended');
    await app.runJobs();
    expect((await moneyOf(id)).charges).toHaveLength(1);
  });
});

describe('what a person has to look at', () => {
  test('is flagged on the booking and in the list of payments', async () => {
    const booking = await makeCharged();
    await payCash(booking.id);
    expect((await moneyOf(booking.id)).flags).toEqual([]);
    await cancel(booking, { keptYen: halfYen });
    await app.runJobs();
    expect((await moneyOf(booking.id)).flags).toEqual(['paid_after_release']);
    const listed = await app.call('/api/payments?venue=big-palette', { as: finance });
    const own = listed.body.payments.find(
      (payment: { billingAccountId: string }) => payment.billingAccountId === booking.id,
    );
    expect(own.flags).toEqual(['paid_after_release']);
    const before = listed.body.unmatched as { count: number; yen: number };
    const context = app.contextOf({ kind: 'job', name: 'test' });
    await context.transact((tx) =>
      receiveMoney(tx, context, {
        venueId: 'big-palette' as VenueId,
        method: 'bank_transfer',
        amountYen: 777,
        receivedAt: app.clock.now(),
        cause: `test:${booking.id}:pot`,
      }),
    );
    const again = await app.call('/api/payments?venue=big-palette', { as: finance });
    expect(again.body.unmatched).toEqual({ count: before.count + 1, yen: before.yen + 777 });
  });
});

describe('a figure the operator has not published', () => {
  test('waits for the operator’s word, and so does what comes back', async () => {
    const booking = await makeCharged();
    await payCash(booking.id);
    const cautious = testSettings({ chargesProvisionalFees: false });
    app.startAs({ ...app.house, settings: cautious });
    expect((await lookAt(booking.id)).body).toMatchObject({ keptYen: halfYen, waits: true });
    await cancel(booking, { keptYen: halfYen });
    await app.runJobs();
    expect((await moneyOf(booking.id)).charges).toEqual([
      expect.objectContaining({ kind: 'booking', isReversed: true }),
    ]);
    expect(await refundsOf(booking.id)).toEqual([]);
    app.startAs(app.house);
    await bookingChargesJobs['booking_charges.charge_waiting'](
      app.contextOf({ kind: 'job', name: 'test' }),
    );
    await app.runJobs();
    expect(await refundsOf(booking.id)).toEqual([
      { amount_yen: feeYen - halfYen, reason: 'cancellation', state: 'proposed' },
    ]);
  });
});
