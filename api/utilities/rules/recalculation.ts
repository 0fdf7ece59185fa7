import { sumYen, type Yen } from '../../shared/money.ts';
import type { LocalDay } from '../../shared/time.ts';
import type { Utility } from '../schema.ts';
import { quoteUtility } from './price.ts';
import { termOn, type UtilityTerm } from './terms.ts';

/** A checked reading with what was charged for it, if anything was. */
export interface ChargedReading {
  readonly readingId: string;
  readonly bookingId: string;
  readonly bookingNumber: string;
  readonly title: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly roomId: string;
  readonly roomNameJa: string;
  readonly roomNameEn: string;
  readonly meterNameJa: string;
  readonly meterNameEn: string;
  readonly utility: Utility;
  readonly unit: string;
  readonly usedOn: LocalDay;
  readonly startValue: number;
  readonly endValue: number;
  readonly chargedYen: Yen;
}

export interface Sums {
  readonly chargedYen: Yen;
  /** What the terms known today make it. */
  readonly dueYen: Yen;
  /** Above nought: charged too much. */
  readonly differenceYen: Yen;
}

const sumOf = (rows: readonly Sums[]): Sums => ({
  chargedYen: sumYen(rows.map(({ chargedYen }) => chargedYen)),
  dueYen: sumYen(rows.map(({ dueYen }) => dueYen)),
  differenceYen: sumYen(rows.map(({ differenceYen }) => differenceYen)),
});

const groupedBy = <Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[][] => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return [...groups.values()];
};

const byDifference = (a: Sums, b: Sums) => b.differenceYen - a.differenceYen;

/** Every charge made anew under the terms as they are known today, by booking and by organization. */
export const recalculate = (readings: readonly ChargedReading[], terms: readonly UtilityTerm[]) => {
  const entries = readings.map(({ startValue, endValue, roomId, ...reading }) => {
    const term = termOn(terms, { roomId, utility: reading.utility }, reading.usedOn);
    const line = quoteUtility({ startValue, endValue, unit: reading.unit }, term);
    return {
      ...reading,
      quantity: line.quantity,
      reasonJa: line.reasonJa,
      reasonEn: line.reasonEn,
      dueYen: line.amountYen,
      differenceYen: reading.chargedYen - line.amountYen,
    };
  });
  const bookings = groupedBy(entries, ({ bookingId }) => bookingId).map((rows) => {
    const { bookingId, bookingNumber, title, organizationName } = rows[0]!;
    return { bookingId, bookingNumber, title, organizationName, ...sumOf(rows) };
  });
  const organizations = groupedBy(entries, ({ organizationId }) => organizationId).map((rows) => {
    const { organizationId, organizationName } = rows[0]!;
    const bookingCount = new Set(rows.map(({ bookingId }) => bookingId)).size;
    return { organizationId, organizationName, bookingCount, ...sumOf(rows) };
  });
  const differences = entries.map(({ differenceYen }) => differenceYen);
  return {
    entries,
    bookings: bookings.toSorted(byDifference),
    organizations: organizations.toSorted(byDifference),
    totals: {
      ...sumOf(entries),
      overYen: sumYen(differences.filter((yen) => yen > 0)),
      underYen: sumYen(differences.filter((yen) => yen < 0)),
      wrongCount: differences.filter((yen) => yen !== 0).length,
    },
  };
};

export type Recalculation = ReturnType<typeof recalculate>;

const head = [
  '予約番号',
  '催事名',
  '申込者',
  '部屋',
  '計器',
  '使用日',
  '使用量',
  '単位',
  '請求額(円)',
  '正しい額(円)',
  '差額(円)',
  '計算',
];

/** One row for each reading, for a spreadsheet. */
export const recalculationTable = ({ entries }: Recalculation): (string | number)[][] => [
  head,
  ...entries.map((entry) => [
    entry.bookingNumber,
    entry.title,
    entry.organizationName,
    entry.roomNameJa,
    entry.meterNameJa,
    entry.usedOn,
    entry.quantity,
    entry.unit,
    entry.chargedYen,
    entry.dueYen,
    entry.differenceYen,
    entry.reasonJa,
  ]),
];
