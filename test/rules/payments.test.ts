import { describe, expect, test } from 'vitest';
import {
  applyNews,
  closedUnstarted,
  decideCancelRequest,
  isLive,
  type Attempt,
  type AttemptState,
  type IntentNews,
  type Transfer,
  type Voucher,
} from '#api/payments/rules/attempt.ts';
import type { Charge } from '#api/payments/rules/charge.ts';
import { dueDayOf } from '#api/payments/rules/due_day.ts';
import { shareReduction } from '#api/payments/rules/ledger.ts';
import { instantText, receivedMail, voucherMail } from '#api/payments/rules/mails.ts';
import {
  decidePayment,
  offeredMethods,
  productDescription,
  voucherExpiry,
  type Situation,
} from '#api/payments/rules/offer.ts';
import { reminderAt } from '#api/payments/rules/reminder.ts';
import { fundedMail, transferMail } from '#api/payments/rules/transfer_mails.ts';
import { startPaymentSchema } from '#api/payments/schema.ts';
import { sentenceOf } from '#api/shared/error.ts';
import type { Actor } from '#api/shared/actor.ts';
import type {
  AccountId,
  AttemptId,
  BookingId,
  ChargeId,
  OrganizationId,
  VenueId,
} from '#api/shared/ids.ts';
import { localDay } from '#api/shared/time.ts';

const now = new Date('2026-11-24T01:00:00Z');
const later = new Date('2026-11-25T01:00:00Z');

const voucher: Voucher = {
  hostedVoucherUrl: 'http://localhost:3000/stand-in/stripe/vouchers/pi_1',
  expiresAt: '2026-12-08T12:00:00.000Z',
  stores: {
    familymart: { paymentCode: '123456', confirmationNumber: '0249478010' },
    lawson: { paymentCode: '234567', confirmationNumber: '0249478010' },
    ministop: { paymentCode: '345678' },
    seicomart: null,
  },
};

const makeAttempt = (changes: Partial<Attempt> = {}): Attempt => ({
  id: 'pat_1' as AttemptId,
  chargeId: 'chg_1' as ChargeId,
  billingAccountId: 'bkg_1' as BookingId,
  method: 'konbini',
  state: 'pending',
  amountYen: 217_800,
  stripePaymentIntentId: 'pi_1',
  voucher,
  transfer: null,
  fundedYen: 0,
  handedYen: null,
  remindedAt: null,
  expiresAt: new Date(voucher.expiresAt),
  confirmedAt: null,
  failureCode: null,
  paidVia: null,
  createdAt: now,
  updatedAt: now,
  ...changes,
});

const makeNews = (changes: Partial<IntentNews> = {}): IntentNews => ({
  intentId: 'pi_1',
  outcome: 'open',
  voucher: null,
  transfer: null,
  fundedYen: 0,
  expiresAt: null,
  paidAt: null,
  paidVia: null,
  failureCode: null,
  ...changes,
});

const paid = makeNews({ outcome: 'paid', paidAt: later, paidVia: 'lawson' });
const everyState: AttemptState[] = [
  'created',
  'pending',
  'confirmed',
  'failed',
  'cancel_requested',
  'cancelled',
];

const organizer: Actor = {
  kind: 'organizer',
  accountId: 'acc_1' as AccountId,
  organizationIds: ['org_1' as OrganizationId],
};
const staff = (role: 'desk' | 'finance' | 'manager'): Actor => ({
  kind: 'staff',
  accountId: 'acc_2' as AccountId,
  roles: { 'big-palette': [role] },
});

const makeCharge = (changes: Partial<Charge> = {}): Charge => ({
  id: 'chg_1' as ChargeId,
  billingAccountId: 'bkg_1' as BookingId,
  kind: 'booking',
  cause: null,
  amountYen: 217_800,
  taxYen: 19_800,
  taxRateBp: 1_000,
  isProvisional: false,
  dueOn: localDay('2026-12-08'),
  createdAt: now,
  reversedAt: null,
  ...changes,
});

const makeSituation = (changes: Partial<Situation> = {}): Situation => ({
  billingAccount: { stage: 'agreed', venueId: 'big-palette' as VenueId, isProvisional: false },
  charge: makeCharge(),
  owedYen: 217_800,
  actor: organizer,
  hasStripe: true,
  chargesProvisionalFees: true,
  now,
  ...changes,
});

const refusalOf = (method: Attempt['method'], changes: Partial<Situation> = {}) => {
  const decided = decidePayment(method, makeSituation(changes));
  return decided.ok ? undefined : decided.error.code;
};

