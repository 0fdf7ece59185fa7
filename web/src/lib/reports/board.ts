import type { SlotState } from '#web/ui/marks.ts';
import type { BoardEntry } from './views.ts';

/** Neighbouring slots of a cell that belong together: one entry, as wide as its slots. */
export interface BoardSpan {
  readonly entry: BoardEntry;
  readonly slots: number;
}

const isSame = (one: BoardEntry, other: BoardEntry) =>
  one.bookingId === other.bookingId &&
  one.state === other.state &&
  one.phase === other.phase &&
  one.closureReasonJa === other.closureReasonJa &&
  one.isBuffer === other.isBuffer &&
  one.state !== 'free';

export const spansOf = (slots: readonly BoardEntry[]): BoardSpan[] => {
  const spans: BoardSpan[] = [];
  for (const entry of slots) {
    const last = spans.at(-1);
    if (last && isSame(last.entry, entry)) {
      spans[spans.length - 1] = { ...last, slots: last.slots + 1 };
    } else {
      spans.push({ entry, slots: 1 });
    }
  }
  return spans;
};

/** The marks are those of the public calendar; the word beside them says more. */
export const markOf = (state: BoardEntry['state']): SlotState => {
  switch (state) {
    case 'free':
    case 'closed':
      return state;
    case 'held':
    case 'requested':
      return 'held';
    default:
      return 'taken';
  }
};
