import { ok, refuse, type Result } from '#api/shared/result.ts';
import { feesErrors } from '../errors.ts';
import type { ExtraCode } from '../schema.ts';
import type { PricedCatalogue, PricedConfiguration } from './catalogue.ts';
import {
  namesOf,
  placeWords,
  provisionalPriceWarning,
  type PricedLine,
  type QuoteUse,
} from './line.ts';
import { extraIn, type Tariff, type TariffExtra } from './tariff.ts';
import { durationWords, extraWords, yenWords } from './wording.ts';
import type { Sentence } from '#api/shared/languages.ts';

const minutesAnHour = 60;

const fieldOfExtra = {
  cooling: 'coolingHours',
  heating: 'heatingHours',
  wired_lan: 'wiredLan',
} as const;

const noExtraPrice = (code: ExtraCode, configuration: PricedConfiguration, index: number) => {
  const place = placeWords(configuration);
  const extra = extraWords[code];
  return feesErrors.no_extra_price({
    fields: [
      {
        path: `uses.${index}.${fieldOfExtra[code]}`,
        code: 'fees.no_extra_price',
        ja: `${place.ja}の${extra.ja}は料金が定められていません。${extra.ja}を外してください。`,
        en: `There is no price for ${extra.en} in ${place.en}. Please leave it out.`,
      },
    ],
  });
};

const lineOf = (
  tariff: Tariff,
  configuration: PricedConfiguration,
  uses: readonly QuoteUse[],
  extra: TariffExtra,
  quantity: number,
  words: Sentence,
): PricedLine => {
  const amountYen = extra.unitFeeYen * quantity;
  const place = placeWords(configuration);
  const name = extraWords[extra.code];
  const what = { ja: `${place.ja}の${name.ja}`, en: `${name.en} in ${place.en}` };
  const { publication, source } = extra;
  return {
    line: {
      kind: extra.code,
      tariffId: tariff.id,
      useIndexes: uses.map(({ index }) => index).sort((one, other) => one - other),
      ...namesOf(configuration),
      date: uses[0]!.date,
      quantity,
      unit: extra.unit,
      unitYen: extra.unitFeeYen,
      baseYen: amountYen,
      steps: [{ code: 'base', ...words, amountAfterYen: amountYen, publication }],
      amountYen,
      reasonJa: words.ja,
      reasonEn: words.en,
      publication,
      source,
    },
    warnings: publication === 'provisional' ? [provisionalPriceWarning(what, source)] : [],
  };
};

const hoursWords = (code: ExtraCode, minutes: number, hours: number, extra: TariffExtra) => {
  const name = extraWords[code];
  const fee = yenWords(extra.unitFeeYen);
  const used = durationWords(minutes);
  const isRounded = minutes % minutesAnHour !== 0;
  return isRounded
    ? {
        ja: `${name.ja} ${used.ja}（1時間未満は切り上げて${hours}時間）× ${fee.ja}`,
        en: `${name.en} ${used.en} (charged as ${hours} h) × ${fee.en}`,
      }
    : { ja: `${name.ja} ${used.ja} × ${fee.ja}`, en: `${name.en} ${used.en} × ${fee.en}` };
};

/** Cooling or heating of one configuration on one day: minutes first added up, then rounded up to hours. */
const priceHours = (
  code: 'cooling' | 'heating',
  tariff: Tariff,
  configuration: PricedConfiguration,
  usesOfDay: readonly QuoteUse[],
): Result<PricedLine>[] => {
  const minutesOf = (use: QuoteUse) =>
    code === 'cooling' ? use.coolingMinutes : use.heatingMinutes;
  const uses = usesOfDay.filter((use) => minutesOf(use) > 0);
  if (uses.length === 0) return [];
  const extra = extraIn(tariff, code, configuration.id);
  if (!extra) return [refuse(noExtraPrice(code, configuration, uses[0]!.index))];
  const minutes = uses.reduce((sum, use) => sum + minutesOf(use), 0);
  const hours = Math.ceil(minutes / minutesAnHour);
  const words = hoursWords(code, minutes, hours, extra);
  return [ok(lineOf(tariff, configuration, uses, extra, hours, words))];
};

export const priceClimateDay = (
  tariff: Tariff,
  configuration: PricedConfiguration,
  uses: readonly QuoteUse[],
): Result<PricedLine>[] => [
  ...priceHours('cooling', tariff, configuration, uses),
  ...priceHours('heating', tariff, configuration, uses),
];

/** The line is the room's: any configuration of it may carry the price. */
const lanIn = (tariff: Tariff, catalogue: PricedCatalogue, roomId: string, asked: string) =>
  extraIn(tariff, 'wired_lan', asked) ??
  [...catalogue.configurations.values()]
    .filter((configuration) => configuration.roomId === roomId)
    .map(({ id }) => extraIn(tariff, 'wired_lan', id))
    .find((extra) => extra !== undefined);

/** Wired LAN is charged once per room and day, however many parts and bands of the room use it. */
export const priceLanDay = (
  tariff: Tariff,
  catalogue: PricedCatalogue,
  usesOfDay: readonly QuoteUse[],
): Result<PricedLine>[] => {
  const uses = usesOfDay.filter(({ wiredLan }) => wiredLan);
  const [first] = [...uses].sort((one, other) =>
    one.configurationId < other.configurationId ? -1 : 1,
  );
  const configuration = first && catalogue.configurations.get(first.configurationId);
  if (!configuration) return [];
  const extra = lanIn(tariff, catalogue, configuration.roomId, configuration.id);
  if (!extra) return [refuse(noExtraPrice('wired_lan', configuration, uses[0]!.index))];
  const fee = yenWords(extra.unitFeeYen);
  const words = {
    ja: `有線LAN 1室1日 ${fee.ja}`,
    en: `wired LAN, ${fee.en} per room and day`,
  };
  return [ok(lineOf(tariff, configuration, uses, extra, 1, words))];
};
