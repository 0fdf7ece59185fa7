import { dayOf, type LocalDay, type LocalTime } from '#api/shared/time.ts';
import { opensAt } from '#api/slots/rules/window.ts';
import type { PricedCatalogue } from './catalogue.ts';
import { placeWords, type QuoteWarning } from './line.ts';
import type { Quote } from './quote.ts';
import { clockWords, dayWords, monthWords } from './wording.ts';

export interface BookingHours {
  readonly opensAtTime: LocalTime;
  readonly zone: string;
}

/** A quote tells the price of a month that cannot be booked yet, and from when it can. */
export const withOpeningWarnings = (
  quote: Quote,
  catalogue: PricedCatalogue,
  { opensAtTime, zone }: BookingHours,
  now: Date,
): Quote => {
  const said = new Map<string, QuoteWarning & { lineIndexes: number[] }>();
  for (const [lineIndex, line] of quote.lines.entries()) {
    if (line.kind !== 'room') continue;
    const configuration = catalogue.configurations.get(line.configurationId)!;
    const opening = opensAt(line.date, configuration.opensMonthsBefore, opensAtTime, zone);
    if (opening <= now) continue;
    const opensOn: LocalDay = dayOf(opening, zone);
    const place = placeWords(configuration);
    const month = monthWords(line.date);
    const [day, clock] = [dayWords(opensOn), clockWords(opensAtTime)];
    const ja = `${place.ja}の${month.ja}分の受付は、${day.ja}${clock.ja}に始まります。`;
    const en = `Booking of ${place.en} for ${month.en} opens on ${day.en} at ${clock.en}.`;
    const known = said.get(ja);
    if (known) known.lineIndexes.push(lineIndex);
    else said.set(ja, { code: 'fees.not_open_yet', ja, en, lineIndexes: [lineIndex] });
  }
  return { ...quote, warnings: [...quote.warnings, ...said.values()] };
};
