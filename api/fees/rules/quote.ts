import { slotErrors } from '#api/slots/errors.ts';
import { sumYen, taxInside, type BasisPoints, type Yen } from '#api/shared/money.ts';
import { ok, refuse, type Result } from '#api/shared/result.ts';
import type { LocalDay } from '#api/shared/time.ts';
import { feesErrors } from '../errors.ts';
import type { PricedCatalogue } from './catalogue.ts';
import { priceAdmissionDay } from './admission.ts';
import { priceClimateDay, priceLanDay } from './extras.ts';
import type { PricedLine, QuoteInput, QuoteLine, QuoteUse, QuoteWarning } from './line.ts';
import { outOfHoursOf, type OutOfHours } from './out_of_hours.ts';
import { priceOvertimeDay } from './overtime.ts';
import { priceRoomDay } from './room.ts';
import { tariffOn, type Tariff } from './tariff.ts';
import { dayWords } from './wording.ts';

export interface QuoteTax {
  readonly taxRateBp: BasisPoints;
  readonly totalYen: Yen;
  readonly taxYen: Yen;
}

/** What a booking costs, each line with its reasons; prices include tax. */
export interface Quote {
  /** The tariff of the first day of use; each line names its own. */
  readonly tariffId: string;
  readonly lines: readonly QuoteLine[];
  readonly totalYen: Yen;
  readonly taxYen: Yen;
  readonly taxRateBp: BasisPoints;
  /** Per rate, as a qualified invoice needs it. */
  readonly taxes: readonly QuoteTax[];
  readonly isProvisional: boolean;
  readonly warnings: readonly QuoteWarning[];
}

interface Day {
  readonly date: LocalDay;
  readonly tariff: Tariff;
  readonly uses: readonly QuoteUse[];
}

const fieldOf = (index: number, name: string, code: string, ja: string, en: string) => ({
  path: `uses.${index}.${name}`,
  code,
  ja,
  en,
});

/** The first use the catalogue of the venue does not know. */
const refusalOf = (use: QuoteUse, catalogue: PricedCatalogue) => {
  const configuration = catalogue.configurations.get(use.configurationId);
  if (configuration?.venueId !== catalogue.venueId) {
    const ja = '別の施設の部屋です。施設ごとに分けて見積もってください。';
    const en = 'This room belongs to another venue. Please ask for a quote per venue.';
    const field = fieldOf(use.index, 'configuration', 'fees.other_venue', ja, en);
    return feesErrors.other_venue({ fields: [field] });
  }
  if (!catalogue.bands.some(({ code }) => code === use.bandCode)) {
    const ja = `「${use.bandCode}」という利用区分はありません。区分を選び直してください。`;
    const en = `There is no band “${use.bandCode}”. Please choose another one.`;
    const field = fieldOf(use.index, 'band', 'slots.unknown_band', ja, en);
    return slotErrors.unknown_band({ params: { band: use.bandCode }, fields: [field] });
  }
  return undefined;
};

const groupBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] => {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.keys()].sort().map((key) => groups.get(key)!);
};

const daysOf = (uses: readonly QuoteUse[], tariffs: readonly Tariff[]): Result<Day[]> => {
  const days: Day[] = [];
  for (const usesOfDay of groupBy(uses, ({ date }) => date)) {
    const { date, index } = usesOfDay[0]!;
    const tariff = tariffOn(tariffs, date);
    if (!tariff) {
      const ja = `${dayWords(date).ja}に適用する料金表がまだありません。別の日を選んでください。`;
      const en = `There is no price list for ${date} yet. Please choose another day.`;
      const field = fieldOf(index, 'date', 'fees.no_tariff', ja, en);
      return refuse(feesErrors.no_tariff({ params: { date }, fields: [field] }));
    }
    days.push({ date, tariff, uses: usesOfDay });
  }
  return ok(days);
};

