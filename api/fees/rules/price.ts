import type { LocalDay } from '#api/shared/time.ts';
import type { CustomerClass } from '../schema.ts';
import { dayTypeOn } from './day_type.ts';
import { priceIn, type Tariff, type TariffPrice } from './tariff.ts';

/** The price of a band on a day. A venue without a price for small businesses charges the standard one. */
export const findPrice = (
  tariff: Tariff,
  configurationId: string,
  bandCode: string,
  day: LocalDay,
  customerClass: CustomerClass,
): TariffPrice | undefined => {
  const dayType = dayTypeOn(tariff.holidayRule, day);
  return (
    priceIn(tariff, configurationId, bandCode, customerClass, dayType) ??
    priceIn(tariff, configurationId, bandCode, 'standard', dayType)
  );
};
