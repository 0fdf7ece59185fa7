import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { calendarProblems } from './calendar_checks.ts';
import { catalogueFileSchema, type CatalogueFile } from './format.ts';
import { lineOfPath } from './place.ts';
import { pricingGaps, type Problem } from './tariff_checks.ts';
import { twinProblems } from './twin_checks.ts';

/** What is wrong with a file of a venue, line by line, for the person who wrote it. */
export class CatalogueError extends Error {
  constructor(fileName: string, problems: readonly Problem[]) {
    const lines = problems.map(
      ({ path, line, message }) =>
        `  ${line === undefined ? '' : `${line}行目 / line ${line}, `}${path || '(top)'}: ${message}`,
    );
    const said = `台帳ファイル ${fileName} に誤りがあります / The catalogue file ${fileName} is wrong:`;
    super([said, ...lines].join('\n'));
    this.name = 'CatalogueError';
  }
}

const japanese = z.locales.ja().localeError;

/** The sentences of the checker in both languages; a sentence of the format stands as it is. */
const formatProblems = (data: unknown): Problem[] => {
  const [ja, en] = [japanese, undefined].map(
    (error) => catalogueFileSchema.safeParse(data, { ...(error ? { error } : {}) }).error?.issues,
  );
  return (en ?? []).map((issue, at) => {
    const { path, message } = issue;
    const other = ja?.[at]?.message;
    const both = other && other !== message ? `${other} / ${message}` : message;
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    return { path: [...path, ...unknown].join('.'), message: both };
  });
};

/** Every `source: …` and every table keyed by source must name one of `sources`. */
const unknownSources = (file: CatalogueFile): Problem[] => {
  const problems: Problem[] = [];
  const check = (source: string, path: string) => {
    if (!Object.hasOwn(file.sources, source))
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
    if (!Object.hasOwn(known, name))
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
          const known = Object.hasOwn(file.rooms, room) ? file.rooms[room]!.configurations : {};
          const path = `tariffs.${tariffCode}.extras.${extra}.fees.${source}.${name}`;
          need(known, configuration, 'configuration', path);
        }
      }
    }
  }
  return problems;
};

/** The file as data, or an error that names the file, the line and the place in it. */
export const readCatalogueFile = (fileName: string, text: string): CatalogueFile => {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const refuse = (problems: readonly Problem[]): never => {
    throw new CatalogueError(
      fileName,
      problems.map((problem) => ({
        line: lineOfPath(document, counter, problem.path),
        ...problem,
      })),
    );
  };
  if (document.errors.length > 0) {
    return refuse(
      document.errors.map(({ linePos, message }) => ({
        path: 'YAML',
        message,
        ...(linePos ? { line: linePos[0].line } : {}),
      })),
    );
  }
  let data: unknown;
  try {
    data = document.toJS();
  } catch (error) {
    // Names that stand for one another too often: the library stops before the memory does.
    return refuse([
      { path: 'YAML', message: `読み取れません / not readable: ${(error as Error).message}` },
    ]);
  }
  const parsed = catalogueFileSchema.safeParse(data);
  if (!parsed.success) return refuse(formatProblems(data));
  const file = parsed.data;
  const named = [...unknownSources(file), ...unknownParts(file)];
  if (named.length > 0) return refuse([...named, ...pricingGaps(file)]);
  const problems = [...pricingGaps(file), ...calendarProblems(file), ...twinProblems(file)];
  return problems.length > 0 ? refuse(problems) : file;
};
