import { ok, refuse, type Result } from '#api/shared/result.ts';
import type { Yen } from '#api/shared/money.ts';
import { feesErrors } from '../errors.ts';
import type { Overtime } from '../schema.ts';
import type { PricedCatalogue, PricedSlot } from './catalogue.ts';
import {
  namesOf,
  placeWords,
  provisionalPriceWarning,
  provisionalRuleWarning,
  type PricedLine,
  type QuoteInput,
} from './line.ts';
import type { OutOfHours } from './out_of_hours.ts';
import { findPrice } from './price.ts';
import { applyRules, rulesFor, type QuoteStep } from './steps.ts';
import type { Tariff, TariffPrice } from './tariff.ts';
import {
  clockWords,
  durationWords,
  joinSentences,
  percentWords,
  spanWords,
  yenWords,
} from './wording.ts';
import type { Sentence } from '#api/shared/languages.ts';

/** Time of one day and part that is charged as one: the same side, slot and rules. */
interface ChargedTime {
  readonly times: readonly OutOfHours[];
  readonly minutes: number;
}

/** The stored price the hour is a share of. */
interface Basis {
  readonly price: TariffPrice;
  readonly minutes: number;
  readonly hours: Sentence;
}

const minutesOfClock = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const minutesOfSlot = ({ startsTime, endsTime }: PricedSlot) =>
  minutesOfClock(endsTime) - minutesOfClock(startsTime);

const basisOf = (
  input: QuoteInput,
  tariff: Tariff,
  catalogue: PricedCatalogue,
  overtime: Overtime,
  { use, slot }: OutOfHours,
): Basis | undefined => {
  const single = catalogue.bands.find(
    ({ slotCodes }) => slotCodes.length === 1 && slotCodes[0] === slot.code,
  );
  const own = catalogue.bands.find(({ code }) => code === use.bandCode);
  const band = overtime.per === 'slot_hour' ? single : own;
  const price =
    band && findPrice(tariff, use.configurationId, band.code, use.date, input.customerClass);
  if (!price) return undefined;
  const slots = catalogue.slots.filter(({ code }) => band.slotCodes.includes(code));
  return {
    price,
    minutes: slots.reduce((sum, one) => sum + minutesOfSlot(one), 0),
    hours: spanWords(slots[0]!.startsTime, slots.at(-1)!.endsTime),
  };
};

const hourFeeOf = ({ hourShareBp, roundDownToYen }: Overtime, { price, minutes }: Basis): Yen => {
  const shared = BigInt(price.feeYen) * BigInt(hourShareBp) * 60n;
  const unit = 10_000n * BigInt(minutes) * BigInt(roundDownToYen);
  return Number(shared / unit) * roundDownToYen;
};

const sideWords = ({ side, slot }: OutOfHours): Sentence => {
  const clock = clockWords(side === 'early' ? slot.startsTime : slot.endsTime);
  return side === 'early'
    ? { ja: `${clock.ja}より前`, en: `before ${clock.en}` }
    : { ja: `${clock.ja}より後`, en: `after ${clock.en}` };
};

const noPrice = (catalogue: PricedCatalogue, time: OutOfHours) => {
  const place = placeWords(catalogue.configurations.get(time.use.configurationId)!);
  const side = sideWords(time);
  return feesErrors.no_overtime_price({
    fields: [
      {
        path: `uses.${time.use.index}.${time.side === 'early' ? 'earlyHours' : 'lateHours'}`,
        code: 'fees.no_overtime_price',
        ja: `${place.ja}の${side.ja}の使用には料金が定められていません。この時間を外してください。`,
        en: `There is no price for using ${place.en} ${side.en}. Please leave this time out.`,
      },
    ],
  });
};

