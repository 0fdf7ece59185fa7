import { parseDocument } from 'yaml';
import { z } from 'zod';
import { catalogueFileSchema, type CatalogueFile } from './format.ts';
import { pricingGaps, type Problem } from './tariff_checks.ts';

/** What is wrong with a file of a venue, line by line, for the person who wrote it. */
export class CatalogueError extends Error {
  constructor(fileName: string, problems: readonly Problem[]) {
    const lines = problems.map(({ path, message }) => `  ${path || '(top)'}: ${message}`);
    const said = `台帳ファイル ${fileName} に誤りがあります / The catalogue file ${fileName} is wrong:`;
    super([said, ...lines].join('\n'));
    this.name = 'CatalogueError';
  }
}

const refuse = (fileName: string, problems: readonly Problem[]): never => {
  throw new CatalogueError(fileName, problems);
};

const japanese = z.locales.ja().localeError;

/** The sentences of the checker in both languages; a sentence of the format stands as it is. */
const formatProblems = (data: unknown): Problem[] => {
  const [ja, en] = [japanese, undefined].map(
    (error) => catalogueFileSchema.safeParse(data, { ...(error ? { error } : {}) }).error?.issues,
  );
  return (en ?? []).map(({ path, message }, at) => {
    const other = ja?.[at]?.message;
    const both = other && other !== message ? `${other} / ${message}` : message;
    return { path: path.join('.'), message: both };
  });
};

/** Every `source: …` and every table keyed by source must name one of `sources`. */
const unknownSources = (file: CatalogueFile): Problem[] => {
  const problems: Problem[] = [];
  const check = (source: string, path: string) => {
    if (!(source in file.sources))
      problems.push({
        path,
        message: `出典「${source}」は sources にありません / unknown source "${source}"`,
      });
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
  for (const [room, { features = {} }] of Object.entries(file.rooms)) {
    for (const [feature, source] of Object.entries(features)) {
      check(source, `rooms.${room}.features.${feature}`);
    }
  }
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

const partWords: Readonly<Record<string, string>> = {
  slot: '時間帯',
  cell: '区画',
  configuration: '使い方',
  group: '分類',
  room: '部屋',
};

const unknownParts = (file: CatalogueFile): Problem[] => {
  const problems: Problem[] = [];
  const need = (known: object, name: string, what: string, path: string) => {
    if (!(name in known))
      problems.push({
        path,
        message: `「${name}」という${partWords[what] ?? what}はありません / unknown ${what} "${name}"`,
      });
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
  for (const [item, { group }] of Object.entries(file.equipment)) {
    need(file.equipmentGroups, group, 'group', `equipment.${item}.group`);
  }
  file.utilities.forEach(({ rooms }, at) =>
    rooms.forEach((room) => need(file.rooms, room, 'room', `utilities.${at}.rooms`)),
  );
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
  const data: unknown = document.toJS();
  const parsed = catalogueFileSchema.safeParse(data);
  if (!parsed.success) return refuse(fileName, formatProblems(data));
  const file = parsed.data;
  const problems = [...unknownSources(file), ...unknownParts(file), ...pricingGaps(file)];
  return problems.length > 0 ? refuse(fileName, problems) : file;
};
