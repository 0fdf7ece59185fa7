import { ok, refuse, type Result } from '#api/shared/result.ts';
import type { Publication } from '#api/venues/schema.ts';
import { feesErrors } from '../errors.ts';
import type { PricedCatalogue, PricedConfiguration } from './catalogue.ts';
import { chargedBandsOf, type ChargedBand, type OccupiedSlot } from './charging.ts';
import { dayTypeWords } from './day_type.ts';
import {
  namesOf,
  placeWords,
  provisionalPriceWarning,
  provisionalRuleWarning,
  type LineWarning,
  type PricedLine,
  type QuoteInput,
  type QuoteUse,
} from './line.ts';
import { findPrice } from './price.ts';
import { applyRules, rulesFor, type PriceReduction, type QuoteStep } from './steps.ts';
import type { Tariff, TariffPrice, TariffRule } from './tariff.ts';
import { joinSentences, phaseWords, spanWords, yenWords } from './wording.ts';
import type { Sentence } from '#api/shared/languages.ts';

const hoursOf = (catalogue: PricedCatalogue, slots: readonly OccupiedSlot[]): Sentence => {
  const times = (code: string) => catalogue.slots.find((slot) => slot.code === code)!;
  return spanWords(times(slots[0]!.slotCode).startsTime, times(slots.at(-1)!.slotCode).endsTime);
};

const noPrice = (charged: ChargedBand, hours: Sentence) => {
  const place = placeWords(charged.configuration);
  const english = `There is no price for ${place.en}, ${hours.en}.`;
  return feesErrors.no_price({
    fields: charged.slots
      .flatMap(({ useIndexes }) => useIndexes)
      .slice(0, 1)
      .map((index) => ({
        path: `uses.${index}.band`,
        code: 'fees.no_price',
        ja: `${place.ja}の${hours.ja}は料金が定められていません。別の区分を選んでください。`,
        en: `${english} Please choose another band.`,
      })),
    detail: { configurationId: charged.configuration.id, bandCode: charged.band?.code ?? null },
  });
};

/** Said where a slot is charged as the event although other work shares it. */
const sharedSlotStep = (
  slots: readonly OccupiedSlot[],
  chargeClassOf: (slot: OccupiedSlot['phase']) => string,
): Sentence | undefined => {
  const shared = slots.find(({ phase, phases }) =>
    phases.some((other) => chargeClassOf(other) !== chargeClassOf(phase)),
  );
  if (!shared) return undefined;
  const charged = phaseWords[shared.phase];
  const others = shared.phases.filter(
    (other) => chargeClassOf(other) !== chargeClassOf(shared.phase),
  );
  const named = (pick: (words: Sentence) => string, joint: string) =>
    others.map((other) => pick(phaseWords[other])).join(joint);
  const othersJa = named(({ ja }) => ja, '・');
  const othersEn = named(({ en }) => en, ' and ');
  return {
    ja: `${charged.ja}と同じ区分のため、${othersJa}も${charged.ja}の料金です`,
    en: `${othersEn} shares a slot with the ${charged.en} and is charged as the ${charged.en}`,
  };
};

const smeMissing: Sentence = {
  ja: '中小企業料金の定めがないため、基本料金です',
  en: 'there is no price for small businesses, so the standard price applies',
};

const priceWords = (tariff: Tariff, { customerClass, dayType }: TariffPrice): Sentence => {
  const day = dayTypeWords(tariff.holidayRule, dayType);
  if (customerClass !== 'sme') return day ?? { ja: '料金', en: 'price' };
  return day
    ? { ja: `中小企業の${day.ja}`, en: `small-business ${day.en}` }
    : { ja: '中小企業料金', en: 'small-business price' };
};

const openingSteps = (
  tariff: Tariff,
  price: TariffPrice,
  hours: Sentence,
  notes: readonly { code: string; words: Sentence | undefined }[],
): QuoteStep[] => {
  const fee = yenWords(price.feeYen);
  const label = priceWords(tariff, price);
  const state = { amountAfterYen: price.feeYen, publication: price.publication };
  return [
    {
      code: 'base',
      ja: `${hours.ja}の${label.ja} ${fee.ja}`,
      en: `${hours.en} ${label.en} ${fee.en}`,
      ...state,
    },
    ...notes.flatMap(({ code, words }) => (words ? [{ code, ...words, ...state }] : [])),
  ];
};

