import type { InferResponseType } from 'hono/client';
import type { api } from '#web/api.ts';
import { formatNumber } from '#web/words/format.ts';
import { utilityWords } from '#web/words/utilities.ts';

type Client = ReturnType<typeof api>['api'];

export type BookingReadings = InferResponseType<Client['bookings'][':id']['readings']['$get']>;
export type ReadingView = BookingReadings['readings'][number];
export type MeterView = BookingReadings['meters'][number];
export type VenueUtilities = InferResponseType<Client['utilities']['$get']>;

export interface Sums {
  readonly chargedYen: number;
  readonly dueYen: number;
  readonly differenceYen: number;
}

interface Line extends Sums {
  readonly bookingId: string;
  readonly bookingNumber: string;
  readonly title: string;
  readonly organizationName: string;
}

/** The route answers JSON or CSV, which the typed client cannot tell apart. */
export interface Recalculation {
  readonly entries: readonly (Line & {
    readonly readingId: string;
    readonly roomNameJa: string;
    readonly roomNameEn: string;
    readonly usedOn: string;
    readonly reasonJa: string;
    readonly reasonEn: string;
  })[];
  readonly bookings: readonly Line[];
  readonly organizations: readonly (Sums & {
    readonly organizationId: string;
    readonly organizationName: string;
    readonly bookingCount: number;
  })[];
  readonly totals: Sums & {
    readonly overYen: number;
    readonly underYen: number;
    readonly wrongCount: number;
  };
}

export const unitWord = (unit: string): string =>
  utilityWords().unit[unit as keyof ReturnType<typeof utilityWords>['unit']] ?? unit;

interface Term {
  readonly feeIncludes: boolean;
  readonly unitFeeCentiyen: number;
}

const centiyen = 100;

/** Included, or what a unit costs. */
export const termSentence = (term: Term | null, unit: string): string => {
  const text = utilityWords();
  if (!term) return text.noTerm;
  if (term.feeIncludes) return text.included;
  return text.charged(formatNumber(term.unitFeeCentiyen / centiyen), unitWord(unit));
};

/** A price is per unit of the meter; where a room has none, per what the utility is counted in. */
export const usualUnit = { electricity: 'kWh', water: 'm3', hvac: 'h' } as const;