describe('an attempt', () => {
  test.each(everyState)('that is %s is confirmed when the money has arrived', (state) => {
    const after = applyNews(makeAttempt({ state }), paid, later);
    expect(after.state).toBe('confirmed');
  });

  test('keeps when and how it was paid', () => {
    expect(
      applyNews(makeAttempt({ state: 'failed', failureCode: 'expired' }), paid, later),
    ).toEqual(
      makeAttempt({
        state: 'confirmed',
        confirmedAt: later,
        paidVia: 'lawson',
        failureCode: null,
        updatedAt: later,
      }),
    );
  });

  test.each(['open', 'unpaid', 'cancelled', 'paid'] as const)(
    'that is confirmed stays as it is when it hears "%s"',
    (outcome) => {
      const confirmed = makeAttempt({ state: 'confirmed', confirmedAt: now, paidVia: 'lawson' });
      expect(applyNews(confirmed, makeNews({ outcome, paidAt: later }), later)).toBe(confirmed);
    },
  );

  test('is pending once Stripe has issued the voucher', () => {
    const created = makeAttempt({ state: 'created', voucher: null, stripePaymentIntentId: null });
    const news = makeNews({ voucher, expiresAt: new Date(voucher.expiresAt) });
    const after = applyNews(created, news, later);
    expect(after).toMatchObject({ state: 'pending', voucher, stripePaymentIntentId: 'pi_1' });
  });

  test('fails when a voucher was not paid', () => {
    const news = makeNews({ outcome: 'unpaid', failureCode: 'attempt_expired' });
    const after = applyNews(makeAttempt(), news, later);
    expect(after).toMatchObject({ state: 'failed', failureCode: 'attempt_expired' });
    expect(applyNews(makeAttempt(), makeNews({ outcome: 'unpaid' }), later).failureCode).toBe(
      'expired',
    );
  });

  test('by card stays open after a decline, since another card may follow', () => {
    const news = makeNews({ outcome: 'unpaid', failureCode: 'generic_decline' });
    const after = applyNews(makeAttempt({ method: 'card', voucher: null }), news, later);
    expect(after).toMatchObject({ state: 'pending', failureCode: 'generic_decline' });
  });

  test('to be cancelled stays so until the answer is definite', () => {
    const asked = makeAttempt({ state: 'cancel_requested' });
    expect(applyNews(asked, makeNews(), later).state).toBe('cancel_requested');
    expect(applyNews(asked, makeNews({ outcome: 'cancelled' }), later).state).toBe('cancelled');
    expect(applyNews(asked, makeNews({ outcome: 'unpaid' }), later).state).toBe('cancelled');
  });

  test.each(['failed', 'cancelled'] as const)('that is %s is not opened by late news', (state) => {
    expect(applyNews(makeAttempt({ state }), makeNews(), later).state).toBe(state);
    expect(applyNews(makeAttempt({ state }), makeNews({ outcome: 'cancelled' }), later).state).toBe(
      state,
    );
  });

  test('is live while it may still bring money', () => {
    const live = everyState.filter((state) => isLive(makeAttempt({ state })));
    expect(live).toEqual(['created', 'pending', 'cancel_requested']);
  });

  test('is cancelled in two steps, unless it is paid or only just begun', () => {
    const decide = (state: AttemptState) => decideCancelRequest(makeAttempt({ state }), later);
    expect(decide('pending')).toMatchObject({ ok: true, value: { state: 'cancel_requested' } });
    expect(decide('cancelled')).toMatchObject({ ok: true, value: { state: 'cancelled' } });
    expect(decide('confirmed')).toMatchObject({ error: { code: 'payments.not_cancellable' } });
    expect(decide('created')).toMatchObject({ error: { code: 'payments.attempt_live' } });
  });

  test('Stripe never heard of is closed as not begun', () => {
    const unsent = { stripePaymentIntentId: null };
    const close = (changes: Partial<Attempt>) => closedUnstarted(makeAttempt(changes), later);
    expect(close({ state: 'created', ...unsent })).toMatchObject({
      state: 'failed',
      failureCode: 'not_started',
    });
    expect(close({ state: 'cancel_requested', ...unsent }).state).toBe('cancelled');
    expect(close({ state: 'pending' }).state).toBe('pending');
    expect(close({ state: 'confirmed', ...unsent }).state).toBe('confirmed');
  });
});