const warningsOf = (
  price: TariffPrice,
  rules: readonly TariffRule[],
  what: Sentence,
  lacksSmePrice: boolean,
  reduction: PriceReduction | null | undefined,
): LineWarning[] => [
  ...(price.publication === 'provisional' ? [provisionalPriceWarning(what, price.source)] : []),
  ...rules.filter(({ publication }) => publication === 'provisional').map(provisionalRuleWarning),
  ...(reduction?.publication === 'provisional'
    ? [
        provisionalRuleWarning({
          reasonJa: `${reduction.nameJa}の減免`,
          reasonEn: `Reduction for ${reduction.nameEn}`,
          source: reduction.source,
        }),
      ]
    : []),
  ...(lacksSmePrice
    ? [
        {
          code: 'fees.sme_price_missing',
          ja: `${what.ja}には中小企業料金の定めがないため、基本料金で計算しました。`,
          en: `There is no price for small businesses for ${what.en}; the standard price was used.`,
        },
      ]
    : []),
];

const priceBand = (
  input: QuoteInput,
  tariff: Tariff,
  catalogue: PricedCatalogue,
  charged: ChargedBand,
): Result<PricedLine> => {
  const { configuration, date, band, slots } = charged;
  const hours = hoursOf(catalogue, slots);
  const price = band && findPrice(tariff, configuration.id, band.code, date, input.customerClass);
  if (!price || !band) return refuse(noPrice(charged, hours));

  const rulesOf = (phase: OccupiedSlot['phase']) => rulesFor(tariff, configuration, phase, input);
  const phase = slots[0]!.phase;
  const rules = rulesOf(phase);
  const lacksSmePrice = input.customerClass === 'sme' && price.customerClass !== 'sme';
  const opening = openingSteps(tariff, price, hours, [
    { code: 'sme_price_missing', words: lacksSmePrice ? smeMissing : undefined },
    { code: 'shared_slot', words: sharedSlotStep(slots, (other) => chargeClassOf(rulesOf(other))) },
  ]);
  const { steps, amountYen } = applyRules(price.feeYen, rules, input);
  const allSteps = [...opening, ...steps];
  const reason = joinSentences(allSteps);
  const place = placeWords(configuration);
  const what = { ja: `${place.ja}（${hours.ja}）`, en: `${place.en} (${hours.en})` };
  const isPublished = allSteps.every(({ publication }) => publication === 'published');
  const publication: Publication = isPublished ? 'published' : 'provisional';

  return ok({
    line: {
      kind: 'room',
      tariffId: tariff.id,
      useIndexes: [...new Set(slots.flatMap(({ useIndexes }) => useIndexes))].sort((a, b) => a - b),
      ...namesOf(configuration),
      date,
      bandCode: band.code,
      phase,
      dayType: price.dayType,
      quantity: 1,
      unit: 'band',
      unitYen: price.feeYen,
      baseYen: price.feeYen,
      steps: allSteps,
      amountYen,
      reasonJa: reason.ja,
      reasonEn: reason.en,
      publication,
      source: price.source,
    },
    warnings: warningsOf(price, rules, what, lacksSmePrice, input.reduction),
  });
};

/** Phases under the same rules are charged alike and may share a band. */
const chargeClassOf = (rules: readonly TariffRule[]) => rules.map(({ code }) => code).join('|');

const slotUseOf = (catalogue: PricedCatalogue, { index, phase, bandCode }: QuoteUse) => ({
  index,
  phase,
  slotCodes: catalogue.bands.find(({ code }) => code === bandCode)?.slotCodes ?? [],
});

/** The room lines of one configuration on one day. */
export const priceRoomDay = (
  input: QuoteInput,
  tariff: Tariff,
  catalogue: PricedCatalogue,
  configuration: PricedConfiguration,
  uses: readonly QuoteUse[],
): Result<PricedLine>[] =>
  chargedBandsOf(
    catalogue,
    configuration,
    uses[0]!.date,
    uses.map((use) => slotUseOf(catalogue, use)),
    (phase) => chargeClassOf(rulesFor(tariff, configuration, phase, input)),
  ).map((charged) => priceBand(input, tariff, catalogue, charged));
