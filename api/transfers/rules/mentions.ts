import { sumYen, type Yen } from '../../shared/money.ts';
import { isWritten, writtenNumbers } from '../../shared/written_numbers.ts';

/** What is still owed for one thing at a venue. */
export interface Debt {
  readonly billingAccountId: string;
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

/** A paper we issued, with what it asks for of each debt. */
export interface OpenPaper {
  readonly number: string;
  /** Null where the paper asks for no sum of its own. */
  readonly asks: readonly { readonly billingAccountId: string; readonly amountYen: Yen | null }[];
}

export interface MatchPart {
  readonly debt: Debt;
  readonly amountYen: Yen;
}

/** What is named in a transfer: each alternative is a set of debts that it may mean. */
export interface Mention {
  readonly reason: 'number' | 'number_tail' | 'paper';
  readonly alternatives: readonly (readonly MatchPart[])[];
}

const wholly = (debt: Debt): MatchPart => ({ debt, amountYen: debt.owedYen });

const askedIn = (paper: OpenPaper, debts: readonly Debt[]): MatchPart[] =>
  paper.asks.flatMap(({ billingAccountId, amountYen }) => {
    const debt = debts.find((one) => one.billingAccountId === billingAccountId);
    if (!debt) return [];
    return [{ debt, amountYen: Math.min(amountYen ?? debt.owedYen, debt.owedYen) }];
  });

export const prefixesOf = (debts: readonly Debt[]): string[] => [
  ...new Set(debts.map(({ number }) => number.split('-')[1]!)),
];

/**
 * Every number a payer wrote with the debts it leads to. A number that leads to nothing that owes
 * money stays, with no alternative: then nobody but a person knows what is meant.
 */
export const mentionsIn = (
  texts: readonly string[],
  debts: readonly Debt[],
  papers: readonly OpenPaper[],
): Mention[] => {
  const prefixes = prefixesOf(debts);
  return texts.flatMap((text) => {
    const { numbers, tails } = writtenNumbers(text, prefixes);
    const exact = numbers.map((written): Mention => {
      if (written.letter === undefined) {
        const meant = debts.filter(({ number }) => isWritten(written, number));
        return { reason: 'number', alternatives: meant.map((debt) => [wholly(debt)]) };
      }
      const meant = papers.filter(({ number }) => isWritten(written, number));
      const alternatives = meant.map((paper) => askedIn(paper, debts));
      return { reason: 'paper', alternatives: alternatives.filter(({ length }) => length > 0) };
    });
    const ends = tails.map((tail): Mention => {
      const meant = debts.filter(({ number }) => number.endsWith(`-${tail}`));
      return { reason: 'number_tail', alternatives: meant.map((debt) => [wholly(debt)]) };
    });
    return [...exact, ...ends.filter(({ alternatives }) => alternatives.length > 0)];
  });
};

const has = (parts: readonly MatchPart[], billingAccountId: string) =>
  parts.some(({ debt }) => debt.billingAccountId === billingAccountId);

/** Whether a set of debts contains every debt that is named. */
export const coversAll = (parts: readonly MatchPart[], mentions: readonly Mention[]): boolean =>
  mentions.every(({ alternatives }) =>
    alternatives.some((meant) => meant.every(({ debt }) => has(parts, debt.billingAccountId))),
  );

/** The strongest way in which a debt is named. */
export const mentionOf = (
  billingAccountId: string,
  mentions: readonly Mention[],
): Mention | undefined => {
  const meant = mentions.filter(({ alternatives }) =>
    alternatives.some((parts) => has(parts, billingAccountId)),
  );
  return meant.find(({ reason }) => reason !== 'number_tail') ?? meant[0];
};

/** Everything that is named, taken together once; nothing where a name may mean several. */
export const namedParts = (mentions: readonly Mention[]): MatchPart[] => {
  if (mentions.some(({ alternatives }) => alternatives.length !== 1)) return [];
  const parts = new Map<string, MatchPart>();
  for (const part of mentions.flatMap(({ alternatives }) => alternatives[0]!)) {
    const known = parts.get(part.debt.billingAccountId);
    if (!known || part.amountYen < known.amountYen) parts.set(part.debt.billingAccountId, part);
  }
  return [...parts.values()];
};

/**
 * What the named debts get of the money: what they owe or what the papers ask for, whichever comes
 * to the sum; else what is there, in the order they are named.
 */
export const shareOut = (potYen: Yen, asked: readonly MatchPart[]): MatchPart[] => {
  const whole = asked.map(({ debt }) => wholly(debt));
  const totalOf = (parts: readonly MatchPart[]) => sumYen(parts.map(({ amountYen }) => amountYen));
  const wanted = totalOf(whole) <= potYen ? whole : asked;
  let left = potYen;
  return wanted.flatMap((part) => {
    const amountYen = Math.min(left, part.amountYen);
    left -= amountYen;
    return amountYen > 0 ? [{ ...part, amountYen }] : [];
  });
};
