import { sumYen, type Yen } from '../../shared/money.ts';
import {
  coversAll,
  mentionOf,
  mentionsIn,
  namedParts,
  shareOut,
  type MatchPart,
  type Mention,
  type Debt,
  type OpenPaper,
} from './mentions.ts';
import { nameAgreement } from './names.ts';

/** What is to be matched: the money left of an entry, and what the payer wrote. */
export interface Unmatched {
  readonly potYen: Yen;
  readonly payerName: string;
  readonly message: string;
}

export const matchReasons = [
  'number',
  'number_tail',
  'paper',
  'balance',
  'due',
  'asked',
  'sum',
  'name',
  'name_part',
] as const;
export type MatchReason = (typeof matchReasons)[number];

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
  paper: 60,
  balance: 30,
  due: 25,
  asked: 30,
  sum: 30,
  name: 35,
  name_part: 20,
};
const likelyLeast = 60;
const proposalsMost = 5;
const combinationMost = 5;
const combinedOfMost = 12;

const nameReason = (entry: Unmatched, debt: Debt): MatchReason | undefined => {
  const { organizationName, organizationKana } = debt;
  const names = [organizationName, ...(organizationKana ? [organizationKana] : [])];
  const withoutNumbers = entry.payerName.normalize('NFKC').replace(/[A-Z]*\d[\dA-Z-]*/g, ' ');
  const agreement = nameAgreement(withoutNumbers, names);
  if (agreement === 'none') return undefined;
  return agreement === 'whole' ? 'name' : 'name_part';
};

const amountReason = (
  { potYen }: Unmatched,
  debt: Debt,
  mention: Mention | undefined,
): MatchReason | undefined => {
  if (potYen === debt.owedYen) return 'balance';
  if (potYen === debt.dueYen) return 'due';
  const isAsked = ({ debt: { billingAccountId }, amountYen }: MatchPart) =>
    billingAccountId === debt.billingAccountId && amountYen === potYen;
  return mention?.alternatives.some((parts) => parts.some(isAsked)) ? 'asked' : undefined;
};

const isReason = (reason: MatchReason | undefined): reason is MatchReason => reason !== undefined;

/** What speaks for a set, and whether it has everything that is named. */
interface Candidate {
  readonly parts: readonly MatchPart[];
  readonly reasons: readonly MatchReason[];
  readonly score: number;
  readonly isCovering: boolean;
  /** It is what is named, no more and no less, and leaves nothing of the money. */
  readonly isExact: boolean;
}

const totalOf = (parts: readonly MatchPart[]): Yen =>
  sumYen(parts.map(({ amountYen }) => amountYen));

const owedOf = (parts: readonly MatchPart[]): Yen => sumYen(parts.map(({ debt }) => debt.owedYen));

const candidateOf = (
  { potYen }: Unmatched,
  mentions: readonly Mention[],
  {
    parts,
    reasons,
  }: {
    readonly parts: readonly MatchPart[];
    readonly reasons: readonly (MatchReason | undefined)[];
  },
): Candidate => {
  const known = [...new Set(reasons.filter(isReason))];
  const isCovering = coversAll(parts, mentions);
  const isNamed = parts.every(({ debt }) => mentionOf(debt.billingAccountId, mentions));
  return {
    parts,
    reasons: known,
    score: known.reduce((sum, reason) => sum + weights[reason], 0),
    isCovering,
    isExact: isCovering && isNamed && totalOf(parts) === potYen,
  };
};

const single = (entry: Unmatched, debt: Debt, mentions: readonly Mention[]): Candidate => {
  const mention = mentionOf(debt.billingAccountId, mentions);
  const amountYen = Math.min(entry.potYen, debt.owedYen);
  const reasons = [mention?.reason, amountReason(entry, debt, mention), nameReason(entry, debt)];
  return candidateOf(entry, mentions, { parts: [{ debt, amountYen }], reasons });
};

/** Several debts that are named, whoever they belong to; their own sum need not be the money. */
const named = (entry: Unmatched, mentions: readonly Mention[]): Candidate[] => {
  const asked = namedParts(mentions);
  if (asked.length < 2) return [];
  const parts = shareOut(entry.potYen, asked);
  const isWhole = [totalOf(asked), owedOf(asked)].includes(entry.potYen);
  const names = parts.map(({ debt }) => nameReason(entry, debt)).filter(isReason);
  const reasons = [...mentions.map(({ reason }) => reason), names[0], isWhole ? 'sum' : undefined];
  return [candidateOf(entry, mentions, { parts, reasons: reasons as MatchReason[] })];
};

/** Sets of two to five open balances that come to a sum exactly. */
const setsOf = (
  debts: readonly Debt[],
  sumYenWanted: Yen,
  chosen: readonly Debt[] = [],
): Debt[][] => {
  if (sumYenWanted === 0) return chosen.length >= 2 ? [[...chosen]] : [];
  if (chosen.length === combinationMost) return [];
  return debts.flatMap((debt, at) =>
    debt.owedYen <= sumYenWanted
      ? setsOf(debts.slice(at + 1), sumYenWanted - debt.owedYen, [...chosen, debt])
      : [],
  );
};

