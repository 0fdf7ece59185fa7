import { sumYen, type Yen } from '../../shared/money.ts';
import { isWritten, writtenNumbers } from '../../shared/written_numbers.ts';

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

/** A paper we issued, with what it asks for of each booking it speaks of. */
export interface OpenPaper {
  readonly number: string;
  /** Null where the paper asks for no sum of its own. */
  readonly asks: readonly { readonly bookingId: string; readonly amountYen: Yen | null }[];
}

export interface MatchPart {
  readonly booking: OpenBooking;
  readonly amountYen: Yen;
}

/** What is named in a transfer: each alternative is a set of bookings that it may mean. */
export interface Mention {
  readonly reason: 'number' | 'number_tail' | 'paper';
  readonly alternatives: readonly (readonly MatchPart[])[];
}

const wholly = (booking: OpenBooking): MatchPart => ({ booking, amountYen: booking.owedYen });

const askedIn = (paper: OpenPaper, bookings: readonly OpenBooking[]): MatchPart[] =>
  paper.asks.flatMap(({ bookingId, amountYen }) => {
    const booking = bookings.find((one) => one.bookingId === bookingId);
    if (!booking) return [];
    return [{ booking, amountYen: Math.min(amountYen ?? booking.owedYen, booking.owedYen) }];
  });

export const prefixesOf = (bookings: readonly OpenBooking[]): string[] => [
  ...new Set(bookings.map(({ number }) => number.split('-')[1]!)),
];

/**
 * Every number a payer wrote with the bookings it leads to. A number that leads to nothing that owes
 * money stays, with no alternative: then nobody but a person knows what is meant.
 */
export const mentionsIn = (
  texts: readonly string[],
  bookings: readonly OpenBooking[],
  papers: readonly OpenPaper[],
): Mention[] => {
  const prefixes = prefixesOf(bookings);
  return texts.flatMap((text) => {
    const { numbers, tails } = writtenNumbers(text, prefixes);
    const exact = numbers.map((written): Mention => {
      if (written.letter === undefined) {
        const meant = bookings.filter(({ number }) => isWritten(written, number));
        return { reason: 'number', alternatives: meant.map((booking) => [wholly(booking)]) };
      }
      const meant = papers.filter(({ number }) => isWritten(written, number));
      const alternatives = meant.map((paper) => askedIn(paper, bookings));
      return { reason: 'paper', alternatives: alternatives.filter(({ length }) => length > 0) };
    });
    const ends = tails.map((tail): Mention => {
      const meant = bookings.filter(({ number }) => number.endsWith(`-${tail}`));
      return { reason: 'number_tail', alternatives: meant.map((booking) => [wholly(booking)]) };
    });
    return [...exact, ...ends.filter(({ alternatives }) => alternatives.length > 0)];
  });
};

const has = (parts: readonly MatchPart[], bookingId: string) =>
  parts.some(({ booking }) => booking.bookingId === bookingId);

/** Whether a set of bookings contains every booking that is named. */
export const coversAll = (parts: readonly MatchPart[], mentions: readonly Mention[]): boolean =>
  mentions.every(({ alternatives }) =>
    alternatives.some((meant) => meant.every(({ booking }) => has(parts, booking.bookingId))),
  );

/** The strongest way in which a booking is named. */
export const mentionOf = (bookingId: string, mentions: readonly Mention[]): Mention | undefined => {
  const meant = mentions.filter(({ alternatives }) =>
    alternatives.some((parts) => has(parts, bookingId)),
  );
  return meant.find(({ reason }) => reason !== 'number_tail') ?? meant[0];
};

/** Everything that is named, taken together once; nothing where a name may mean several. */
export const namedParts = (mentions: readonly Mention[]): MatchPart[] => {
  if (mentions.some(({ alternatives }) => alternatives.length !== 1)) return [];
  const parts = new Map<string, MatchPart>();
  for (const part of mentions.flatMap(({ alternatives }) => alternatives[0]!)) {
    const known = parts.get(part.booking.bookingId);
    if (!known || part.amountYen < known.amountYen) parts.set(part.booking.bookingId, part);
  }
  return [...parts.values()];
};

/**
 * What the named bookings get of the money: what they owe or what the papers ask for, whichever comes
 * to the sum; else what is there, in the order they are named.
 */
export const shareOut = (potYen: Yen, asked: readonly MatchPart[]): MatchPart[] => {
  const whole = asked.map(({ booking }) => wholly(booking));
  const totalOf = (parts: readonly MatchPart[]) => sumYen(parts.map(({ amountYen }) => amountYen));
  const wanted = totalOf(whole) <= potYen ? whole : asked;
  let left = potYen;
  return wanted.flatMap((part) => {
    const amountYen = Math.min(left, part.amountYen);
    left -= amountYen;
    return amountYen > 0 ? [{ ...part, amountYen }] : [];
  });
};
