import type { RoomClass } from '../../rooms/schema.ts';
import type { BasisPoints } from '../../shared/money.ts';
import { addDays, addMonths, openDayFrom, type LocalDay } from '../../shared/time.ts';
import type { Publication } from '../../venues/schema.ts';
import type { Deed } from '../schema.ts';

/** From so long before the first day of use on, this share is kept. */
export interface CancellationTerm {
  readonly roomClass: RoomClass;
  readonly deed: Deed;
  readonly effectiveFrom: LocalDay;
  readonly beforeCount: number;
  readonly beforeUnit: 'day' | 'month';
  readonly keptBp: BasisPoints;
  readonly publication: Publication;
  readonly source: string;
}

/** What the days of a table are counted from. */
export interface Calendar {
  readonly firstUsedOn: LocalDay;
  readonly isClosed: (day: LocalDay) => boolean;
}

const reachOf = ({ beforeUnit, beforeCount }: CancellationTerm, firstUsedOn: LocalDay) =>
  beforeUnit === 'month'
    ? addMonths(firstUsedOn, -beforeCount)
    : addDays(firstUsedOn, -beforeCount);

/**
 * The first day on which a term applies. The day before it is a deadline: where the house is closed
 * then, nobody could have given notice, and it moves to the next open day.
 */
export const startOfTerm = (
  term: CancellationTerm,
  { firstUsedOn, isClosed }: Calendar,
): LocalDay => addDays(openDayFrom(addDays(reachOf(term, firstUsedOn), -1), isClosed), 1);

/** The newest version of each table that was in force on a day, milder first. */
export const termsInForce = (
  terms: readonly CancellationTerm[],
  on: LocalDay,
): CancellationTerm[] => {
  const begun = terms.filter(({ effectiveFrom }) => effectiveFrom <= on);
  const isNewest = (term: CancellationTerm) =>
    !begun.some(
      ({ roomClass, deed, effectiveFrom }) =>
        roomClass === term.roomClass && deed === term.deed && effectiveFrom > term.effectiveFrom,
    );
  return begun.filter(isNewest).sort((one, other) => one.keptBp - other.keptBp);
};

export interface AppliedTerm {
  readonly term: CancellationTerm;
  readonly startsOn: LocalDay;
}

/** The term of a class that reaches a day; none while it is early enough for nothing. */
export const findTerm = (
  terms: readonly CancellationTerm[],
  asked: { readonly roomClass: RoomClass; readonly deed: Deed; readonly on: LocalDay },
  calendar: Calendar,
): AppliedTerm | undefined =>
  terms
    .filter(({ roomClass, deed }) => roomClass === asked.roomClass && deed === asked.deed)
    .map((term) => ({ term, startsOn: startOfTerm(term, calendar) }))
    .filter(({ startsOn }) => startsOn <= asked.on)
    .sort((one, other) => {
      const later = reachOf(one.term, calendar.firstUsedOn).localeCompare(
        reachOf(other.term, calendar.firstUsedOn),
      );
      return later || one.term.keptBp - other.term.keptBp;
    })
    .at(-1);
