import { dayOf, wallClock, type LocalDay, type LocalTime } from '#api/shared/time.ts';
import { findPeriod, opensAt, type OpeningPeriod } from '#api/slots/rules/window.ts';
import type { PricedCatalogue } from './catalogue.ts';
import { placeWords, type QuoteWarning } from './line.ts';
import type { Quote } from './quote.ts';
import { clockWords, dayWords, monthWords } from './wording.ts';

export interface BookingHours {
  readonly opensAtTime: LocalTime;
  readonly zone: string;
  readonly openingPeriods?: readonly OpeningPeriod[];
}

/** A quote tells the price of a month that cannot be booked yet, and from when it can. */
export const withOpeningWarnings = (
  quote: Quote,
  catalogue: PricedCatalogue,
  { opensAtTime, zone, openingPeriods = [] }: BookingHours,
  now: Date,
): Quote => {
  const said = new Map<string, QuoteWarning & { lineIndexes: number[] }>();
  for (const [lineIndex, line] of quote.lines.entries()) {
    if (line.kind !== 'room') continue;
    const configuration = catalogue.configurations.get(line.configurationId)!;
    const period = findPeriod(openingPeriods, configuration.roomClass, line.date);
    const opening =
      period?.opensAt ?? opensAt(line.date, configuration.opensMonthsBefore, opensAtTime, zone);
    if (opening <= now) continue;
    const opensOn: LocalDay = dayOf(opening, zone);
    const place = placeWords(configuration);
    const month = monthWords(line.date);
    const [day, clock] = [dayWords(opensOn), clockWords(wallClock(opening, zone).slice(11))];
    const isDrawn = period?.lottery && now < period.lottery.collectsUntil;
    const ja = isDrawn
      ? `${place.ja}の${month.ja}分は抽選で受け付けます。先着の受付は、${day.ja}${clock.ja}に始まります。`
      : `${place.ja}の${month.ja}分の受付は、${day.ja}${clock.ja}に始まります。`;
    const en = isDrawn
      ? `Booking of ${place.en} for ${month.en} is by lottery; what is left opens on ${day.en} at ${clock.en}.`
      : `Booking of ${place.en} for ${month.en} opens on ${day.en} at ${clock.en}.`;
    const known = said.get(ja);
    if (known) known.lineIndexes.push(lineIndex);
    else said.set(ja, { code: 'fees.not_open_yet', ja, en, lineIndexes: [lineIndex] });
  }
  return { ...quote, warnings: [...quote.warnings, ...said.values()] };
};