const openingSteps = (
  overtime: Overtime,
  basis: Basis,
  { times, minutes }: ChargedTime,
  hours: number,
): QuoteStep[] => {
  const side = sideWords(times[0]!);
  const used = durationWords(minutes);
  const hourFeeYen = hourFeeOf(overtime, basis);
  const fee = yenWords(hourFeeYen);
  const base = yenWords(basis.price.feeYen);
  const band = durationWords(basis.minutes);
  const isRounded = minutes % 60 !== 0;
  const isShare = overtime.hourShareBp !== 10_000;
  const share = isShare ? ` × ${percentWords(overtime.hourShareBp)}` : '';
  const drop = overtime.roundDownToYen > 1 ? overtime.roundDownToYen : undefined;
  const publication =
    basis.price.publication === 'published' ? overtime.publication : 'provisional';
  const length = isRounded
    ? {
        ja: `${used.ja}（1時間未満は切り上げて${hours}時間）× `,
        en: `${used.en} (charged as ${hours} h) × `,
      }
    : { ja: `${used.ja} × `, en: `${used.en} × ` };
  return [
    {
      code: 'hour_price',
      ja: `1時間の額は${basis.hours.ja}の料金 ${base.ja} ÷ ${band.ja}${share}${drop ? `（${drop}円未満切捨て）` : ''}`,
      en: `an hour is ${base.en} (${basis.hours.en}) ÷ ${band.en}${share}${drop ? `, rounded down to ¥${drop}` : ''}`,
      amountAfterYen: hourFeeYen,
      publication,
    },
    {
      code: 'base',
      ja: `時間外（${side.ja}）${length.ja}${fee.ja}`,
      en: `out of hours (${side.en}) ${length.en}${fee.en}`,
      amountAfterYen: hourFeeYen * hours,
      publication,
    },
  ];
};

const priceTime = (
  input: QuoteInput,
  tariff: Tariff,
  catalogue: PricedCatalogue,
  charged: ChargedTime,
): Result<PricedLine> => {
  const time = charged.times[0]!;
  const { overtime } = tariff;
  const basis = overtime && basisOf(input, tariff, catalogue, overtime, time);
  if (!basis) return refuse(noPrice(catalogue, time));
  const configuration = catalogue.configurations.get(time.use.configurationId)!;
  const hours = Math.ceil(charged.minutes / 60);
  const hourFeeYen = hourFeeOf(overtime, basis);
  const baseYen = hourFeeYen * hours;
  const rules = rulesFor(tariff, configuration, time.use.phase, input);
  const applied = applyRules(baseYen, rules, { ...input, reduction: null });
  const steps = [...openingSteps(overtime, basis, charged, hours), ...applied.steps];
  const reason = joinSentences(steps);
  const place = placeWords(configuration);
  const what = { ja: `${place.ja}（${basis.hours.ja}）`, en: `${place.en} (${basis.hours.en})` };
  const isPublished = steps.every(({ publication }) => publication === 'published');
  const provisionalRules = [overtime, ...rules].filter((rule) => rule.publication !== 'published');
  return ok({
    line: {
      kind: 'overtime',
      tariffId: tariff.id,
      useIndexes: [...new Set(charged.times.map(({ use }) => use.index))].sort((a, b) => a - b),
      ...namesOf(configuration),
      date: time.use.date,
      bandCode: basis.price.bandCode,
      phase: time.use.phase,
      dayType: basis.price.dayType,
      side: time.side,
      quantity: hours,
      unit: 'hour',
      unitYen: hourFeeYen,
      baseYen,
      steps,
      amountYen: applied.amountYen,
      reasonJa: reason.ja,
      reasonEn: reason.en,
      publication: isPublished ? 'published' : 'provisional',
      source: overtime.source,
    },
    warnings: [
      ...(basis.price.publication === 'provisional'
        ? [provisionalPriceWarning(what, basis.price.source)]
        : []),
      ...provisionalRules.map(provisionalRuleWarning),
    ],
  });
};

/** The time outside the bands of one part on one day: minutes first added up, then rounded up to hours. */
export const priceOvertimeDay = (
  input: QuoteInput,
  tariff: Tariff,
  catalogue: PricedCatalogue,
  outOfHours: readonly OutOfHours[],
): Result<PricedLine>[] => {
  const groups = new Map<string, OutOfHours[]>();
  for (const time of outOfHours) {
    const { use, side, slot } = time;
    const configuration = catalogue.configurations.get(use.configurationId)!;
    const rules = rulesFor(tariff, configuration, use.phase, input).map(({ code }) => code);
    const basis = tariff.overtime?.per === 'band_hour' ? use.bandCode : slot.code;
    const key = [side, basis, ...rules].join('|');
    groups.set(key, [...(groups.get(key) ?? []), time]);
  }
  return [...groups.keys()].sort().map((key) => {
    const times = groups.get(key)!;
    const minutes = times.reduce((sum, time) => sum + time.minutes, 0);
    return priceTime(input, tariff, catalogue, { times, minutes });
  });
};