interface Party {
  readonly debts: readonly Debt[];
  readonly reasons: readonly MatchReason[];
}

/** Organizers for whom a name or a number speaks, each with its debts, named ones first. */
const partiesIn = (
  entry: Unmatched,
  debts: readonly Debt[],
  mentions: readonly Mention[],
): Party[] => {
  const organizationIds = new Set(debts.map(({ organizationId }) => organizationId));
  return [...organizationIds].flatMap((id) => {
    const own = debts.filter(({ organizationId }) => organizationId === id);
    const isNamed = ({ billingAccountId }: Debt) =>
      mentionOf(billingAccountId, mentions) !== undefined;
    const numbers = own.map(
      ({ billingAccountId }) => mentionOf(billingAccountId, mentions)?.reason,
    );
    const reasons = [numbers.find(isReason), nameReason(entry, own[0]!)].filter(isReason);
    const ordered = [...own.filter(isNamed), ...own.filter((one) => !isNamed(one))];
    return reasons.length > 0 ? [{ debts: ordered.slice(0, combinedOfMost), reasons }] : [];
  });
};

const setsIn = (
  entry: Unmatched,
  { debts, reasons }: Party,
  mentions: readonly Mention[],
): Candidate[] =>
  setsOf(debts, entry.potYen).map((set) =>
    candidateOf(entry, mentions, {
      parts: set.map((debt) => ({ debt, amountYen: debt.owedYen })),
      reasons: [...reasons, 'sum'],
    }),
  );

/** Two organizers may pay with one transfer, where both are named; more would be chance. */
const togetherMost = 3;

const together = (parties: readonly Party[]): Party[] =>
  parties.length < 2 || parties.length > togetherMost
    ? []
    : [
        {
          debts: parties.flatMap(({ debts }) =>
            debts.slice(0, Math.floor(combinedOfMost / parties.length)),
          ),
          reasons: parties.flatMap(({ reasons }) => reasons),
        },
      ];

/** One transfer for several debts: of one organizer, or of those it names. */
const combined = (
  entry: Unmatched,
  debts: readonly Debt[],
  mentions: readonly Mention[],
): Candidate[] => {
  const parties = partiesIn(entry, debts, mentions);
  const organizers = ({ parts }: Candidate) =>
    new Set(parts.map(({ debt }) => debt.organizationId)).size;
  return [
    ...parties.flatMap((party) => setsIn(entry, party, mentions)),
    ...together(parties)
      .flatMap((party) => setsIn(entry, party, mentions))
      .filter((candidate) => organizers(candidate) === parties.length),
  ];
};

const dueOnOf = ({ parts }: Candidate) => parts[0]!.debt.dueOn ?? '9999';

const rankOf = ({ isExact, isCovering }: Candidate): number => {
  if (isExact) return 0;
  return isCovering ? 1 : 2;
};

const keyOf = ({ parts }: Candidate) =>
  parts
    .map(({ debt, amountYen }) => `${debt.billingAccountId}:${amountYen}`)
    .sort()
    .join(' ');

/** What is found in two ways is one proposal, by the stronger of them. */
const once = (ordered: readonly Candidate[]): Candidate[] => {
  const keys = ordered.map(keyOf);
  return ordered.filter((_, at) => keys.indexOf(keys[at]!) === at);
};

/** Of several equal ones none is to be taken with one button, nor one that leaves out what is named. */
const proposalOf = (candidate: Candidate, all: readonly Candidate[]): Proposal => {
  const { parts, reasons, score, isCovering } = candidate;
  const rank = rankOf(candidate);
  const isAlone = all.filter((one) => one.score === score && rankOf(one) === rank).length === 1;
  const isSettled =
    parts.length === 1 || reasons.includes('sum') || totalOf(parts) === owedOf(parts);
  const isLikely = score >= likelyLeast && isCovering && isAlone && isSettled;
  return { parts, reasons, score, isLikely };
};

/**
 * What the money of an entry may pay for, best first: by the numbers of debts and papers, the amount
 * and the name of the payer. An amount alone proposes, but never with one button; and where debts
 * are named, nothing is that leaves one of them out.
 */
export const proposeMatches = (
  entry: Unmatched,
  debts: readonly Debt[],
  papers: readonly OpenPaper[] = [],
): Proposal[] => {
  if (entry.potYen <= 0) return [];
  const mentions = mentionsIn([entry.payerName, entry.message], debts, papers);
  const found = [
    ...named(entry, mentions),
    ...debts.map((debt) => single(entry, debt, mentions)),
    ...combined(entry, debts, mentions),
  ]
    .filter(({ score }) => score > 0)
    .sort(
      (one, other) =>
        rankOf(one) - rankOf(other) ||
        other.score - one.score ||
        dueOnOf(one).localeCompare(dueOnOf(other)),
    );
  const candidates = once(found);
  return candidates.slice(0, proposalsMost).map((candidate) => proposalOf(candidate, candidates));
};

/** What is left of the money after a proposal. */
export const restOf = (potYen: Yen, { parts }: Proposal): Yen => potYen - totalOf(parts);
