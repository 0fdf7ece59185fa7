import { describe, expect, test } from 'vitest';
import {
  allowedActs,
  decideApproval,
  decideCancel,
  decidePayee,
  decidePayout,
  decideRejection,
  limitOf,
  type MoneyLimit,
} from '#api/refunds/rules/decide.ts';
import { refundMail, refundMails } from '#api/refunds/rules/mails.ts';
import { holderKanaOf, isHolderKana } from '#api/refunds/rules/payee.ts';
import {
  applyRefundNews,
  isReturned,
  leftOfPayments,
  refundStates,
  refusedAtStripe,
  routeOf,
  shareOverpaid,
  type Payee,
  type Refund,
  type RefundNews,
  type RefundState,
} from '#api/refunds/rules/refund.ts';
import { checkOwed, decideWriteOff, type WriteOff } from '#api/refunds/rules/write_off.ts';
import { payeeSchema } from '#api/refunds/schema.ts';
import type { Actor, StaffRole } from '#api/shared/actor.ts';
import type { AccountId, BillingAccountId, PaymentId, RefundId, VenueId } from '#api/shared/ids.ts';

const now = new Date('2026-11-24T01:00:00Z');
const later = new Date('2026-11-25T01:00:00Z');
const venueId = 'big-palette' as VenueId;

const staff = (role: StaffRole, name = `acc_${role}`): Actor => ({
  kind: 'staff',
  accountId: name as AccountId,
  roles: { 'big-palette': [role] },
});

const payee: Payee = {
  bankCode: '0126',
  branchCode: '001',
  accountType: 'futsu',
  accountNumber: '0001234',
  holderKana: 'サトウ ハナコ',
};

const refund = (changes: Partial<Refund> = {}): Refund => ({
  id: 'rfd_1' as RefundId,
  venueId,
  paymentId: 'pay_1' as PaymentId,
  billingAccountId: 'bkg_1' as BillingAccountId,
  amountYen: 217_800,
  reason: 'overpaid',
  note: null,
  reducesCharge: false,
  route: 'stripe',
  state: 'proposed',
  cause: null,
  stripeRefundId: null,
  failureCode: null,
  expiresAt: null,
  payee: null,
  requestedByAccountId: 'acc_asked' as AccountId,
  decidedByAccountId: null,
  decidedAt: null,
  decisionReason: null,
  paidOutByAccountId: null,
  finishedAt: null,
  version: 1,
  createdAt: now,
  updatedAt: now,
  ...changes,
});

const limits: MoneyLimit[] = (
  [
    ['finance', 300_000],
    ['manager', 1_000_000],
    ['administrator', 2_000_000_000],
  ] as const
).flatMap(([role, yenMost]) =>
  (['refund', 'write_off'] as const).map((deed) => ({
    venueId,
    deed,
    role,
    yenMost,
    publication: 'provisional' as const,
    source: '暫定',
  })),
);

const by = (actor: Actor) => ({ actor, limits, reason: null, now });
const codeOf = (result: { ok: boolean; error?: { code: string } }) =>
  result.ok ? 'ok' : result.error!.code;

describe('how money goes back', () => {
  test('is the way it came, and by our own transfer where we saw it on our own account', () => {
    expect(routeOf({ method: 'card' }, true)).toBe('stripe');
    expect(routeOf({ method: 'konbini' }, true)).toBe('stripe');
    expect(routeOf({ method: 'bank_transfer' }, true)).toBe('stripe');
    expect(routeOf({ method: 'bank_transfer' }, false)).toBe('bank');
    expect(routeOf({ method: 'slip' }, false)).toBe('bank');
    expect(routeOf({ method: 'cash' }, false)).toBe('cash');
  });
});

