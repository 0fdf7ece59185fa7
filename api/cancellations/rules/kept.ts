import type { CancelGround } from '../../bookings/rules/booking.ts';
import type { QuoteLine } from '../../fees/rules/line.ts';
import type { RoomClass } from '../../rooms/schema.ts';
import { shareOf, sumYen, type BasisPoints, type Yen } from '../../shared/money.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import type { LocalDay } from '../../shared/time.ts';
import type { Publication } from '../../venues/schema.ts';
import { cancellationErrors } from '../errors.ts';
import type { Deed } from '../schema.ts';
import { findTerm, startOfTerm, type Calendar, type CancellationTerm } from './terms.ts';
import { groundSentences, termSentence, tooEarlySentence, type Sentence } from './wording.ts';

/** What the rooms of a class cost together. */
export interface FeeOfClass {
  readonly roomClass: RoomClass;
  readonly feeYen: Yen;
  readonly isProvisional: boolean;
}

export interface KeptReason extends Sentence {
  readonly roomClass: RoomClass;
  readonly feeYen: Yen;
  readonly keptBp: BasisPoints;
  readonly keptYen: Yen;
  readonly startsOn: LocalDay | null;
  readonly publication: Publication;
  readonly source: string | null;
}

export interface Kept {
  readonly feeYen: Yen;
  readonly keptYen: Yen;
  readonly reasons: readonly KeptReason[];
  readonly isProvisional: boolean;
}

export interface Notice extends Calendar {
  readonly fees: readonly FeeOfClass[];
  readonly terms: readonly CancellationTerm[];
  readonly deed: Deed;
  readonly ground: CancelGround;
  readonly noticedOn: LocalDay;
}

/** The lines of a promised price, summed over the classes of their rooms. */
export const feesOfClasses = (
  lines: readonly QuoteLine[],
  classes: ReadonlyMap<string, RoomClass>,
): FeeOfClass[] => {
  const present = [...new Set(lines.map(({ roomId }) => classes.get(roomId)!))].sort();
  return present.map((roomClass) => {
    const own = lines.filter(({ roomId }) => classes.get(roomId) === roomClass);
    return {
      roomClass,
      feeYen: sumYen(own.map(({ amountYen }) => amountYen)),
      isProvisional: own.some(({ publication }) => publication === 'provisional'),
    };
  });
};

const nothing = (
  { roomClass, feeYen }: FeeOfClass,
  sentence: Sentence,
  publication: Publication,
): KeptReason => ({
  roomClass,
  feeYen,
  keptBp: 0,
  keptYen: 0,
  startsOn: null,
  ...sentence,
  publication,
  source: null,
});

const reasonOf = (fee: FeeOfClass, notice: Notice): KeptReason => {
  const { terms, deed, ground, noticedOn } = notice;
  if (ground !== 'organizer') return nothing(fee, groundSentences[ground], 'published');
  const { roomClass, feeYen, isProvisional } = fee;
  const applied = findTerm(terms, { roomClass, deed, on: noticedOn }, notice);
  if (!applied) {
    const isOpen = terms.some(
      (term) => term.roomClass === roomClass && term.publication === 'provisional',
    );
    return nothing(fee, tooEarlySentence, isOpen ? 'provisional' : 'published');
  }
  const { keptBp, publication, source } = applied.term;
  return {
    roomClass,
    feeYen,
    keptBp,
    keptYen: shareOf(feeYen, keptBp),
    startsOn: applied.startsOn,
    ...termSentence(applied, feeYen),
    publication: isProvisional ? 'provisional' : publication,
    source,
  };
};

/** What is kept: a share of the fee of each class of rooms, a fraction of a yen dropped once for each. */
export const reckonKept = (notice: Notice): Kept => {
  const reasons = notice.fees.map((fee) => reasonOf(fee, notice));
  return {
    feeYen: sumYen(reasons.map(({ feeYen }) => feeYen)),
    keptYen: sumYen(reasons.map(({ keptYen }) => keptYen)),
    reasons,
    isProvisional: reasons.some(({ publication }) => publication === 'provisional'),
  };
};

export interface KeptStep {
  /** Null: until the first day on which anything is kept. */
  readonly startsOn: LocalDay | null;
  readonly keptYen: Yen;
}

/** How what is kept grows as the day of use comes closer, up to that day. */
export const keptSteps = (notice: Notice): KeptStep[] => {
  const { fees, terms, deed, firstUsedOn } = notice;
  const own = terms.filter(
    (term) => term.deed === deed && fees.some(({ roomClass }) => roomClass === term.roomClass),
  );
  const days = [...new Set(own.map((term) => startOfTerm(term, notice)))]
    .filter((day) => day <= firstUsedOn)
    .sort();
  return [
    { startsOn: null, keptYen: 0 },
    ...days.map((startsOn) => ({
      startsOn,
      keptYen: reckonKept({ ...notice, ground: 'organizer', noticedOn: startsOn }).keptYen,
    })),
  ];
};

/** Nobody confirms another figure than the one they saw. */
export const decideShownKept = (kept: Kept, shownYen: Yen | undefined): Result<Kept> => {
  if (shownYen === undefined || shownYen === kept.keptYen) return ok(kept);
  const keptYen = String(kept.keptYen).replace(/\B(?=(\d{3})+$)/g, ',');
  return refuse(
    cancellationErrors.figure_changed({ params: { keptYen }, detail: { keptYen: kept.keptYen } }),
  );
};
