import { ok, refuse, type Result } from '../../shared/result.ts';
import { fiscalYearOf, type FiscalYear, type LocalDay } from '../../shared/time.ts';
import { reportErrors } from '../errors.ts';
import type { Month } from '../schema.ts';
import { definitionInWords, type Definition } from './definition.ts';
import {
  firstDayOf,
  measureRooms,
  monthsFrom,
  rateOf,
  shownRate,
  sumShares,
  type Facts,
  type MeasuredRoom,
  type Share,
} from './measure.ts';

export const monthsAtMost = 24;

/** A figure of the yearly plan with its plans and the dated choice of definition. */
export interface Figure {
  readonly id: string;
  readonly venueId: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly roomIds: readonly string[];
  readonly plans: readonly { fiscalYear: FiscalYear; plannedRateBp: number; source: string }[];
  readonly definitions: readonly (Definition & { effectiveFrom: LocalDay; source: string })[];
}

export interface OccupancyFacts extends Facts {
  readonly rooms: readonly MeasuredRoom[];
  readonly figures: readonly Figure[];
}

export interface OccupancyQuestion extends Definition {
  readonly by: 'room' | 'figure';
  readonly from: Month;
  readonly to: Month;
}

export const decidePeriod = (from: Month, to: Month): Result<Month[]> => {
  if (to < from) return refuse(reportErrors.range_backwards());
  const months = monthsFrom(from, to);
  return months.length > monthsAtMost
    ? refuse(reportErrors.range_too_long({ params: { months: monthsAtMost } }))
    : ok(months);
};

const withRate = (share: Share) => ({ ...share, rateBp: rateOf(share) });

/** The definition in force: the newest that began on or before the day. */
const definitionOn = (figure: Figure, day: LocalDay) =>
  figure.definitions
    .filter(({ effectiveFrom }) => effectiveFrom <= day)
    .sort((one, other) => (one.effectiveFrom < other.effectiveFrom ? 1 : -1))[0];

/**
 * The plan of the fiscal year in which the period ends, and what was reached of it in the months of
 * that year, both by the definition the plan is held against.
 */
const planOf = (
  figure: Figure,
  rooms: readonly MeasuredRoom[],
  months: readonly Month[],
  facts: OccupancyFacts,
) => {
  const fiscalYear = fiscalYearOf(firstDayOf(months.at(-1)!));
  const ofYear = months.filter((month) => fiscalYearOf(firstDayOf(month)) === fiscalYear);
  const plan = figure.plans.find((one) => one.fiscalYear === fiscalYear);
  const definition = definitionOn(figure, firstDayOf(ofYear[0]!));
  if (!plan || !definition) return undefined;
  const measured = withRate(sumShares(measureRooms(rooms, ofYear, facts, definition)));
  return {
    rateBp: plan.plannedRateBp,
    fiscalYear,
    definition: definition.definition,
    countsSetup: definition.countsSetup,
    source: plan.source,
    definitionSource: definition.source,
    from: ofYear[0]!,
    to: ofYear.at(-1)!,
    measured,
    differenceBp: measured.rateBp === null ? null : measured.rateBp - plan.plannedRateBp,
  };
};

const rowOf = (
  named: { id: string; venueId: string; nameJa: string; nameEn: string },
  rooms: readonly MeasuredRoom[],
  months: readonly Month[],
  question: OccupancyQuestion,
  facts: OccupancyFacts,
) => {
  const shares = measureRooms(rooms, months, facts, question);
  return {
    key: named.id,
    nameJa: named.nameJa,
    nameEn: named.nameEn,
    venueId: named.venueId,
    months: shares.map((share, at) => ({ month: months[at]!, ...withRate(share) })),
    total: withRate(sumShares(shares)),
  };
};

const figureRow = (
  figure: Figure,
  months: readonly Month[],
  question: OccupancyQuestion,
  facts: OccupancyFacts,
) => {
  const rooms = facts.rooms.filter(({ id }) => figure.roomIds.includes(id));
  const plan = planOf(figure, rooms, months, facts);
  return { ...rowOf(figure, rooms, months, question, facts), ...(plan ? { plan } : {}) };
};

type Row = ReturnType<typeof rowOf> & { plan?: NonNullable<ReturnType<typeof planOf>> };

/** The report of a period: one row a room or a figure, with the definition it was counted by. */
export const reportOccupancy = (
  question: OccupancyQuestion,
  months: readonly Month[],
  facts: OccupancyFacts,
) => {
  const rows: Row[] =
    question.by === 'room'
      ? facts.rooms.map((room) => rowOf(room, [room], months, question, facts))
      : facts.figures.map((figure) => figureRow(figure, months, question, facts));
  return {
    from: question.from,
    to: question.to,
    by: question.by,
    definition: definitionInWords(question),
    rows,
  };
};

export type OccupancyReport = ReturnType<typeof reportOccupancy>;

const percentOf = (rateBp: number) => shownRate({ numerator: rateBp, denominator: 10_000 });

const noData = 'データなし';

/** The report as a table: the definition first, then a line a month and a line for the whole period. */
export const occupancyTable = (report: OccupancyReport): string[][] => {
  const counted =
    report.definition.definition === 'day'
      ? ['使用日数', '開館日数']
      : ['使用区分数', '貸出可能区分数'];
  const lineOf = (row: Row, period: string, share: Share, plan: string) => [
    row.venueId,
    row.key,
    row.nameJa,
    row.nameEn,
    period,
    ...(share.hasData
      ? [String(share.numerator), String(share.denominator), shownRate(share)]
      : ['', '', noData]),
    plan,
  ];
  return [
    ['施設稼働率', `${report.from}〜${report.to}`],
    ['算定方法', report.definition.ja],
    ['Definition', report.definition.en],
    [],
    ['施設', 'コード', '名称', '名称(英語)', '年月', ...counted, '稼働率(%)', '計画(%)'],
    ...report.rows.flatMap((row) => [
      ...row.months.map((share) => lineOf(row, share.month, share, '')),
      lineOf(row, '合計', row.total, row.plan ? percentOf(row.plan.rateBp) : ''),
    ]),
  ];
};