const account: Transfer = {
  bankCode: '9999',
  bankName: '試験銀行',
  branchCode: '101',
  branchName: '振込用支店',
  accountType: 'futsu',
  accountNumber: '1234567',
  accountHolder: 'カイカン',
  hostedInstructionsUrl: null,
};
const makeTransfer = (changes: Partial<Attempt> = {}) =>
  makeAttempt({ method: 'bank_transfer', voucher: null, expiresAt: null, ...changes });

describe('a transfer', () => {
  test('learns its account, and what has arrived never becomes less', () => {
    const opened = applyNews(
      makeTransfer({ state: 'created' }),
      makeNews({ transfer: account }),
      later,
    );
    expect(opened).toMatchObject({ state: 'pending', transfer: account, expiresAt: null });
    const funded = applyNews(opened, makeNews({ fundedYen: 5_000 }), later);
    expect(applyNews(funded, makeNews({ fundedYen: 3_000 }), later)).toMatchObject({
      transfer: account,
      fundedYen: 5_000,
    });
    expect(applyNews(funded, paid, later)).toMatchObject({ fundedYen: 217_800 });
  });

  test('is told with its account, and with what is missing', () => {
    const subject = {
      number: 'R08-BP-000123',
      title: '展示会',
      page: '/bookings/bkg_1',
      name: '佐藤 花子',
      language: 'ja' as const,
      publicUrl: 'http://localhost:3000',
    };
    const opened = transferMail(makeTransfer(), account, subject);
    expect(opened.body).toContain('口座：普通 1234567');
    expect(opened.body).toContain('お振込金額：217,800円');
    const funded = fundedMail(makeTransfer({ fundedYen: 17_800 }), account, subject);
    expect(funded.body).toContain('これまでの入金：17,800円');
    expect(funded.body).toContain('残り：200,000円');
  });
});

describe('a reminder of a voucher', () => {
  const at = (hours: number) =>
    reminderAt({ createdAt: now, expiresAt: new Date(now.getTime() + hours * 3_600_000) });

  test.each([
    [72, 48],
    [49, 25],
    [48, 45],
    [7, 4],
  ])('that lives %i hours comes after %i', (life, hours) => {
    expect(at(life)?.getTime()).toBe(now.getTime() + hours * 3_600_000);
  });

  test('is not sent where the letter with its numbers is only hours old', () => {
    expect(at(6)).toBeUndefined();
    expect(reminderAt({ createdAt: now, expiresAt: null })).toBeUndefined();
  });
});

describe('the due day', () => {
  const approvedAt = new Date('2026-11-24T02:00:00Z');
  const firstUse = (day: string) => new Date(`${day}T00:00:00Z`);

  test('is some days after approval', () => {
    expect(dueDayOf(approvedAt, 30, firstUse('2027-02-14'), now)).toBe('2026-12-24');
  });

  test('is the day before the first use where that is earlier', () => {
    expect(dueDayOf(approvedAt, 30, firstUse('2026-12-01'), now)).toBe('2026-11-30');
  });

  test('is today at the earliest', () => {
    expect(dueDayOf(approvedAt, 30, firstUse('2026-11-24'), now)).toBe('2026-11-24');
  });
});

describe('a voucher', () => {
  test('ends three hours before the due day does, so that the failure is known in time', () => {
    const expiresAt = voucherExpiry(localDay('2026-11-30'), now);
    expect(expiresAt?.toISOString()).toBe('2026-11-30T12:00:00.000Z');
  });

  test('lasts fourteen days at most', () => {
    const expiresAt = voucherExpiry(localDay('2027-01-31'), now);
    expect(expiresAt?.toISOString()).toBe('2026-12-08T12:00:00.000Z');
  });

  test('after the due day ends this evening', () => {
    const expiresAt = voucherExpiry(localDay('2026-11-20'), now);
    expect(expiresAt?.toISOString()).toBe('2026-11-24T12:00:00.000Z');
  });

  test('is not issued when the till would have no time for it', () => {
    const evening = new Date('2026-11-24T11:25:00Z');
    expect(voucherExpiry(localDay('2026-11-24'), evening)).toBeUndefined();
    expect(voucherExpiry(localDay('2026-11-24'), new Date('2026-11-24T11:24:59Z'))).toBeDefined();
  });

  test('names the booking in 22 characters', () => {
    expect(productDescription('R08-BP-000123')).toBe('利用料金 R08-BP-000123');
    expect(productDescription('R08-LONGVENUE-000000123').length).toBeLessThanOrEqual(22);
  });
});

