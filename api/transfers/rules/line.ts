import type { Yen } from '../../shared/money.ts';

/**
 * What became of an entry. `conflict`: the bank took money back that is used already. `unpaired`: it
 * took something back that was not found.
 */
export const lineStates = [
  'open',
  'conflict',
  'unpaired',
  'done',
  'ignored',
  'taken_back',
  'outgoing',
  'cancellation',
] as const;
export type LineState = (typeof lineStates)[number];

export interface LineMoney {
  readonly isIncoming: boolean;
  readonly isCancelled: boolean;
  /** The entry this one takes back. */
  readonly cancelsLineId: string | null;
  /** Another entry takes this one back. */
  readonly isTakenBack: boolean;
  readonly ignoredReason: string | null;
  readonly amountYen: Yen;
  /** What of the money pays for nothing and is not going back. */
  readonly leftYen: Yen;
  /** What left the pot without a refund. */
  readonly outYen: Yen;
}

export const stateOfLine = (line: LineMoney): LineState => {
  if (!line.isIncoming) return 'outgoing';
  if (line.isCancelled) {
    const isSettled = line.cancelsLineId !== null || line.ignoredReason !== null;
    return isSettled ? 'cancellation' : 'unpaired';
  }
  if (line.isTakenBack) return line.outYen === line.amountYen ? 'taken_back' : 'conflict';
  if (line.ignoredReason !== null) return 'ignored';
  return line.leftYen > 0 ? 'open' : 'done';
};

/**
 * The deposit a correction entry takes back, of those it may mean, nearest first. Where it leaves its payer
 * out and deposits of several payers fit, nobody but a person can tell.
 */
export const correctedOf = <Deposit extends { readonly payerName: string }>(
  { payerName }: { readonly payerName: string },
  deposits: readonly Deposit[],
): Deposit | undefined => {
  const isTold = payerName !== '' || new Set(deposits.map((one) => one.payerName)).size === 1;
  return isTold ? deposits[0] : undefined;
};

/** An entry without its file: what makes it the same entry in another one. */
export interface KeyFacts {
  readonly bankAccountId: string;
  readonly bookedOn: string;
  readonly isIncoming: boolean;
  readonly isCancelled: boolean;
  readonly amountYen: Yen;
  readonly reference: string;
  readonly payerName: string;
  readonly message: string;
}

/** Two entries of one file that are alike in everything are two: the second is told by its place. */
export const keyTexts = (entries: readonly KeyFacts[]): string[] => {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const text = JSON.stringify([
      entry.bankAccountId,
      entry.bookedOn,
      entry.isIncoming,
      entry.isCancelled,
      entry.amountYen,
      entry.reference,
      entry.payerName,
      entry.message,
    ]);
    const place = (seen.get(text) ?? 0) + 1;
    seen.set(text, place);
    return `${text}#${place}`;
  });
};
