import { parseDocument } from 'yaml';
import { catalogueFileSchema, type CatalogueFile } from './format.ts';

interface Problem {
  readonly path: string;
  readonly message: string;
}

const refuse = (fileName: string, problems: readonly Problem[]): never => {
  const lines = problems.map(({ path, message }) => `  ${path || '(top)'}: ${message}`);
  throw new Error(`The catalogue file ${fileName} is wrong:\n${lines.join('\n')}`);
};

/** Every `source: …` and every table keyed by source must name one of `sources`. */
const unknownSources = (file: CatalogueFile): Problem[] => {
  const problems: Problem[] = [];
  const check = (source: string, path: string) => {
    if (!(source in file.sources)) problems.push({ path, message: `unknown source "${source}"` });
  };
  const walk = (node: unknown, path: string) => {
    if (typeof node !== 'object' || node === null) return;
    for (const [name, value] of Object.entries(node)) {
      const at = path ? `${path}.${name}` : name;
      if (name === 'source' && typeof value === 'string') check(value, at);
      else walk(value, at);
    }
  };
  walk(file, '');
  for (const [tariffCode, tariff] of Object.entries(file.tariffs)) {
    for (const { path, bySource } of sourceTables(tariff)) {
      for (const source of Object.keys(bySource)) {
        check(source, `tariffs.${tariffCode}.${path}.${source}`);
      }
    }
  }
  return problems;
};

const sourceTables = (tariff: CatalogueFile['tariffs'][string]) => {
  const tables: { path: string; bySource: object }[] = [];
  for (const [room, configurations] of Object.entries(tariff.prices)) {
    for (const [configuration, classes] of Object.entries(configurations)) {
      for (const [customerClass, bySource] of Object.entries(classes)) {
        tables.push({ path: `prices.${room}.${configuration}.${customerClass}`, bySource });
      }
    }
  }
  for (const [extra, { fees }] of Object.entries(tariff.extras)) {
    tables.push({ path: `extras.${extra}.fees`, bySource: fees });
  }
  return tables;
};

const unknownParts = (file: CatalogueFile): Problem[] => {
  const problems: Problem[] = [];
  const need = (known: object, name: string, what: string, path: string) => {
    if (!(name in known)) problems.push({ path, message: `unknown ${what} "${name}"` });
  };
  for (const [band, { slots }] of Object.entries(file.bands)) {
    slots.forEach((slot, at) => need(file.slots, slot, 'slot', `bands.${band}.slots.${at}`));
  }
  for (const [room, { cells, configurations }] of Object.entries(file.rooms)) {
    for (const [configuration, parts] of Object.entries(configurations)) {
      const path = `rooms.${room}.configurations.${configuration}.cells`;
      parts.cells.forEach((cell, at) => need(cells, cell, 'cell', `${path}.${at}`));
    }
    need(configurations, 'all', 'configuration', `rooms.${room}.configurations`);
  }
  for (const [figure, { rooms }] of Object.entries(file.occupancyFigures)) {
    rooms.forEach((room, at) =>
      need(file.rooms, room, 'room', `occupancyFigures.${figure}.rooms.${at}`),
    );
  }
  for (const [tariffCode, tariff] of Object.entries(file.tariffs)) {
    for (const [extra, { fees }] of Object.entries(tariff.extras)) {
      for (const [source, byConfiguration] of Object.entries(fees)) {
        for (const name of Object.keys(byConfiguration)) {
          const [room = '', configuration = ''] = name.split('.');
          const known = file.rooms[room]?.configurations ?? {};
          const path = `tariffs.${tariffCode}.extras.${extra}.fees.${source}.${name}`;
          need(known, configuration, 'configuration', path);
        }
      }
    }
  }
  return problems;
};

/** A tariff prices every configuration in every band, once, and nothing else. */
const pricingGaps = (file: CatalogueFile): Problem[] => {
  const problems: Problem[] = [];
  for (const [tariffCode, tariff] of Object.entries(file.tariffs)) {
    const top = `tariffs.${tariffCode}.prices`;
    for (const [room, configurations] of Object.entries(tariff.prices)) {
      for (const configuration of Object.keys(configurations)) {
        if (!(configuration in (file.rooms[room]?.configurations ?? {}))) {
          problems.push({ path: `${top}.${room}.${configuration}`, message: 'unknown room part' });
        }
      }
    }
    for (const [room, { configurations }] of Object.entries(file.rooms)) {
      for (const configuration of Object.keys(configurations)) {
        const classes = tariff.prices[room]?.[configuration];
        const path = `${top}.${room}.${configuration}`;
        if (!classes?.standard) problems.push({ path, message: 'the standard price is missing' });
        for (const [customerClass, bySource] of Object.entries(classes ?? {})) {
          const priced = Object.values(bySource).flatMap((prices) => Object.keys(prices));
          for (const band of Object.keys(file.bands)) {
            const times = priced.filter((name) => name === band).length;
            if (times !== 1) {
              const message = `band "${band}" is priced ${times} times`;
              problems.push({ path: `${path}.${customerClass}`, message });
            }
          }
        }
      }
    }
  }
  return problems;
};

/** The file as data, or an error that names the file and the place in it. */
export const readCatalogueFile = (fileName: string, text: string): CatalogueFile => {
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ linePos, message }) => ({
      path: `line ${linePos?.[0].line ?? '?'}`,
      message,
    }));
    return refuse(fileName, problems);
  }
  const parsed = catalogueFileSchema.safeParse(document.toJS());
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({
      path: path.join('.'),
      message,
    }));
    return refuse(fileName, problems);
  }
  const file = parsed.data;
  const problems = [...unknownSources(file), ...unknownParts(file), ...pricingGaps(file)];
  return problems.length > 0 ? refuse(fileName, problems) : file;
};