describe('who decides', () => {
  test('is finance or a manager of the venue, each up to their limit', () => {
    expect(codeOf(decideApproval(refund(), by(staff('finance'))))).toBe('ok');
    expect(codeOf(decideApproval(refund(), by(staff('desk'))))).toBe('accounts.forbidden');
    const big = refund({ amountYen: 300_001 });
    expect(codeOf(decideApproval(big, by(staff('finance'))))).toBe('refunds.over_limit');
    expect(codeOf(decideApproval(big, by(staff('manager'))))).toBe('ok');
    const bigger = refund({ amountYen: 1_000_001 });
    expect(codeOf(decideApproval(bigger, by(staff('manager'))))).toBe('refunds.over_limit');
    expect(codeOf(decideApproval(bigger, by(staff('administrator'))))).toBe('ok');
  });

  test('is never who asked; what the house asks for by a rule needs one person', () => {
    const mine = refund({ requestedByAccountId: 'acc_manager' as AccountId });
    expect(codeOf(decideApproval(mine, by(staff('manager'))))).toBe('refunds.own_request');
    expect(codeOf(decideRejection(mine, by(staff('manager'))))).toBe('refunds.own_request');
    expect(codeOf(decideApproval(mine, by(staff('manager', 'acc_other'))))).toBe('ok');
    const ofHouse = refund({ requestedByAccountId: null });
    expect(codeOf(decideApproval(ofHouse, by(staff('manager'))))).toBe('ok');
  });

  test('is a person: no job and no other venue', () => {
    const job: Actor = { kind: 'job', name: 'refunds.sweep' };
    expect(codeOf(decideApproval(refund(), by(job)))).toBe('accounts.forbidden');
    const elsewhere = refund({ venueId: 'corasse' as VenueId });
    expect(codeOf(decideApproval(elsewhere, by(staff('manager'))))).toBe('accounts.forbidden');
  });

  test('is an administrator where the operator has set no limits', () => {
    expect(limitOf(staff('administrator'), venueId, [], 'refund')).toBe(2_000_000_000);
    expect(limitOf(staff('manager'), venueId, [], 'refund')).toBe(0);
    const elsewhere = limits.map((limit) => ({ ...limit, venueId: 'corasse' as VenueId }));
    expect(limitOf(staff('manager'), venueId, elsewhere, 'refund')).toBe(0);
  });

  test('decides once', () => {
    for (const state of refundStates.filter((one) => one !== 'proposed')) {
      expect(codeOf(decideApproval(refund({ state }), by(staff('manager'))))).toBe(
        'refunds.not_allowed_in_state',
      );
    }
  });
});

const news = (state: RefundNews['state'], changes: Partial<RefundNews> = {}): RefundNews => ({
  stripeRefundId: 're_1',
  state,
  failureCode: state === 'failed' ? 'unknown' : null,
  expiresAt: null,
  ...changes,
});

const told = (start: Refund, states: readonly RefundNews['state'][]) =>
  states.reduce((at, state) => applyRefundNews(at, news(state), later), start);

describe('news from Stripe', () => {
  const approved = refund({ state: 'approved' });

  test('goes the way of a konbini refund, and back when the bank sends it back', () => {
    expect(told(approved, ['awaiting_customer', 'processing', 'done'])).toMatchObject({
      state: 'done',
      finishedAt: later,
      stripeRefundId: 're_1',
    });
    expect(told(approved, ['processing', 'done', 'awaiting_customer'])).toMatchObject({
      state: 'awaiting_customer',
      finishedAt: null,
    });
    expect(told(approved, ['done', 'failed'])).toMatchObject({
      state: 'failed',
      failureCode: 'unknown',
      finishedAt: null,
    });
  });

  test('told twice changes nothing the second time', () => {
    for (const state of ['awaiting_customer', 'processing', 'done', 'failed'] as const) {
      const once = told(approved, [state]);
      expect(applyRefundNews(once, news(state), later)).toBe(once);
    }
  });

  test('never moves what nobody approved, what was ended, or what we paid out ourselves', () => {
    const still: RefundState[] = ['proposed', 'rejected', 'cancelled', 'paid_out'];
    for (const state of still) {
      const before = refund({ state });
      for (const said of ['awaiting_customer', 'processing', 'done', 'failed'] as const) {
        expect(applyRefundNews(before, news(said), later)).toBe(before);
      }
    }
  });

  test('ends in the same state in whatever order it is read, the last word counting', () => {
    const said = ['awaiting_customer', 'processing', 'done', 'failed'] as const;
    for (const first of said)
      for (const second of said) expect(told(approved, [first, second]).state).toBe(second);
  });

  test('that Stripe will not have it leaves the refund to us', () => {
    expect(refusedAtStripe(approved, 'charge_already_refunded', later)).toMatchObject({
      state: 'failed',
      failureCode: 'charge_already_refunded',
    });
    const waiting = refund({ state: 'awaiting_customer' });
    expect(refusedAtStripe(waiting, 'charge_already_refunded', later)).toBe(waiting);
  });
});

