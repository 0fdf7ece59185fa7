import type { BookingView } from '#web/bookings/views.ts';
import { bookingWords, formatDeadline } from '#web/words/bookings.ts';
import { formatDay, formatInstant, formatYen } from '#web/words/format.ts';
import { paymentWords } from '#web/words/payments.ts';
import { locale, words } from '#web/words/words.ts';
import { nextOf, stepsOf, type Step } from './next_step.ts';
import type { SubjectPayments } from '#web/payments/views.ts';

const day = (text: string) => formatDay(text, locale());
const yen = (amount: number) => formatYen(amount, locale());

/** What happens next and by when, in one sentence. */
export const nextSentence = (
  booking: BookingView,
  payments: SubjectPayments | undefined,
): string => {
  const text = bookingWords().next;
  const next = nextOf(booking, payments, new Date());
  switch (next.kind) {
    case 'held':
    case 'expired':
      return text[next.kind](formatDeadline(next.until));
    case 'come':
      return text.come(next.usedOn ? day(next.usedOn) : '');
    case 'voucher':
      return text.voucher(formatDeadline(next.until), yen(next.amountYen));
    case 'transfer':
      return paymentWords().transfer.next(day(next.dueOn), yen(next.amountYen));
    case 'pay':
      return text.pay(day(next.dueOn), yen(next.amountYen));
    case 'pay_late':
      return text.payLate(day(next.dueOn), yen(next.amountYen));
    default:
      return text[next.kind];
  }
};

const labelOf = (name: Step['name']): string => {
  switch (name) {
    case 'optioned':
    case 'waiting':
      return words().states.booking[name];
    case 'expired':
    case 'refused':
    case 'withdrawn':
    case 'cancelled':
      return bookingWords().ends[name];
    default:
      return bookingWords().steps[name];
  }
};

const noteOf = (when: NonNullable<Step['when']>): string => {
  const { until } = bookingWords().steps;
  if ('at' in when) return formatInstant(when.at, locale());
  if ('on' in when) return day(when.on);
  return until('until' in when ? formatDeadline(when.until) : day(when.untilDay));
};

export const namedSteps = (booking: BookingView, payments: SubjectPayments | undefined) =>
  stepsOf(booking, payments, new Date()).map(({ name, status, when }) => ({
    label: labelOf(name),
    status,
    note: when && noteOf(when),
  }));
