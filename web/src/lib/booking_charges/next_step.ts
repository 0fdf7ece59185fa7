import { isInLine } from '#api/bookings/rules/line.ts';
import type { BookingView } from '#web/bookings/views.ts';
import type { SubjectPayments } from '#web/payments/views.ts';

type EarlyEnd = 'expired' | 'refused' | 'withdrawn' | 'cancelled';

/** What happens next to a booking, and by when. */
export type Next =
  | { readonly kind: 'held' | 'expired'; readonly until: string }
  | { readonly kind: 'preparing' | Exclude<BookingView['state'], 'held' | 'approved' | 'expired'> }
  | { readonly kind: 'come'; readonly usedOn: string | undefined }
  | { readonly kind: 'voucher'; readonly until: string; readonly amountYen: number }
  | {
      readonly kind: 'transfer' | 'pay' | 'pay_late';
      readonly dueOn: string;
      readonly amountYen: number;
    };

/** The last use has ended, by the clock. */
const isOver = ({ uses }: BookingView, now: Date): boolean =>
  uses.every(({ endsAt }) => Date.parse(endsAt) < now.getTime());

/** What is to be paid next: all that is late, else the part whose day comes first. */
const nextDue = ({ parts, overdueYen, charge }: SubjectPayments) => {
  const next = parts.find(({ openYen }) => openYen > 0);
  const amountYen = overdueYen > 0 ? overdueYen : (next?.openYen ?? charge?.balanceYen ?? 0);
  return { dueOn: next?.dueOn ?? charge?.dueOn ?? '', amountYen, isLate: overdueYen > 0 };
};

const pendingBy = ({ attempts }: SubjectPayments, method: 'konbini' | 'bank_transfer') =>
  attempts.find((attempt) => attempt.method === method && attempt.state === 'pending');

const nextOfMoney = (
  booking: BookingView,
  payments: SubjectPayments | undefined,
  now: Date,
): Next => {
  if (!payments?.charge) return { kind: 'preparing' };
  if (payments.charge.balanceYen <= 0) {
    if (isOver(booking, now)) return { kind: 'settled' };
    const [usedOn] = booking.uses.map((use) => use.usedOn).sort();
    return { kind: 'come', usedOn };
  }
  const voucher = pendingBy(payments, 'konbini');
  if (voucher?.expiresAt)
    return { kind: 'voucher', until: voucher.expiresAt, amountYen: voucher.amountYen };
  const { dueOn, amountYen, isLate } = nextDue(payments);
  const transfer = pendingBy(payments, 'bank_transfer');
  if (transfer)
    return { kind: 'transfer', dueOn, amountYen: transfer.amountYen - transfer.fundedYen };
  return { kind: isLate ? 'pay_late' : 'pay', dueOn, amountYen };
};

/** A hold past its deadline holds nothing any more, also before the house has tidied it up. */
const hasLapsed = ({ state, holdExpiresAt }: BookingView, now: Date): boolean =>
  state === 'expired' || (state === 'held' && new Date(holdExpiresAt) <= now);

/** How it ended before its time, where it did. */
export const earlyEndOf = (booking: BookingView, now: Date): EarlyEnd | undefined => {
  if (hasLapsed(booking, now)) return 'expired';
  return (['refused', 'withdrawn', 'cancelled'] as const).find((end) => end === booking.state);
};

export const nextOf = (
  booking: BookingView,
  payments: SubjectPayments | undefined,
  now: Date,
): Next => {
  switch (booking.state) {
    case 'held':
    case 'expired':
      return {
        kind: hasLapsed(booking, now) ? 'expired' : 'held',
        until: booking.holdExpiresAt,
      };
    case 'approved':
      return nextOfMoney(booking, payments, now);
    case 'in_use':
      return (payments?.charge?.balanceYen ?? 0) > 0
        ? nextOfMoney(booking, payments, now)
        : { kind: 'in_use' };
    default:
      return { kind: booking.state };
  }
};

const order = ['held', 'requested', 'approved', 'paid', 'in_use', 'settled'] as const;
type Station = (typeof order)[number];

/** When it came or comes: an instant, a day, or the last one for it. */
type When =
  | { readonly at: string }
  | { readonly on: string }
  | { readonly until: string }
  | { readonly untilDay: string };

export interface Step {
  readonly name: Station | 'optioned' | 'waiting' | EarlyEnd;
  readonly status: 'done' | 'current' | 'next' | 'stopped';
  readonly when?: When | undefined;
}

const paidAt = (payments: SubjectPayments | undefined): string | undefined => {
  const charge = payments?.charge;
  if (!charge || charge.balanceYen > 0) return undefined;
  const moments = payments.attempts.flatMap(({ confirmedAt }) => confirmedAt ?? []);
  return moments.sort().at(-1) ?? '';
};

const at = (instant: string | null | undefined): When | undefined =>
  instant ? { at: instant } : undefined;

const liveSteps = (
  booking: BookingView,
  payments: SubjectPayments | undefined,
  now: Date,
): Step[] => {
  const paid = paidAt(payments);
  const isPast = (name: Station) => {
    if (name === 'paid') return paid !== undefined;
    if (name === 'in_use' && isOver(booking, now)) return true;
    return order.indexOf(booking.state as Station) >= order.indexOf(name);
  };
  const when: Record<Station, When | undefined> = {
    held: at(booking.createdAt),
    requested:
      booking.state === 'held' ? { until: booking.holdExpiresAt } : at(booking.requestedAt),
    approved: at(booking.decidedAt),
    paid: paid === undefined && payments?.charge ? { untilDay: nextDue(payments).dueOn } : at(paid),
    in_use: booking.uses[0] && { on: booking.uses[0].usedOn },
    settled: undefined,
  };
  const current = order.find((name) => !isPast(name));
  return order.map((name) => ({
    name,
    status: isPast(name) ? 'done' : name === current ? 'current' : 'next',
    when: when[name],
  }));
};

const endedAt = (booking: BookingView, end: EarlyEnd) =>
  ({
    expired: booking.holdExpiresAt,
    refused: booking.decidedAt,
    withdrawn: booking.cancelledAt,
    cancelled: booking.cancelledAt,
  })[end];

/** The states a booking went through and has before it; one that ended early stops there. */
export const stepsOf = (
  booking: BookingView,
  payments: SubjectPayments | undefined,
  now: Date,
): Step[] => {
  const steps = liveSteps(booking, payments, now);
  const inLine: Step = {
    name: booking.state === 'optioned' ? 'optioned' : 'waiting',
    status: 'done',
    when: at(booking.queuedAt),
  };
  if (isInLine(booking.state)) {
    return [
      { ...inLine, status: 'current' },
      ...steps.map(({ name }) => ({ name, status: 'next' as const })),
    ];
  }
  if ((order as readonly string[]).includes(booking.state)) return steps;
  const hasHeld = booking.queuedAt === null || booking.promotedAt !== null;
  const reached: Step[] = [hasHeld ? { ...steps[0]!, status: 'done' } : inLine];
  if (booking.requestedAt)
    reached.push({ name: 'requested', status: 'done', when: at(booking.requestedAt) });
  if (booking.state === 'cancelled')
    reached.push({ name: 'approved', status: 'done', when: at(booking.decidedAt) });
  const end = booking.state as EarlyEnd;
  return [...reached, { name: end, status: 'stopped', when: at(endedAt(booking, end)) }];
};