describe('giving a refund up', () => {
  const cancel = (changes: Partial<Refund>, actor: Actor) =>
    codeOf(decideCancel(refund(changes), actor, now));

  test('is for who asked while nobody has decided, and for those who decide', () => {
    expect(cancel({}, staff('desk', 'acc_asked'))).toBe('ok');
    expect(cancel({}, staff('desk'))).toBe('accounts.forbidden');
    expect(cancel({ requestedByAccountId: null }, staff('desk'))).toBe('accounts.forbidden');
    expect(cancel({}, staff('finance'))).toBe('ok');
    expect(cancel({ state: 'approved', route: 'bank' }, staff('desk', 'acc_asked'))).toBe(
      'accounts.forbidden',
    );
  });

  test('ends where money may have left', () => {
    const manager = staff('manager');
    expect(cancel({ state: 'approved', route: 'cash' }, manager)).toBe('ok');
    expect(cancel({ state: 'approved', route: 'stripe' }, manager)).toBe('refunds.with_stripe');
    expect(cancel({ state: 'failed' }, manager)).toBe('ok');
    expect(cancel({ state: 'processing' }, manager)).toBe('refunds.on_its_way');
    expect(cancel({ state: 'done' }, manager)).toBe('refunds.on_its_way');
    for (const state of ['paid_out', 'rejected', 'cancelled', 'awaiting_customer'] as const) {
      expect(cancel({ state }, manager)).toBe('refunds.not_allowed_in_state');
    }
  });
});

describe('paying out ourselves', () => {
  const finance = staff('finance');
  const bank = refund({ state: 'approved', route: 'bank' });

  test('by bank is for finance, to an account that is known', () => {
    const acting = { actor: finance, now: later };
    expect(codeOf(decidePayout(bank, acting))).toBe('refunds.payee_missing');
    const entered = decidePayee(bank, payee, acting);
    expect(entered).toMatchObject({ ok: true, value: { payee } });
    const paid = decidePayout({ ...bank, payee }, acting);
    expect(paid).toMatchObject({ ok: true, value: { state: 'paid_out', finishedAt: later } });
    for (const role of ['desk', 'manager'] as const) {
      const other = { actor: staff(role), now };
      expect(codeOf(decidePayee(bank, payee, other))).toBe('accounts.forbidden');
      expect(codeOf(decidePayout({ ...bank, payee }, other))).toBe('accounts.forbidden');
    }
  });

  test('what failed at Stripe becomes a transfer of ours', () => {
    const failed = refund({ state: 'failed', stripeRefundId: 're_1' });
    expect(decidePayee(failed, payee, { actor: finance, now })).toMatchObject({
      ok: true,
      value: { route: 'stripe', state: 'failed', payee },
    });
  });

  test('in cash is for everybody at the desk', () => {
    const cash = refund({ state: 'approved', route: 'cash' });
    expect(codeOf(decidePayout(cash, { actor: staff('desk'), now }))).toBe('ok');
    const job: Actor = { kind: 'job', name: 'nobody' };
    expect(codeOf(decidePayout(cash, { actor: job, now }))).toBe('accounts.forbidden');
  });

  test('waits for approval and happens once', () => {
    const states = refundStates.filter((state) => state !== 'approved' && state !== 'failed');
    for (const state of states) {
      const at = refund({ state, route: 'bank', payee });
      expect(codeOf(decidePayout(at, { actor: finance, now }))).toBe(
        'refunds.not_allowed_in_state',
      );
      expect(codeOf(decidePayee(at, payee, { actor: finance, now }))).toBe(
        'refunds.not_allowed_in_state',
      );
    }
  });
});

