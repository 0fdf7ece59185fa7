import type { Context as HonoContext } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import { inLanguage, type Language } from '../shared/languages.ts';
import {
  cellOf,
  type AskedPage,
  type CellValue,
  type List,
  type Listed,
  type ListFilter,
} from '../shared/lists.ts';
import { wallClock } from '../shared/time.ts';
import { csvFile, csvHeaders, type CsvEncoding } from './csv.ts';
import type { AppEnvironment } from './environment.ts';
import { answerOrCsv, problems } from './openapi.ts';
import { xlsxFile, xlsxHeaders, xlsxType, type SheetColumn } from './xlsx.ts';

type Filters = Readonly<Record<string, ListFilter>>;

/** What every list answers, in the description of the API. */
export const describeList = <Row, Sort extends string>(
  { row, firstSort }: List<Row, Filters, Sort>,
  tag: string,
  summary: string,
) => {
  const { 200: page } = answerOrCsv(
    `In the order of \`sort\`, without it \`${firstSort}\``,
    z.object({ rows: z.array(row), total: z.int(), next: z.string().nullable() }),
  );
  return describeRoute({
    tags: [tag],
    summary,
    description:
      'A page; `next` is given back as `after` for the one that follows. `format=csv` and `format=xlsx` hold every page.',
    responses: {
      200: { ...page, content: { ...page.content, [xlsxType]: { schema: { type: 'string' } } } },
      ...problems(400, 401, 403, 404),
    },
  });
};

interface AskedFile {
  readonly format: 'json' | 'csv' | 'xlsx';
  readonly encoding: CsvEncoding;
}

const rowsAtOnce = 1_000;

const readAll = async <Asked extends AskedPage<string>>(
  asked: Asked,
  read: (asked: Asked) => Promise<Listed<object>>,
): Promise<object[]> => {
  const rows: object[] = [];
  let after: string | null | undefined = undefined;
  while (after !== null) {
    const page: Listed<object> = await read({ ...asked, limit: rowsAtOnce, after });
    rows.push(...page.rows);
    after = page.next;
  }
  return rows;
};

/** Rows as the API answers them, so that a file and a page are made of the same. */
const answered = <Row>(rows: readonly object[]): Row[] => JSON.parse(JSON.stringify(rows)) as Row[];

const sheetOf = <Row, Sort extends string>(
  { columns }: List<Row, Filters, Sort>,
  rows: readonly Row[],
  language: Language,
) => {
  const inFile = columns.filter(({ onlyIn }) => onlyIn !== 'page');
  const written = (column: (typeof inFile)[number], row: Row): CellValue => {
    const cell = cellOf(column, row, language);
    const isInstant = column.format === 'instant' && typeof cell === 'string';
    return isInstant ? wallClock(new Date(cell)) : cell;
  };
  return {
    columns: inFile.map(({ label, format = 'text' }): SheetColumn => ({
      label: inLanguage(label, language),
      format,
    })),
    cells: rows.map((row) => inFile.map((column) => written(column, row))),
  };
};

/** A list as it was asked for: a page of it as JSON, or all of it as a file. */
export const answerList = async <
  Row,
  Sort extends string,
  Asked extends AskedPage<string> & AskedFile,
  Shown extends object,
>(
  c: HonoContext<AppEnvironment, string, { out: { query: Asked } }>,
  list: List<Row, Filters, Sort>,
  read: (asked: Asked) => Promise<Listed<Shown>>,
) => {
  const asked = c.req.valid('query');
  if (asked.format === 'json') return c.json(await read(asked));
  const { columns, cells } = sheetOf(
    list,
    answered<Row>(await readAll(asked, read)),
    c.get('context').locale,
  );
  const name = list.path.replace(/^.*\//, '');
  // The typed client asks for no files.
  if (asked.format === 'xlsx')
    return c.body(await xlsxFile(columns, cells), 200, xlsxHeaders(name)) as never;
  const table = [columns.map(({ label }) => label), ...cells.map(withoutNull)];
  const { content } = csvFile(table, { encoding: asked.encoding });
  return c.body(content, 200, csvHeaders(name, asked.encoding)) as never;
};

const withoutNull = (cells: readonly CellValue[]) => cells.map((cell) => cell ?? '');
