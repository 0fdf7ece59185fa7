import { refuse, ok, type Result } from '#api/shared/result.ts';
import type { LocalDay } from '#api/shared/time.ts';
import { feesErrors } from '../errors.ts';
import type { PriceList } from '../schema.ts';
import { tariffOn, type Tariff } from './tariff.ts';

/** What the venue asks on a day, as it is shown to everybody. */
export const priceListOn = (tariffs: readonly Tariff[], day: LocalDay): Result<PriceList> => {
  const tariff = tariffOn(tariffs, day);
  if (!tariff) return refuse(feesErrors.no_tariff({ params: { date: day } }));
  const { id, nameJa, effectiveFrom, effectiveUntil, taxRateBp, publication, source } = tariff;
  const { provisionalRuleJa, provisionalRuleEn, holidayRule, overtime } = tariff;
  return ok({
    tariff: {
      id,
      nameJa,
      effectiveFrom,
      effectiveUntil,
      taxRateBp,
      provisionalRuleJa,
      provisionalRuleEn,
      holidayRule,
      overtime,
      publication,
      source,
    },
    prices: [...tariff.prices.values()].map((price) => ({
      configurationId: price.configurationId,
      bandCode: price.bandCode,
      dayType: price.dayType,
      customerClass: price.customerClass,
      feeYen: price.feeYen,
      publication: price.publication,
      source: price.source,
    })),
    extras: [...tariff.extras.values()].map((extra) => ({
      code: extra.code,
      configurationId: extra.configurationId,
      unit: extra.unit,
      unitFeeYen: extra.unitFeeYen,
      publication: extra.publication,
      source: extra.source,
    })),
    rules: tariff.rules.map((rule) => ({
      code: rule.code,
      reasonJa: rule.reasonJa,
      reasonEn: rule.reasonEn,
      publication: rule.publication,
      source: rule.source,
    })),
  });
};
