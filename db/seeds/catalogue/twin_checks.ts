import type { CatalogueFile } from './format.ts';
import type { Problem } from './tariff_checks.ts';

interface Entry {
  readonly name: string;
  readonly path: string;
}

const twins = (entries: readonly Entry[]): Problem[] => {
  const seen = new Set<string>();
  return entries.flatMap(({ name, path }) => {
    const message = `「${name}」が二度あります / "${name}" stands here twice`;
    if (seen.has(name)) return [{ path, message }];
    seen.add(name);
    return [];
  });
};

const listed = (path: string, names: readonly string[]) =>
  twins(names.map((name, at) => ({ name, path: `${path}.${at}` })));

const datedIn = (path: string, key: string, days: readonly string[]) =>
  twins(days.map((name, at) => ({ name, path: `${path}.${at}.${key}` })));

const meteredTwice = (file: CatalogueFile) =>
  twins(
    file.utilities.flatMap(({ rooms, utility }, at) =>
      rooms.map((room) => ({ name: `${room} ${utility}`, path: `utilities.${at}` })),
    ),
  );

const extrasTwice = (file: CatalogueFile) =>
  Object.entries(file.tariffs).flatMap(([tariff, { extras }]) =>
    Object.entries(extras).flatMap(([extra, { fees }]) =>
      twins(
        Object.entries(fees).flatMap(([source, byConfiguration]) =>
          Object.keys(byConfiguration).map((name) => ({
            name,
            path: `tariffs.${tariff}.extras.${extra}.fees.${source}.${name}`,
          })),
        ),
      ),
    ),
  );

/** Entries that would fall on one row of the database, of which only one could stand. */
export const twinProblems = (file: CatalogueFile): Problem[] => [
  ...datedIn(
    'issuers',
    'effectiveFrom',
    file.issuers.map(({ effectiveFrom }) => effectiveFrom),
  ),
  ...datedIn(
    'parking',
    'startsOn',
    file.parking.map(({ startsOn }) => startsOn),
  ),
  ...twins(
    Object.entries(file.tariffs).map(([code, { effectiveFrom: name }]) => ({
      name,
      path: `tariffs.${code}.effectiveFrom`,
    })),
  ),
  ...Object.entries(file.bands).flatMap(([band, { slots }]) =>
    listed(`bands.${band}.slots`, slots),
  ),
  ...Object.entries(file.rooms).flatMap(([room, { configurations }]) =>
    Object.entries(configurations).flatMap(([code, { cells }]) =>
      listed(`rooms.${room}.configurations.${code}.cells`, cells),
    ),
  ),
  ...Object.entries(file.occupancyFigures).flatMap(([code, { rooms, definitions }]) => [
    ...listed(`occupancyFigures.${code}.rooms`, rooms),
    ...datedIn(
      `occupancyFigures.${code}.definitions`,
      'effectiveFrom',
      definitions.map(({ effectiveFrom }) => effectiveFrom),
    ),
  ]),
  ...meteredTwice(file),
  ...file.utilities.flatMap(({ terms }, at) =>
    datedIn(
      `utilities.${at}.terms`,
      'effectiveFrom',
      terms.map(({ effectiveFrom }) => effectiveFrom),
    ),
  ),
  ...extrasTwice(file),
];
