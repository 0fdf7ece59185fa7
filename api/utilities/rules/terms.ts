import type { LocalDay } from '../../shared/time.ts';
import type { Publication } from '../../venues/schema.ts';
import type { Utility } from '../schema.ts';

/** Whether the fee of a room includes a utility, from a day on; said again later, the later word counts. */
export interface UtilityTerm {
  readonly id: string;
  readonly roomId: string;
  readonly utility: Utility;
  readonly effectiveFrom: LocalDay;
  readonly feeIncludes: boolean;
  readonly unitFeeCentiyen: number;
  readonly publication: Publication;
  readonly source: string;
  readonly createdAt: Date;
}

const later = (a: UtilityTerm, b: UtilityTerm) =>
  a.effectiveFrom.localeCompare(b.effectiveFrom) || a.createdAt.getTime() - b.createdAt.getTime();

/** The term in force on a day, as known today. */
export const termOn = (
  terms: readonly UtilityTerm[],
  { roomId, utility }: Pick<UtilityTerm, 'roomId' | 'utility'>,
  day: LocalDay,
): UtilityTerm | undefined =>
  terms
    .filter((term) => term.roomId === roomId && term.utility === utility)
    .filter((term) => term.effectiveFrom <= day)
    .toSorted(later)
    .at(-1);
