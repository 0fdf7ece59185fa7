import { shareOf, sumYen, type BasisPoints, type Yen } from '../../shared/money.ts';
import { addDays, addMonths, dayOf, type LocalDay } from '../../shared/time.ts';
import type { Charge } from '../../payments/rules/charge.ts';
import { dueDayBefore } from '../../payments/rules/due_day.ts';
import type { Instalment, TermsSource } from '../../payments/rules/ledger.ts';

/** One part of a charge as a venue wishes it; the last is what remains. */
export interface InstalmentTerm extends TermsSource {
  readonly shareBp: BasisPoints;
  readonly dueFrom: 'approval' | 'first_use';
  readonly dueCount: number;
  readonly dueUnit: 'day' | 'month';
  /** Smaller charges are paid at once. */
  readonly yenLeast: Yen;
}

interface Moments {
  readonly approvedAt: Date;
  readonly firstUseAt: Date;
  readonly now: Date;
}

const wishedDay = (term: InstalmentTerm, { approvedAt, firstUseAt }: Moments): LocalDay => {
  const sign = term.dueFrom === 'approval' ? 1 : -1;
  const from = dayOf(term.dueFrom === 'approval' ? approvedAt : firstUseAt);
  const shift = term.dueUnit === 'day' ? addDays : addMonths;
  return shift(from, sign * term.dueCount);
};

/** Never a day that is over, never the day of use, and no part after the one that follows it. */
const daysOf = (terms: readonly InstalmentTerm[], moments: Moments): LocalDay[] => {
  const about = { firstUsedOn: dayOf(moments.firstUseAt), today: dayOf(moments.now) };
  let latest: LocalDay | undefined;
  return terms
    .toReversed()
    .map((term) => {
      const due = dueDayBefore(wishedDay(term, moments), about);
      latest = latest === undefined || due < latest ? due : latest;
      return latest;
    })
    .reverse();
};

/**
 * The parts of a new charge; none where it is paid at once. Parts that fall on one day are one part:
 * an approval that comes late leaves fewer of them, or none.
 */
export const instalmentsOf = (
  charge: Pick<Charge, 'id' | 'amountYen'>,
  terms: readonly InstalmentTerm[],
  moments: Moments,
): Instalment[] => {
  if (terms.length === 0 || charge.amountYen < terms[0]!.yenLeast) return [];
  const shares = terms.slice(0, -1).map(({ shareBp }) => shareOf(charge.amountYen, shareBp));
  const amounts = [...shares, charge.amountYen - sumYen(shares)];
  const byDay = new Map<LocalDay, Yen>();
  daysOf(terms, moments).forEach((day, at) => {
    byDay.set(day, (byDay.get(day) ?? 0) + amounts[at]!);
  });
  if (byDay.size < 2) return [];
  const { publication, source } = terms[0]!;
  return [...byDay].map(([dueOn, amountYen], at) => ({
    chargeId: charge.id,
    position: at + 1,
    amountYen,
    dueOn,
    terms: { publication, source },
  }));
};

/** The charge as it stands beside its parts: due at last when the last of them is. */
export const dueWithParts = (charge: Charge, parts: readonly Instalment[]): Charge => ({
  ...charge,
  dueOn: parts.at(-1)?.dueOn ?? charge.dueOn,
});
