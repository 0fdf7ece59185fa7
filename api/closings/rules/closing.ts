import { sumYen, type Yen } from '../../shared/money.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { addDays, lastOfMonth, type LocalDay } from '../../shared/time.ts';
import { closingErrors } from '../errors.ts';

export const eventKinds = [
  'charged',
  'charge_reduced',
  'charge_reversed',
  'rebated',
  'written_off',
  'received',
  'allocated',
  'returned',
  'return_bounced',
  'dispute_withdrawn',
  'dispute_reinstated',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** What one kind of fact did to the books, by the way the money came or went. */
export interface BookSum {
  readonly kind: EventKind;
  readonly method: string | null;
  /** Money that belongs to nobody yet. */
  readonly isPot: boolean;
  readonly count: number;
  readonly amountYen: Yen;
}

/** What bookings owe together, and what of the money received belongs to nobody yet. */
export interface BookBalances {
  readonly receivablesYen: Yen;
  readonly potYen: Yen;
}

export interface BookTotals {
  readonly sums: readonly BookSum[];
  readonly opening: BookBalances;
  readonly closing: BookBalances;
}

const inOrder = (one: BookSum, other: BookSum) =>
  eventKinds.indexOf(one.kind) - eventKinds.indexOf(other.kind) ||
  (one.method ?? '').localeCompare(other.method ?? '') ||
  Number(one.isPot) - Number(other.isPot);

const amountsOf = (sums: readonly BookSum[], ofPot: boolean): Yen =>
  sumYen(sums.filter(({ isPot }) => isPot === ofPot).map(({ amountYen }) => amountYen));

export const totalsOf = (opening: BookBalances, sums: readonly BookSum[]): BookTotals => ({
  sums: [...sums].sort(inOrder),
  opening,
  closing: {
    receivablesYen: opening.receivablesYen + amountsOf(sums, false),
    potYen: opening.potYen - amountsOf(sums, true),
  },
});

export interface DayTotals {
  readonly on: LocalDay;
  readonly totals: BookTotals;
}

/** One after the other: the balance of a day is where the next begins; days without facts are left out. */
export const totalsByDay = (
  opening: BookBalances,
  sums: readonly (BookSum & { readonly bookedOn: LocalDay })[],
  last: LocalDay,
): DayTotals[] => {
  const days = new Set([...sums.map(({ bookedOn }) => bookedOn), last]);
  let balances = opening;
  return [...days].sort().map((on) => {
    const own = sums
      .filter(({ bookedOn }) => bookedOn === on)
      .map(({ bookedOn: _day, ...sum }) => sum);
    const totals = totalsOf(balances, own);
    balances = totals.closing;
    return { on, totals };
  });
};

export interface BookState {
  readonly today: LocalDay;
  /** The last day that is shut. */
  readonly closedUntil: LocalDay | null;
}

/** A day is shut with all before it, once it is over and its cash has been counted. */
export const decideDayClosing = (
  day: LocalDay,
  { today, closedUntil }: BookState,
  cash: { readonly lastMovedOn: string | null; readonly lastCountedOn: string | null },
): Result<LocalDay> => {
  if (day >= today) return refuse(closingErrors.not_over());
  if (closedUntil !== null && day <= closedUntil) {
    return refuse(closingErrors.already_closed({ params: { until: closedUntil } }));
  }
  const { lastMovedOn, lastCountedOn } = cash;
  if (lastMovedOn !== null && (lastCountedOn === null || lastCountedOn < lastMovedOn)) {
    return refuse(closingErrors.drawer_not_counted({ params: { day: lastMovedOn } }));
  }
  return ok(day);
};

/** A month is shut when all its days are. */
export const decideMonthClosing = (
  first: LocalDay,
  { today, closedUntil }: BookState,
  isClosed: boolean,
): Result<{ startsOn: LocalDay; endsOn: LocalDay }> => {
  const last = lastOfMonth(first);
  if (last >= today) return refuse(closingErrors.not_over());
  if (isClosed) return refuse(closingErrors.already_closed({ params: { until: last } }));
  if (closedUntil === null || closedUntil < last) {
    return refuse(closingErrors.days_open({ params: { last } }));
  }
  return ok({ startsOn: first, endsOn: last });
};

const daysMost = 366;

export interface Period {
  readonly from: LocalDay;
  readonly to: LocalDay;
}

export const checkPeriod = ({ from, to }: Period): Result<Period> =>
  to < from || addDays(from, daysMost) < to ? refuse(closingErrors.backwards()) : ok({ from, to });
