import { isInLine } from '#api/bookings/rules/line.ts';
import type { BookingView } from '#web/bookings/views.ts';
import { bookingWords, formatDeadline } from '#web/words/bookings.ts';
import { formatDay, formatInstant, formatYen } from '#web/words/format.ts';
import { paymentWords } from '#web/words/payments.ts';
import { locale, words } from '#web/words/words.ts';
import type { BookingPayments } from './views.ts';

const isAwaited = ({ method, state }: BookingPayments['attempts'][number]) =>
  method === 'konbini' && state === 'pending';

const isTransferAwaited = ({ method, state }: BookingPayments['attempts'][number]) =>
  method === 'bank_transfer' && state === 'pending';

/** The last use has ended, by the clock. */
const isOver = ({ uses }: BookingView): boolean =>
  uses.every(({ endsAt }) => Date.parse(endsAt) < Date.now());

/** What is to be paid next: all that is late, else the part whose day comes first. */
const nextDue = ({ parts, overdueYen, charge }: BookingPayments) => {
  const next = parts.find(({ openYen }) => openYen > 0);
  const amountYen = overdueYen > 0 ? overdueYen : (next?.openYen ?? charge?.balanceYen ?? 0);
  return { dueOn: next?.dueOn ?? charge?.dueOn ?? '', amountYen, isLate: overdueYen > 0 };
};

const moneySentence = (booking: BookingView, payments: BookingPayments | undefined): string => {
  const text = bookingWords().next;
  const charge = payments?.charge;
  if (!charge) return text.preparing;
  if (charge.balanceYen <= 0) {
    if (isOver(booking)) return text.settled;
    const first = [...booking.uses].sort((one, other) => (one.usedOn < other.usedOn ? -1 : 1))[0];
    return text.come(first ? formatDay(first.usedOn, locale()) : '');
  }
  const { dueOn, amountYen, isLate } = nextDue(payments);
  const voucher = payments.attempts.find(isAwaited);
  if (voucher?.expiresAt) {
    const asked = formatYen(voucher.amountYen, locale());
    return text.voucher(formatDeadline(voucher.expiresAt), asked);
  }
  const until = formatDay(dueOn, locale());
  const transfer = payments.attempts.find(isTransferAwaited);
  if (transfer) {
    const left = formatYen(transfer.amountYen - transfer.fundedYen, locale());
    return paymentWords().transfer.next(until, left);
  }
  const amount = formatYen(amountYen, locale());
  return isLate ? text.payLate(until, amount) : text.pay(until, amount);
};

/** A hold past its deadline holds nothing any more, also before the house has tidied it up. */
export const hasLapsed = ({ state, holdExpiresAt }: BookingView): boolean =>
  state === 'expired' || (state === 'held' && new Date(holdExpiresAt) <= new Date());

/** What happens next and by when, in one sentence. */
export const nextSentence = (
  booking: BookingView,
  payments: BookingPayments | undefined,
): string => {
  const text = bookingWords().next;
  switch (booking.state) {
    case 'held':
      return hasLapsed(booking)
        ? text.expired(formatDeadline(booking.holdExpiresAt))
        : text.held(formatDeadline(booking.holdExpiresAt));
    case 'approved':
      return moneySentence(booking, payments);
    case 'in_use':
      return (payments?.charge?.balanceYen ?? 0) > 0
        ? moneySentence(booking, payments)
        : text.in_use;
    case 'expired':
      return text.expired(formatDeadline(booking.holdExpiresAt));
    default:
      return text[booking.state];
  }
};

interface Step {
  readonly label: string;
  readonly status: 'done' | 'current' | 'next' | 'stopped';
  readonly note?: string | undefined;
}

const order = ['held', 'requested', 'approved', 'paid', 'in_use', 'settled'] as const;

const paidAt = (payments: BookingPayments | undefined): string | undefined => {
  const charge = payments?.charge;
  if (!charge || charge.balanceYen > 0) return undefined;
  const moments = payments.attempts.flatMap(({ confirmedAt }) => confirmedAt ?? []);
  return moments.sort().at(-1) ?? '';
};

const noteOf = (instant: string | null | undefined) =>
  instant ? formatInstant(instant, locale()) : undefined;

const liveSteps = (booking: BookingView, payments: BookingPayments | undefined): Step[] => {
  const text = bookingWords().steps;
  const paid = paidAt(payments);
  const isPast = (state: (typeof order)[number]) => {
    if (state === 'paid') return paid !== undefined;
    if (state === 'in_use' && isOver(booking)) return true;
    return order.indexOf(booking.state as (typeof order)[number]) >= order.indexOf(state);
  };
  const notes: Record<(typeof order)[number], string | undefined> = {
    held: noteOf(booking.createdAt),
    requested:
      booking.state === 'held'
        ? text.until(formatDeadline(booking.holdExpiresAt))
        : noteOf(booking.requestedAt),
    approved: noteOf(booking.decidedAt),
    paid:
      paid === undefined && payments?.charge
        ? text.until(formatDay(nextDue(payments).dueOn, locale()))
        : noteOf(paid),
    in_use: booking.uses[0] ? formatDay(booking.uses[0].usedOn, locale()) : undefined,
    settled: undefined,
  };
  const current = order.find((state) => !isPast(state));
  return order.map((state) => ({
    label: text[state],
    status: isPast(state) ? 'done' : state === current ? 'current' : 'next',
    note: notes[state],
  }));
};

/** The states a booking went through and has before it; one that ended early stops there. */
export const stepsOf = (booking: BookingView, payments: BookingPayments | undefined): Step[] => {
  const text = bookingWords().steps;
  const steps = liveSteps(booking, payments);
  const inLine: Step = {
    label: words().states.booking[booking.state === 'optioned' ? 'optioned' : 'waiting'],
    status: 'done',
    note: noteOf(booking.queuedAt),
  };
  if (isInLine(booking.state)) {
    return [
      { ...inLine, status: 'current' },
      ...steps.map(({ label }) => ({ label, status: 'next' as const })),
    ];
  }
  if ((order as readonly string[]).includes(booking.state)) return steps;
  const hasHeld = booking.queuedAt === null || booking.promotedAt !== null;
  const reached: Step[] = [hasHeld ? { ...steps[0]!, status: 'done' } : inLine];
  if (booking.requestedAt) {
    reached.push({
      label: text.requested,
      status: 'done',
      note: formatInstant(booking.requestedAt, locale()),
    });
  }
  if (booking.state === 'cancelled') {
    reached.push({ label: text.approved, status: 'done', note: noteOf(booking.decidedAt) });
  }
  const ends = {
    expired: booking.holdExpiresAt,
    refused: booking.decidedAt,
    withdrawn: booking.cancelledAt,
    cancelled: booking.cancelledAt,
  } as const;
  const state = booking.state as keyof typeof ends;
  return [...reached, { label: endWord(state), status: 'stopped', note: noteOf(ends[state]) }];
};

const endWord = (state: 'expired' | 'refused' | 'withdrawn' | 'cancelled'): string =>
  bookingWords().ends[state];
