import type { CatalogueFile } from './format.ts';

export interface Problem {
  readonly path: string;
  readonly message: string;
  /** Where known; otherwise found by the path. */
  readonly line?: number | undefined;
}

type Tariff = CatalogueFile['tariffs'][string];
type Prices = NonNullable<Tariff['prices'][string][string]['standard']>;

const timesPriced = (path: string, bySource: Prices, bands: readonly string[]): Problem[] => {
  const priced = Object.values(bySource).flatMap((prices) => Object.keys(prices));
  return bands.flatMap((band) => {
    const times = priced.filter((name) => name === band).length;
    const message = `区分「${band}」の料金が${times}回あります / band "${band}" is priced ${times} times`;
    return times === 1 ? [] : [{ path, message }];
  });
};

const kindsOfDay = (path: string, bySource: Prices, { holidayRule }: Tariff): Problem[] =>
  holidayRule
    ? []
    : Object.entries(bySource).flatMap(([source, prices]) =>
        Object.entries(prices).flatMap(([band, price]) =>
          typeof price === 'number'
            ? []
            : [
                {
                  path: `${path}.${source}.${band}`,
                  message:
                    '平日と休日の料金がありますが、holidayRule がありません / priced by kind of day, but there is no holidayRule',
                },
              ],
        ),
      );

const unknownRooms = (top: string, tariff: Tariff, file: CatalogueFile): Problem[] =>
  Object.entries(tariff.prices).flatMap(([room, configurations]) =>
    Object.keys(configurations)
      .filter((name) => !Object.hasOwn(file.rooms[room]?.configurations ?? {}, name))
      .map((name) => ({
        path: `${top}.${room}.${name}`,
        message: 'この区画はありません / unknown room part',
      })),
  );

/** A tariff prices every configuration in every band, once, and nothing else. */
export const pricingGaps = (file: CatalogueFile): Problem[] => {
  const bands = Object.keys(file.bands);
  return Object.entries(file.tariffs).flatMap(([tariffCode, tariff]) => {
    const top = `tariffs.${tariffCode}.prices`;
    const ofRooms = Object.entries(file.rooms).flatMap(([room, { configurations }]) =>
      Object.keys(configurations).flatMap((name) => {
        const classes = tariff.prices[room]?.[name];
        const path = `${top}.${room}.${name}`;
        const message = '基本料金(standard)がありません / the standard price is missing';
        return [
          ...(classes?.standard ? [] : [{ path, message }]),
          ...Object.entries(classes ?? {}).flatMap(([customerClass, bySource]) => [
            ...timesPriced(`${path}.${customerClass}`, bySource, bands),
            ...kindsOfDay(`${path}.${customerClass}`, bySource, tariff),
          ]),
        ];
      }),
    );
    return [...unknownRooms(top, tariff, file), ...ofRooms];
  });
};