const priceDay = (
  input: QuoteInput,
  { date, tariff, uses }: Day,
  catalogue: PricedCatalogue,
  outOfHours: readonly OutOfHours[],
): Result<PricedLine>[] => [
  ...groupBy(uses, ({ configurationId }) => configurationId).flatMap((usesOfConfiguration) => {
    const configuration = catalogue.configurations.get(usesOfConfiguration[0]!.configurationId)!;
    return [
      ...priceRoomDay(input, tariff, catalogue, configuration, usesOfConfiguration),
      ...priceOvertimeDay(
        input,
        tariff,
        catalogue,
        outOfHours.filter(
          (time) => time.use.date === date && time.use.configurationId === configuration.id,
        ),
      ),
      ...priceClimateDay(tariff, configuration, usesOfConfiguration),
    ];
  }),
  ...groupBy(
    uses,
    ({ configurationId }) => catalogue.configurations.get(configurationId)!.roomId,
  ).flatMap((usesOfRoom) => [
    ...priceAdmissionDay(input, tariff, catalogue, usesOfRoom).map(ok),
    ...priceLanDay(tariff, catalogue, usesOfRoom),
  ]),
];

/** Lines that warn of the same thing share one warning. */
const gatherWarnings = (priced: readonly PricedLine[]): QuoteWarning[] => {
  const said = new Map<string, QuoteWarning & { lineIndexes: number[] }>();
  for (const [lineIndex, { warnings }] of priced.entries()) {
    for (const warning of warnings) {
      const known = said.get(warning.ja);
      if (known) known.lineIndexes.push(lineIndex);
      else said.set(warning.ja, { ...warning, lineIndexes: [lineIndex] });
    }
  }
  return [...said.values()];
};

/** The written rule behind the provisional figures, told once for all lines of a tariff. */
const provisionalTariffWarnings = (
  lines: readonly QuoteLine[],
  tariffs: readonly Tariff[],
): QuoteWarning[] =>
  tariffs.flatMap(({ id, provisionalRuleJa, provisionalRuleEn }) => {
    const lineIndexes = lines.flatMap(({ tariffId, publication }, index) =>
      tariffId === id && publication === 'provisional' ? [index] : [],
    );
    return lineIndexes.length === 0
      ? []
      : [
          {
            code: 'fees.provisional_tariff',
            ja: provisionalRuleJa,
            en: provisionalRuleEn,
            lineIndexes,
          },
        ];
  });

/** One rounding per rate and document (消費税法施行令70条の10): on the sum, never on the lines. */
const taxesOf = (lines: readonly QuoteLine[], tariffs: readonly Tariff[]): QuoteTax[] => {
  const rateOf = (line: QuoteLine) => tariffs.find(({ id }) => id === line.tariffId)!.taxRateBp;
  const rates = [...new Set(lines.map(rateOf))].sort((one, other) => other - one);
  return rates.map((taxRateBp) => {
    const ofRate = lines.filter((line) => rateOf(line) === taxRateBp);
    const totalYen = sumYen(ofRate.map(({ amountYen }) => amountYen));
    return { taxRateBp, totalYen, taxYen: taxInside(totalYen, taxRateBp) };
  });
};

const total = (priced: readonly PricedLine[], first: Tariff, tariffs: readonly Tariff[]): Quote => {
  const lines = priced.map(({ line }) => line);
  const taxes = taxesOf(lines, tariffs);
  return {
    tariffId: first.id,
    lines,
    totalYen: sumYen(lines.map(({ amountYen }) => amountYen)),
    taxYen: sumYen(taxes.map(({ taxYen }) => taxYen)),
    taxRateBp: first.taxRateBp,
    taxes,
    isProvisional: lines.some(({ publication }) => publication === 'provisional'),
    warnings: [...gatherWarnings(priced), ...provisionalTariffWarnings(lines, tariffs)],
  };
};

/**
 * The price of a booking. Pure: the same uses, tariffs and catalogue give the same lines, and the
 * order of the uses does not matter.
 */
export const quoteBooking = (
  input: QuoteInput,
  tariffs: readonly Tariff[],
  catalogue: PricedCatalogue,
): Result<Quote> => {
  const uses = [...input.uses].sort((one, other) => one.index - other.index);
  for (const use of uses) {
    const error = refusalOf(use, catalogue);
    if (error) return refuse(error);
  }
  const days = daysOf(
    uses,
    tariffs.filter(({ venueId }) => venueId === catalogue.venueId),
  );
  if (!days.ok) return days;
  const outOfHours = outOfHoursOf(uses, catalogue);
  const priced: PricedLine[] = [];
  for (const result of days.value.flatMap((day) => priceDay(input, day, catalogue, outOfHours))) {
    if (!result.ok) return result;
    priced.push(result.value);
  }
  return ok(total(priced, days.value[0]!.tariff, tariffs));
};
