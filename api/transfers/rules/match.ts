import { sumYen, type Yen } from '../../shared/money.ts';
import { nameAgreement } from './names.ts';

/** A booking of the venue that still owes something. */
export interface OpenBooking {
  readonly bookingId: string;
  readonly number: string;
  readonly title: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly organizationKana: string | null;
  readonly owedYen: Yen;
  /** The next day to pay, and what is to be paid by it. */
  readonly dueOn: string | null;
  readonly dueYen: Yen | null;
}

/** What is to be matched: the money left of an entry, and what the payer wrote. */
export interface Unmatched {
  readonly potYen: Yen;
  readonly payerName: string;
  readonly message: string;
}

export const matchReasons = [
  'number',
  'number_tail',
  'balance',
  'due',
  'sum',
  'name',
  'name_part',
] as const;
export type MatchReason = (typeof matchReasons)[number];

export interface MatchPart {
  readonly booking: OpenBooking;
  readonly amountYen: Yen;
}

/** What the money may pay for, with the reasons that speak for it. */
export interface Proposal {
  readonly parts: readonly MatchPart[];
  readonly reasons: readonly MatchReason[];
  readonly score: number;
  /** Strong enough to be offered with one button. */
  readonly isLikely: boolean;
}

const weights: Readonly<Record<MatchReason, number>> = {
  number: 60,
  number_tail: 25,
  balance: 30,
  due: 25,
  sum: 30,
  name: 35,
  name_part: 20,
};
const likelyLeast = 60;
const proposalsMost = 5;
const combinationMost = 5;
const combinedOfMost = 12;

const compact = (text: string) =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');

const said = ({ payerName, message }: Unmatched) => [payerName, message];

/** `R08-BP-000123` is written as R08BP000123, BP000123, or its six digits. */
const numberReason = (entry: Unmatched, number: string): MatchReason | undefined => {
  const whole = compact(number);
  const withoutYear = compact(number.split('-').slice(1).join(''));
  const written = said(entry).map(compact);
  const isWhole = (text: string) => text.includes(whole);
  // Another number that ends alike is longer on one side or the other.
  const standsAlone = (text: string) =>
    new RegExp(`(^|[^0-9A-Z])${withoutYear}(?![0-9])`).test(
      text
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[-‐−ー]/g, ''),
    );
  if (written.some(isWhole) || said(entry).some(standsAlone)) return 'number';
  const digits = /\d{6}$/.exec(number)?.[0];
  const isTail = (text: string) => text.normalize('NFKC').split(/\D+/).includes(digits!);
  return digits && said(entry).some(isTail) ? 'number_tail' : undefined;
};

const nameReason = (entry: Unmatched, booking: OpenBooking): MatchReason | undefined => {
  const { organizationName, organizationKana } = booking;
  const names = [organizationName, ...(organizationKana ? [organizationKana] : [])];
  const withoutNumbers = entry.payerName.normalize('NFKC').replace(/[A-Z]*\d[\dA-Z-]*/g, ' ');
  const agreement = nameAgreement(withoutNumbers, names);
  if (agreement === 'none') return undefined;
  return agreement === 'whole' ? 'name' : 'name_part';
};

const amountReason = ({ potYen }: Unmatched, booking: OpenBooking): MatchReason | undefined => {
  if (potYen === booking.owedYen) return 'balance';
  return potYen === booking.dueYen ? 'due' : undefined;
};

const isReason = (reason: MatchReason | undefined): reason is MatchReason => reason !== undefined;

const proposalOf = (
  parts: readonly MatchPart[],
  reasons: readonly (MatchReason | undefined)[],
): Proposal => {
  const known = reasons.filter(isReason);
  const score = known.reduce((sum, reason) => sum + weights[reason], 0);
  return { parts, reasons: known, score, isLikely: score >= likelyLeast };
};

const single = (entry: Unmatched, booking: OpenBooking): Proposal =>
  proposalOf(
    [{ booking, amountYen: Math.min(entry.potYen, booking.owedYen) }],
    [numberReason(entry, booking.number), amountReason(entry, booking), nameReason(entry, booking)],
  );

/** Sets of two to five open balances that come to a sum exactly. */
const setsOf = (
  bookings: readonly OpenBooking[],
  sumYenWanted: Yen,
  chosen: readonly OpenBooking[] = [],
): OpenBooking[][] => {
  if (sumYenWanted === 0) return chosen.length >= 2 ? [[...chosen]] : [];
  if (chosen.length === combinationMost) return [];
  return bookings.flatMap((booking, at) =>
    booking.owedYen <= sumYenWanted
      ? setsOf(bookings.slice(at + 1), sumYenWanted - booking.owedYen, [...chosen, booking])
      : [],
  );
};

/** One transfer for several bookings of one organizer; only where its name or a number speaks for it. */
const combined = (entry: Unmatched, bookings: readonly OpenBooking[]): Proposal[] => {
  const organizationIds = new Set(bookings.map(({ organizationId }) => organizationId));
  return [...organizationIds].flatMap((id) => {
    const own = bookings.filter(({ organizationId }) => organizationId === id);
    const numbers: MatchReason[] = own
      .map((booking) => numberReason(entry, booking.number))
      .filter(isReason);
    const reasons = [numbers[0], nameReason(entry, own[0]!)];
    if (!reasons.some(isReason)) return [];
    return setsOf(own.slice(0, combinedOfMost), entry.potYen).map((set) =>
      proposalOf(
        set.map((booking) => ({ booking, amountYen: booking.owedYen })),
        [...reasons, 'sum'],
      ),
    );
  });
};

const dueOnOf = ({ parts }: Proposal) => parts[0]!.booking.dueOn ?? '9999';

/** Of several equal ones none is to be taken with one button. */
const doubtEquals = (proposals: readonly Proposal[]): Proposal[] =>
  proposals.map((one) => ({
    ...one,
    isLikely: one.isLikely && proposals.filter(({ score }) => score === one.score).length === 1,
  }));

/**
 * What the money of an entry may pay for, best first: by the number of the booking, the amount and the
 * name of the payer. An amount alone proposes, but never with one button.
 */
export const proposeMatches = (entry: Unmatched, bookings: readonly OpenBooking[]): Proposal[] => {
  if (entry.potYen <= 0) return [];
  const singles = bookings.map((booking) => single(entry, booking));
  return doubtEquals(
    [...singles, ...combined(entry, bookings)]
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score || dueOnOf(one).localeCompare(dueOnOf(other))),
  ).slice(0, proposalsMost);
};

/** What is left of the money after a proposal. */
export const restOf = (potYen: Yen, { parts }: Proposal): Yen =>
  potYen - sumYen(parts.map(({ amountYen }) => amountYen));