describe('what a person is offered', () => {
  test('is what the rules allow', () => {
    expect(allowedActs(refund(), staff('finance'), limits)).toEqual([
      'approve',
      'reject',
      'cancel',
    ]);
    expect(allowedActs(refund(), staff('desk', 'acc_asked'), limits)).toEqual(['cancel']);
    const waiting = refund({ state: 'awaiting_customer' });
    expect(allowedActs(waiting, staff('manager'), limits)).toEqual(['cancel']);
    const failed = refund({ state: 'failed' });
    expect(allowedActs(failed, staff('finance'), limits)).toEqual(['cancel', 'payee']);
    expect(allowedActs({ ...failed, payee }, staff('finance'), limits)).toEqual([
      'cancel',
      'payee',
      'payout',
    ]);
    expect(allowedActs(refund({ state: 'done' }), staff('finance'), limits)).toEqual([]);
  });
});

describe('what may go back', () => {
  const paid = [
    { paymentId: 'pay_1' as PaymentId, paidYen: 100_000 },
    { paymentId: 'pay_2' as PaymentId, paidYen: 50_000 },
  ];

  test('is what the booking had, less what is on its way', () => {
    const going = [
      { paymentId: 'pay_1' as PaymentId, state: 'proposed', amountYen: 30_000 },
      { paymentId: 'pay_1' as PaymentId, state: 'failed', amountYen: 10_000 },
      // Done is in the ledger already; what was turned down is free again.
      { paymentId: 'pay_1' as PaymentId, state: 'done', amountYen: 5_000 },
      { paymentId: 'pay_2' as PaymentId, state: 'rejected', amountYen: 50_000 },
    ] as const;
    expect(leftOfPayments(paid, going).map(({ leftYen }) => leftYen)).toEqual([60_000, 50_000]);
  });

  test('is shared among payments, the newest first', () => {
    const left = leftOfPayments(paid, []);
    const shares = (yen: number) =>
      shareOverpaid(left, yen).map(({ paymentId, amountYen }) => `${paymentId} ${amountYen}`);
    expect(shares(20_000)).toEqual(['pay_2 20000']);
    expect(shares(120_000)).toEqual(['pay_2 50000', 'pay_1 70000']);
    expect(shares(999_999)).toEqual(['pay_2 50000', 'pay_1 100000']);
    expect(shares(0)).toEqual([]);
    expect(shares(-5_000)).toEqual([]);
  });

  test('is in the ledger once it is done or paid out', () => {
    const returned = refundStates.filter((state) => isReturned({ state }));
    expect(returned).toEqual(['done', 'paid_out']);
  });
});

describe('a debt given up', () => {
  const writeOff: WriteOff = {
    id: 'wof_1',
    venueId,
    billingAccountId: 'bkg_1' as BillingAccountId,
    amountYen: 300_000,
    reason: '倒産のため',
    state: 'proposed',
    requestedByAccountId: 'acc_asked' as AccountId,
    decidedByAccountId: null,
    decidedAt: null,
    decisionReason: null,
    createdAt: now,
  };
  const decide = (changes: Partial<WriteOff>, actor: Actor) =>
    codeOf(decideWriteOff({ ...writeOff, ...changes }, { ...by(actor), state: 'approved' }));

  test('is decided by another, up to a limit, once', () => {
    expect(decide({}, staff('finance'))).toBe('ok');
    expect(decide({}, staff('desk'))).toBe('accounts.forbidden');
    expect(decide({}, staff('manager', 'acc_asked'))).toBe('refunds.own_request');
    expect(decide({ amountYen: 300_001 }, staff('finance'))).toBe('refunds.over_limit');
    expect(decide({ state: 'approved' }, staff('finance'))).toBe('refunds.not_allowed_in_state');
  });

  test('is never more than is owed', () => {
    expect(codeOf(checkOwed(300_000, 300_000))).toBe('ok');
    expect(codeOf(checkOwed(300_001, 300_000))).toBe('refunds.more_than_owed');
    expect(codeOf(checkOwed(1, -5_000))).toBe('refunds.more_than_owed');
  });
});

