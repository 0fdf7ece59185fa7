import { describe, expect, it } from 'vitest';
import type { BookingView } from '#web/bookings/views.ts';
import { earlyEndOf, nextOf, stepsOf } from '#web/booking_charges/next_step.ts';
import type { SubjectPayments } from '#web/payments/views.ts';

const now = new Date('2026-11-24T01:00:00Z');
const deadline = '2026-11-30T08:00:00Z';

type Use = BookingView['uses'][number];
const useOn = (usedOn: string) =>
  ({ usedOn, endsAt: `${usedOn}T08:00:00Z` }) as Partial<Use> as Use;

const bookingWith = (changes: Partial<BookingView>) =>
  ({
    state: 'held',
    createdAt: '2026-11-20T00:00:00Z',
    holdExpiresAt: deadline,
    requestedAt: null,
    decidedAt: null,
    cancelledAt: null,
    queuedAt: null,
    promotedAt: null,
    uses: [useOn('2026-12-21'), useOn('2026-12-20')],
    ...changes,
  }) as Partial<BookingView> as BookingView;

type Attempt = SubjectPayments['attempts'][number];
const attemptBy = (method: Attempt['method'], changes: Partial<Attempt> = {}) =>
  ({
    method,
    state: 'pending',
    amountYen: 30_000,
    fundedYen: 0,
    ...changes,
  }) as Partial<Attempt> as Attempt;

const owing = (balanceYen: number, changes: Partial<SubjectPayments> = {}) =>
  ({
    charge: { balanceYen, dueOn: '2026-12-10' },
    parts: [
      { openYen: 0, dueOn: '2026-12-01' },
      { openYen: 20_000, dueOn: '2026-12-10' },
    ],
    overdueYen: 0,
    attempts: [],
    ...changes,
  }) as Partial<SubjectPayments> as SubjectPayments;

const approved = bookingWith({ state: 'approved' });

describe('what happens next', () => {
  it('to a hold is its deadline, and past it the end, tidied up or not', () => {
    expect(nextOf(bookingWith({}), undefined, now)).toEqual({ kind: 'held', until: deadline });
    const late = new Date(deadline);
    expect(nextOf(bookingWith({}), undefined, late)).toEqual({ kind: 'expired', until: deadline });
    expect(nextOf(bookingWith({ state: 'expired' }), undefined, now).kind).toBe('expired');
    expect(earlyEndOf(bookingWith({}), now)).toBeUndefined();
    expect(earlyEndOf(bookingWith({}), late)).toBe('expired');
    expect(earlyEndOf(bookingWith({ state: 'requested' }), late)).toBeUndefined();
    expect(earlyEndOf(bookingWith({ state: 'refused' }), now)).toBe('refused');
  });

  it.each([
    'requested',
    'waiting',
    'optioned',
    'refused',
    'withdrawn',
    'cancelled',
    'settled',
  ] as const)('to one that is %s is said by its state alone', (state) => {
    expect(nextOf(bookingWith({ state }), owing(5_000), now)).toEqual({ kind: state });
  });

  it.each<[string, SubjectPayments | undefined, object]>([
    ['is not charged yet', undefined, { kind: 'preparing' }],
    ['owes a part', owing(20_000), { kind: 'pay', dueOn: '2026-12-10', amountYen: 20_000 }],
    [
      'is late with a part: all that is late at once',
      owing(50_000, { overdueYen: 30_000 }),
      { kind: 'pay_late', dueOn: '2026-12-10', amountYen: 30_000 },
    ],
    [
      'has no parts',
      owing(7_000, { parts: [] }),
      { kind: 'pay', dueOn: '2026-12-10', amountYen: 7_000 },
    ],
    [
      'has a voucher',
      owing(30_000, { attempts: [attemptBy('konbini', { expiresAt: deadline })] }),
      { kind: 'voucher', until: deadline, amountYen: 30_000 },
    ],
    [
      'has transferred a part',
      owing(30_000, { attempts: [attemptBy('bank_transfer', { fundedYen: 10_000 })] }),
      { kind: 'transfer', dueOn: '2026-12-10', amountYen: 20_000 },
    ],
    [
      'had a voucher that failed',
      owing(20_000, { attempts: [attemptBy('konbini', { state: 'failed', expiresAt: deadline })] }),
      { kind: 'pay', dueOn: '2026-12-10', amountYen: 20_000 },
    ],
    ['has paid', owing(0), { kind: 'come', usedOn: '2026-12-20' }],
  ])('to an approved one that %s', (_, payments, next) => {
    expect(nextOf(approved, payments, now)).toEqual(next);
  });

  it('to a paid one is nothing once its last use has ended, and not before', () => {
    const after = (instant: string) => nextOf(approved, owing(0), new Date(instant)).kind;
    expect(after('2026-12-20T09:00:00Z')).toBe('come');
    expect(after('2026-12-21T08:00:01Z')).toBe('settled');
  });

  it('to one in use is its money only where some is owed', () => {
    const inUse = bookingWith({ state: 'in_use' });
    expect(nextOf(inUse, owing(0), now)).toEqual({ kind: 'in_use' });
    expect(nextOf(inUse, owing(20_000), now).kind).toBe('pay');
  });
});

