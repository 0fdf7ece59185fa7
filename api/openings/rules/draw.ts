/** A cell for a stretch of time; the instants as UTC text, which sorts as it runs. */
export interface DrawClaim {
  readonly cellId: string;
  readonly from: string;
  readonly until: string;
}

export interface DrawEntry {
  readonly number: number;
  readonly claims: readonly DrawClaim[];
}

/** One that won nothing: to which winner, or to nobody where the time was taken before the draw. */
export interface Loss {
  readonly number: number;
  readonly lostTo: number | null;
  /** The place in line for the same cells: 1 is asked first. */
  readonly position: number;
}

/** What a draw came to: entry numbers, and whom each loser lost to. */
export interface DrawOutcome {
  readonly won: readonly number[];
  readonly lost: readonly Loss[];
  /** Entries whose time was taken by something else at the moment of the draw. */
  readonly blocked: readonly number[];
}

export interface DrawResult extends Pick<DrawOutcome, 'won' | 'lost'> {
  /** Entry numbers in the order drawn. */
  readonly order: readonly number[];
}

/** The text whose SHA-256 gives an entry its place; with it anybody can repeat the draw. */
export const orderText = (seed: string, number: number): string => `${seed}:${number}`;

/** Ascending by hash in lower-case hexadecimal. */
export const drawOrder = (hashes: ReadonlyMap<number, string>): number[] =>
  [...hashes]
    .sort(([one, a], [other, b]) => (a < b ? -1 : a > b ? 1 : one - other))
    .map(([number]) => number);

export const clash = (one: DrawEntry, other: DrawEntry): boolean =>
  one.claims.some((a) =>
    other.claims.some((b) => a.cellId === b.cellId && a.from < b.until && b.from < a.until),
  );

const textOf = ({ cellId, from, until }: DrawClaim) => `${cellId} ${from} ${until}`;

/** Whether two lists claim the same cells for the same times. */
export const areSame = (one: readonly DrawClaim[], other: readonly DrawClaim[]): boolean =>
  one.map(textOf).sort().join() === other.map(textOf).sort().join();

interface Draw {
  readonly entries: readonly DrawEntry[];
  /** SHA-256 of `orderText` of every entry. */
  readonly hashes: ReadonlyMap<number, string>;
  /** Entries whose time was taken by something else at the moment of the draw. */
  readonly blocked: readonly number[];
}

/**
 * Walks the entries in their order: one wins if nothing was in its way before and it clashes with no
 * winner before it. The order in which the entries are given does not matter.
 */
export const draw = ({ entries, hashes, blocked }: Draw): DrawResult => {
  const byNumber = new Map(entries.map((entry) => [entry.number, entry]));
  const order = drawOrder(hashes).filter((number) => byNumber.has(number));
  const winners: DrawEntry[] = [];
  const losers: DrawEntry[] = [];
  const lost: Loss[] = [];
  for (const number of order) {
    const entry = byNumber.get(number)!;
    const isBlocked = blocked.includes(number);
    const winner = isBlocked ? undefined : winners.find((other) => clash(entry, other));
    if (!isBlocked && !winner) {
      winners.push(entry);
      continue;
    }
    const ahead = losers.filter((other) => clash(entry, other)).length;
    lost.push({ number, lostTo: winner?.number ?? null, position: ahead + 1 });
    losers.push(entry);
  }
  return { order, won: winners.map(({ number }) => number), lost };
};

/** Who of the line is offered what has come free, in the order drawn; two of them never clash. */
export const nextInLine = (
  order: readonly number[],
  line: readonly DrawEntry[],
  isFree: (entry: DrawEntry) => boolean,
): number[] => {
  const chosen: DrawEntry[] = [];
  for (const number of order) {
    const entry = line.find((one) => one.number === number);
    if (!entry || !isFree(entry) || chosen.some((other) => clash(entry, other))) continue;
    chosen.push(entry);
  }
  return chosen.map(({ number }) => number);
};
