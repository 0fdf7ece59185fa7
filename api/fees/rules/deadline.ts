import { firstDayInTime } from '#api/policies/rules.ts';
import type { PricedCatalogue } from './catalogue.ts';
import type { Quote } from './quote.ts';
import { dayWords } from './wording.ts';

interface Deadlines {
  /** By class of rooms. */
  readonly requestDeadlineDays: Readonly<Record<string, number>>;
  readonly zone: string;
  readonly phone: string | null;
}

/** A quote tells the price of what can no longer be applied for, and whom to ask instead. */
export const withDeadlineWarning = (
  quote: Quote,
  { configurations }: PricedCatalogue,
  { requestDeadlineDays, zone, phone }: Deadlines,
  now: Date,
): Quote => {
  const rooms = quote.lines.filter(({ kind }) => kind === 'room');
  const daysBefore = rooms.map(
    ({ configurationId }) =>
      requestDeadlineDays[configurations.get(configurationId)!.roomClass] ?? 0,
  );
  const inTimeFrom = firstDayInTime(now, Math.max(0, ...daysBefore), zone);
  const [first] = rooms.map(({ date }) => date).toSorted();
  if (first === undefined || first >= inTimeFrom) return quote;
  const day = dayWords(inTimeFrom);
  const [ja, en] = phone ? [`（${phone}）`, ` (${phone})`] : ['', ''];
  const warning = {
    code: 'fees.too_late',
    ja: `申込みの受付は終了しました。いま申し込めるのは${day.ja}以降の使用です。お急ぎのときは窓口${ja}へお電話ください。`,
    en: `It is too late to apply for this here: use from ${day.en} on can still be applied for. Please telephone the desk${en}.`,
    lineIndexes: quote.lines.flatMap(({ date }, at) => (date < inTimeFrom ? [at] : [])),
  };
  return { ...quote, warnings: [warning, ...quote.warnings] };
};
