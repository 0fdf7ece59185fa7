import type { BasisPoints, Yen } from '#api/shared/money.ts';
import type { LocalDay } from '#api/shared/time.ts';
import type { Publication } from '#api/venues/schema.ts';
import type {
  CustomerClass,
  DayType,
  ExtraCode,
  HolidayRule,
  Overtime,
  RuleCondition,
  RuleOperation,
} from '../schema.ts';

interface Sourced {
  readonly publication: Publication;
  readonly source: string;
}

export interface TariffPrice extends Sourced {
  readonly configurationId: string;
  readonly bandCode: string;
  readonly dayType: DayType;
  readonly customerClass: CustomerClass;
  readonly feeYen: Yen;
}

export interface TariffRule extends Sourced {
  readonly code: string;
  readonly sortOrder: number;
  readonly condition: RuleCondition;
  readonly operation: RuleOperation;
  readonly reasonJa: string;
  readonly reasonEn: string;
}

export interface TariffExtra extends Sourced {
  readonly code: ExtraCode;
  readonly configurationId: string;
  readonly unit: 'hour' | 'room_day';
  readonly unitFeeYen: Yen;
}

/** A version of a venue's prices, ready to be looked up. */
export interface Tariff extends Sourced {
  readonly id: string;
  readonly venueId: string;
  readonly nameJa: string;
  readonly effectiveFrom: LocalDay;
  readonly effectiveUntil: LocalDay | null;
  readonly taxRateBp: BasisPoints;
  readonly provisionalRuleJa: string;
  readonly provisionalRuleEn: string;
  readonly holidayRule: HolidayRule | null;
  readonly overtime: Overtime | null;
  readonly prices: ReadonlyMap<string, TariffPrice>;
  /** In the order in which they are applied. */
  readonly rules: readonly TariffRule[];
  readonly extras: ReadonlyMap<string, TariffExtra>;
}

export interface TariffParts extends Omit<Tariff, 'prices' | 'rules' | 'extras'> {
  readonly prices: readonly TariffPrice[];
  readonly rules: readonly TariffRule[];
  readonly extras: readonly TariffExtra[];
}

const keyOf = (...parts: readonly string[]) => parts.join('|');

const byOrder = (one: TariffRule, other: TariffRule) =>
  one.sortOrder - other.sortOrder || (one.code < other.code ? -1 : 1);

export const assembleTariff = (parts: TariffParts): Tariff => ({
  ...parts,
  prices: new Map(
    parts.prices.map((price) => [
      keyOf(price.configurationId, price.bandCode, price.customerClass, price.dayType),
      price,
    ]),
  ),
  rules: [...parts.rules].sort(byOrder),
  extras: new Map(parts.extras.map((extra) => [keyOf(extra.code, extra.configurationId), extra])),
});

/** The price for that kind of day, or the one for all days. */
export const priceIn = (
  tariff: Tariff,
  configurationId: string,
  bandCode: string,
  customerClass: CustomerClass,
  dayType: DayType = 'all',
): TariffPrice | undefined => {
  const priceFor = (type: DayType) =>
    tariff.prices.get(keyOf(configurationId, bandCode, customerClass, type));
  return priceFor(dayType) ?? priceFor('all');
};

export const extraIn = (
  tariff: Tariff,
  code: ExtraCode,
  configurationId: string,
): TariffExtra | undefined => tariff.extras.get(keyOf(code, configurationId));

/** The tariff in force on a day of use; the newest wins where two overlap. */
export const tariffOn = (tariffs: readonly Tariff[], day: LocalDay): Tariff | undefined =>
  tariffs
    .filter(
      ({ effectiveFrom, effectiveUntil }) =>
        effectiveFrom <= day && (effectiveUntil === null || day <= effectiveUntil),
    )
    .reduce<Tariff | undefined>(
      (newest, tariff) =>
        newest && newest.effectiveFrom >= tariff.effectiveFrom ? newest : tariff,
      undefined,
    );
