import type { tariffExtras, tariffPrices, tariffRules, tariffs } from '../../schema/fees.ts';
import type { CatalogueFile } from './format.ts';

type CustomerClass = (typeof tariffPrices.$inferInsert)['customerClass'];
type DayType = NonNullable<(typeof tariffPrices.$inferInsert)['dayType']>;
type Extra = (typeof tariffExtras.$inferInsert)['code'];
type Tariff = CatalogueFile['tariffs'][string];

export interface TariffRows {
  readonly tariffs: (typeof tariffs.$inferInsert)[];
  readonly tariffRules: (typeof tariffRules.$inferInsert)[];
  readonly tariffPrices: (typeof tariffPrices.$inferInsert)[];
  readonly tariffExtras: (typeof tariffExtras.$inferInsert)[];
}

const provenance = (file: CatalogueFile, source: string) => {
  const found = file.sources[source]!;
  return { publication: found.publication, source: found.text };
};

const feesOf = (price: number | Record<Exclude<DayType, 'all'>, number>) =>
  Object.entries(typeof price === 'number' ? { all: price } : price).map(([dayType, feeYen]) => ({
    dayType: dayType as DayType,
    feeYen,
  }));

const priceRows = (file: CatalogueFile, tariffId: string, tariff: Tariff) =>
  Object.entries(tariff.prices).flatMap(([room, parts]) =>
    Object.entries(parts).flatMap(([part, classes]) =>
      Object.entries(classes).flatMap(([customerClass, bySource]) =>
        Object.entries(bySource).flatMap(([source, prices]) =>
          Object.entries(prices).flatMap(([bandCode, price]) =>
            feesOf(price).map(({ dayType, feeYen }) => ({
              tariffId,
              configurationId: `${file.venue.code}.${room}.${part}`,
              bandCode,
              dayType,
              customerClass: customerClass as CustomerClass,
              feeYen,
              ...provenance(file, source),
            })),
          ),
        ),
      ),
    ),
  );

const extraRows = (file: CatalogueFile, tariffId: string, tariff: Tariff) =>
  Object.entries(tariff.extras).flatMap(([code, { unit, fees }]) =>
    Object.entries(fees).flatMap(([source, byConfiguration]) =>
      Object.entries(byConfiguration).map(([name, unitFeeYen]) => ({
        tariffId,
        code: code as Extra,
        configurationId: `${file.venue.code}.${name}`,
        unit,
        unitFeeYen,
        ...provenance(file, source),
      })),
    ),
  );

export const tariffRows = (file: CatalogueFile): TariffRows => {
  const all = Object.entries(file.tariffs).map(([code, tariff]) => ({
    tariffId: `${file.venue.code}.${code}`,
    tariff,
  }));
  return {
    tariffs: all.map(({ tariffId, tariff }) => ({
      id: tariffId,
      venueId: file.venue.code,
      nameJa: tariff.nameJa,
      effectiveFrom: tariff.effectiveFrom,
      effectiveUntil: tariff.effectiveUntil ?? null,
      taxRateBp: tariff.taxRateBp,
      ...provenance(file, tariff.source),
      provisionalRuleJa: tariff.provisionalRuleJa,
      provisionalRuleEn: tariff.provisionalRuleEn,
      holidayRule: tariff.holidayRule ?? null,
      overtime: tariff.overtime
        ? { ...tariff.overtime, ...provenance(file, tariff.overtime.source) }
        : null,
    })),
    tariffRules: all.flatMap(({ tariffId, tariff }) =>
      Object.entries(tariff.rules).map(([code, rule], position) => ({
        tariffId,
        code,
        sortOrder: (position + 1) * 10,
        condition: rule.condition,
        operation: rule.operation,
        reasonJa: rule.reasonJa,
        reasonEn: rule.reasonEn,
        ...provenance(file, rule.source),
      })),
    ),
    tariffPrices: all.flatMap(({ tariffId, tariff }) => priceRows(file, tariffId, tariff)),
    tariffExtras: all.flatMap(({ tariffId, tariff }) => extraRows(file, tariffId, tariff)),
  };
};