describe('the account money goes to', () => {
  test('is kept as banks write it, however it was typed', () => {
    expect(holderKanaOf('ｻﾄｳ ﾊﾅｺ')).toBe('サトウ ハナコ');
    expect(holderKanaOf('さとう　はなこ')).toBe('サトウ ハナコ');
    expect(holderKanaOf('カ）ショウジ')).toBe('カ)シヨウジ');
    expect(holderKanaOf('カ）リンゴ・アンド・モモ')).toBe('カ)リンゴ.アンド.モモ');
    expect(holderKanaOf('ヤマ ＆ ウミ（カ')).toBe('ヤマ.ウミ(カ');
    expect(holderKanaOf('ﾋﾊﾞﾘヶｵｶ ﾕｳｷｦ')).toBe('ヒバリケオカ ユウキオ');
    expect(holderKanaOf('コーヒーセンター')).toBe('コ-ヒ-センタ-');
    expect(
      ['ヒバリヶ丘', 'ひばりヶおか', 'ｱ･ｲ', 'Ａ＆Ｂ'].map(holderKanaOf).map(isHolderKana),
    ).toEqual([false, true, true, true]);
    expect(isHolderKana(holderKanaOf('kaikan (zai'))).toBe(true);
    expect(isHolderKana(holderKanaOf('佐藤花子'))).toBe(false);
  });

  test('is refused where a digit is missing', () => {
    const typed = {
      bankCode: '０１２６',
      branchCode: '001',
      accountType: 'futsu',
      accountNumber: '1234',
      holderKana: 'ｻﾄｳ ﾊﾅｺ',
    };
    expect(payeeSchema.parse(typed)).toEqual(payee);
    for (const wrong of [
      { bankCode: '126' },
      { branchCode: '1' },
      { accountType: 'chochiku' },
      { accountNumber: '12345678' },
      { holderKana: '佐藤' },
      { holderKana: '' },
    ]) {
      expect(payeeSchema.safeParse({ ...typed, ...wrong }).success).toBe(false);
    }
  });
});

describe('what the organizer is told', () => {
  const about = {
    number: 'R08-BP-000123',
    title: '秋の住宅フェア',
    page: '/bookings/bkg_1',
    name: '佐藤 花子',
    language: 'ja' as const,
    publicUrl: 'https://kaikan.example',
    isCard: false,
    beyondYen: 0,
  };

  test('says the amount, what to do, and where to look', () => {
    for (const mail of refundMails) {
      const { subject, body } = refundMail(mail, refund({ expiresAt: later }), about);
      expect(subject).toContain('R08-BP-000123');
      expect(body).toContain('返金額：217,800円');
      expect(body).toContain('https://kaikan.example/bookings/bkg_1');
    }
  });

  test('says who asks for the account, and until when', () => {
    const { body } = refundMail('approved', refund(), about);
    expect(body).toContain('Stripe');
    expect(body).toContain('45日以内');
    const byCard = refundMail('approved', refund(), { ...about, isCard: true }).body;
    expect(byCard).toContain('お手続きは必要ありません');
    expect(refundMail('approved', refund({ route: 'cash' }), about).body).toContain('窓口で現金');
    expect(refundMail('approved', refund({ route: 'bank' }), about).body).toContain(
      '口座へお振り込み',
    );
  });
});