describe('the ways to pay', () => {
  const availability = (changes: Partial<Situation> = {}) =>
    Object.fromEntries(
      offeredMethods(makeSituation(changes)).map(({ method, isAvailable }) => [
        method,
        isAvailable,
      ]),
    );

  test('are card, konbini and an account of their own for an organizer, and why not the others', () => {
    expect(availability()).toEqual({
      card: true,
      konbini: true,
      bank_transfer: true,
      cash: false,
      slip: false,
    });
    const cash = offeredMethods(makeSituation()).find(({ method }) => method === 'cash');
    expect(cash?.reasonJa).toContain('窓口');
    expect(cash?.reasonEn).toContain('desk');
  });

  test('include cash at the desk, and transfers for who keeps the books', () => {
    expect(availability({ actor: staff('desk') })).toMatchObject({
      cash: true,
      bank_transfer: false,
    });
    expect(availability({ actor: staff('finance') })).toMatchObject({
      cash: true,
      bank_transfer: true,
    });
    expect(refusalOf('bank_transfer', { hasStripe: false })).toBe(
      'payments.transfer_by_venue_only',
    );
    expect(refusalOf('cash')).toBe('payments.at_desk_only');
    expect(refusalOf('bank_transfer', { actor: staff('desk') })).toBe(
      'payments.transfer_by_venue_only',
    );
    expect(refusalOf('slip', { actor: staff('desk') })).toBe('payments.slip_by_venue_only');
    expect(availability({ actor: staff('finance') })).toMatchObject({ slip: true });
  });

  test.each([119, 300_001, 721_600])(
    'leave konbini out for %i yen and say what else',
    (owedYen) => {
      expect(refusalOf('konbini', { owedYen })).toBe('payments.konbini_amount_out_of_range');
      const konbini = offeredMethods(makeSituation({ owedYen })).find(
        ({ method }) => method === 'konbini',
      );
      expect(konbini?.reasonJa).toContain('120円以上300,000円以下');
      expect(konbini?.reasonJa).toContain('クレジットカード');
      expect(refusalOf('card', { owedYen })).toBeUndefined();
    },
  );

  test.each([1, 49])('leave the card out for %i yen, which Stripe does not take', (owedYen) => {
    expect(refusalOf('card', { owedYen })).toBe('payments.card_amount_too_small');
    expect(refusalOf('card', { owedYen: 50 })).toBeUndefined();
    expect(refusalOf('bank_transfer', { owedYen })).toBeUndefined();
  });

  test.each([120, 300_000])('include konbini for %i yen', (owedYen) => {
    expect(refusalOf('konbini', { owedYen })).toBeUndefined();
  });

  test('leave konbini out on the last evening', () => {
    const evening = new Date('2026-12-08T11:30:00Z');
    expect(refusalOf('konbini', { now: evening })).toBe('payments.konbini_too_late');
    expect(refusalOf('card', { now: evening })).toBeUndefined();
  });

  test('are closed for provisional fees unless the operator opens them', () => {
    const charge = makeCharge({ isProvisional: true });
    const { billingAccount } = makeSituation();
    const account = { ...billingAccount, isProvisional: true };
    const closed = { charge, billingAccount: account, chargesProvisionalFees: false };
    for (const method of ['card', 'konbini'] as const) {
      expect(refusalOf(method, closed)).toBe('payments.provisional_not_chargeable');
    }
    expect(refusalOf('cash', { ...closed, actor: staff('finance') })).toBe(
      'payments.provisional_not_chargeable',
    );
    expect(refusalOf('card', { charge, billingAccount: account })).toBeUndefined();
  });

  test('are closed when nothing is owed, before approval, and until the charge is made', () => {
    expect(refusalOf('card', { owedYen: 0 })).toBe('payments.nothing_to_pay');
    expect(refusalOf('card', { owedYen: -500 })).toBe('payments.nothing_to_pay');
    expect(refusalOf('card', { charge: undefined })).toBe('payments.charge_not_ready');
    const billingAccount = { ...makeSituation().billingAccount, stage: 'proposed' } as const;
    expect(refusalOf('card', { billingAccount })).toBe('payments.not_payable');
  });

  test('are at the venue only where no online payment is set up', () => {
    expect(refusalOf('card', { hasStripe: false })).toBe('payments.online_unavailable');
    expect(refusalOf('konbini', { hasStripe: false })).toBe('payments.online_unavailable');
    expect(refusalOf('cash', { hasStripe: false, actor: staff('desk') })).toBeUndefined();
  });

  test('were all there in an imported past', () => {
    const actor: Actor = { kind: 'import', name: 'world' };
    expect(refusalOf('konbini', { actor, hasStripe: false, owedYen: 900_000 })).toBeUndefined();
  });

  test('are refused in whole sentences with their limits', () => {
    const decided = decidePayment('konbini', makeSituation({ owedYen: 400_000 }));
    if (decided.ok) throw new Error('expected a refusal');
    expect(sentenceOf(decided.error, 'en')).toContain('¥120 to ¥300,000');
    expect(decided.error.options.detail).toEqual({
      minYen: 120,
      maxYen: 300_000,
      amountYen: 400_000,
    });
  });
});