const told = (booking: BookingView, payments?: SubjectPayments) =>
  stepsOf(booking, payments, now).map(({ name, status }) => `${name} ${status}`);

describe('the steps of a booking', () => {
  it('of a hold: one is behind it, the request stands before it with its deadline', () => {
    expect(told(bookingWith({}))).toEqual([
      ...['held done', 'requested current', 'approved next'],
      ...['paid next', 'in_use next', 'settled next'],
    ]);
    expect(stepsOf(bookingWith({}), undefined, now)[1]!.when).toEqual({ until: deadline });
  });

  it('of an approved one: paid is a step of its own, with the day of its next part', () => {
    const [, , , open] = stepsOf(approved, owing(20_000), now);
    expect(open).toEqual({ name: 'paid', status: 'current', when: { untilDay: '2026-12-10' } });
    const confirmedAt = '2026-11-23T00:00:00Z';
    const done = owing(0, { attempts: [attemptBy('card', { state: 'confirmed', confirmedAt })] });
    const [, , , paid, next] = stepsOf(approved, done, now);
    expect(paid).toEqual({ name: 'paid', status: 'done', when: { at: confirmedAt } });
    expect(next!.status).toBe('current');
    // What was paid without an attempt of its own has no moment, and is paid all the same.
    expect(stepsOf(approved, owing(0), now)[3]).toEqual({ name: 'paid', status: 'done' });
  });

  it('of one in line: its place comes before all others', () => {
    const inLine = bookingWith({ state: 'optioned', queuedAt: '2026-11-19T00:00:00Z' });
    expect(told(inLine).slice(0, 2)).toEqual(['optioned current', 'held next']);
    expect(
      new Set(
        stepsOf(inLine, undefined, now)
          .slice(1)
          .map(({ status }) => status),
      ),
    ).toEqual(new Set(['next']));
  });

  it('of one that ended early: only what it reached, and where it stopped', () => {
    const requestedAt = '2026-11-21T00:00:00Z';
    const ended = { requestedAt, decidedAt: requestedAt, cancelledAt: '2026-11-22T00:00:00Z' };
    expect(told(bookingWith({ state: 'expired' }))).toEqual(['held done', 'expired stopped']);
    expect(told(bookingWith({ ...ended, state: 'refused' }))).toEqual([
      ...['held done', 'requested done', 'refused stopped'],
    ]);
    expect(told(bookingWith({ ...ended, state: 'cancelled' }))).toEqual([
      ...['held done', 'requested done', 'approved done', 'cancelled stopped'],
    ]);
    const queuedAt = '2026-11-19T00:00:00Z';
    expect(told(bookingWith({ state: 'withdrawn', queuedAt }))).toEqual([
      ...['waiting done', 'withdrawn stopped'],
    ]);
  });
});