describe('who pays at a store', () => {
  const parse = (changes: Record<string, unknown> = {}) =>
    startPaymentSchema.safeParse({
      method: 'konbini',
      name: ' 佐藤 花子 ',
      email: 'Ｈａｎａｋｏ＠example.jp',
      phone: '０２４－９４７－８０１０',
      ...changes,
    });

  test('may type full-width letters and hyphens', () => {
    expect(parse().data).toEqual({
      method: 'konbini',
      name: '佐藤 花子',
      email: 'hanako@example.jp',
      phone: '0249478010',
    });
    expect(parse({ name: 'ｻﾄｳ ﾊﾅｺ' }).data).toMatchObject({ name: 'サトウ ハナコ' });
  });

  test.each([{ name: '' }, { email: 'hanako' }, { phone: '12345' }, { phone: '0000000000' }])(
    'must give a name, an address and a number that can be used: %o',
    (changes) => {
      expect(parse(changes).success).toBe(false);
    },
  );
});

describe('the mails', () => {
  const to = {
    number: 'R08-BP-000123',
    title: '秋の住宅フェア',
    page: '/bookings/bkg_1',
    name: '佐藤 花子',
    language: 'ja' as const,
    publicUrl: 'https://kaikan.example.jp',
  };

  test('about a voucher carry amount, deadline and the numbers of every store that has them', () => {
    const { subject, body } = voucherMail(makeAttempt(), voucher, to);
    expect(subject).toBe('【会館】コンビニでのお支払いのご案内（R08-BP-000123）');
    expect(body).toContain('お支払い金額：217,800円');
    expect(body).toContain('お支払い期限：2026年12月8日(火) 21:00');
    expect(body).toContain('・ファミリーマート：払込番号 123456／確認番号 0249478010');
    expect(body).toContain('・ミニストップ：払込番号 345678\n');
    expect(body).not.toContain('セイコーマート');
    expect(body).toContain('https://kaikan.example.jp/bookings/bkg_1/payments/pat_1');
  });

  test('about the arrival say how and when it was paid', () => {
    const attempt = makeAttempt({ state: 'confirmed', confirmedAt: later });
    const { subject, body } = receivedMail(attempt, to);
    expect(subject).toBe('【会館】入金を確認しました（R08-BP-000123）');
    expect(body).toContain('お支払い方法：コンビニ');
    expect(body).toContain('お支払い日時：2026年11月25日(水) 10:00');
    expect(body).toContain('https://kaikan.example.jp/bookings/bkg_1');
    expect(receivedMail(makeAttempt({ method: 'cash' }), to).body).not.toContain('お支払い日時');
  });

  test('speak of the clock of the venue', () => {
    expect(instantText(new Date('2026-12-31T15:05:00Z'))).toBe('2027年1月1日(金) 00:05');
  });
});

describe('a reduction', () => {
  const standing = (...yen: number[]) =>
    yen.map((standingYen, at) => ({ id: `chg_${at + 1}` as Charge['id'], standingYen }));

  test.each([
    ['comes off the newest charge', standing(100, 300), 200, { chg_2: 200 }],
    ['goes on with the one before', standing(100, 300), 350, { chg_2: 300, chg_1: 50 }],
    ['leaves no charge below nothing', standing(100, 300), 400, { chg_2: 300, chg_1: 100 }],
    ['passes over what is reduced already', standing(100, 0), 30, { chg_1: 30 }],
  ])('%s', (_, charges, reductionYen, shares) => {
    const parts = shareReduction(charges, reductionYen);
    expect(Object.fromEntries(parts.map(({ id, amountYen }) => [id, amountYen]))).toEqual(shares);
  });
});
