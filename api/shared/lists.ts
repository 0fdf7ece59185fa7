import { z } from 'zod';
import { inLanguage, type Language, type Sentence } from './languages.ts';
import { codeSchema, searchSchema } from './text.ts';
import { localDaySchema } from './time.ts';

/**
 * A list is declared once: its API route, its page, its CSV and its XLSX are all made of the declaration.
 */
export type Names<Value extends string = string> = Readonly<Record<Value, Sentence>>;

export const namesIn = <Value extends string>(names: Names<Value>, language: Language) =>
  Object.fromEntries(
    Object.entries<Sentence>(names).map(([value, label]) => [value, inLanguage(label, language)]),
  ) as Record<Value, string>;

export type CellFormat = 'text' | 'day' | 'instant' | 'yen' | 'number';
export type CellValue = string | number | null;

export interface ListColumn<Row, Sort extends string = string> {
  readonly name: string;
  readonly label: Sentence;
  /** A text, unless said otherwise. */
  readonly format?: CellFormat;
  /** What stands in the row under the name of the column, unless said otherwise. */
  readonly value?: (row: Row, language: Language) => CellValue;
  /** By which key the head of the column sorts. */
  readonly sort?: Sort;
  /** Pages name the row by the column that is its head, and write others small under another. */
  readonly isHead?: true;
  readonly under?: string;
  readonly onlyIn?: 'page' | 'file';
}

export const cellOf = <Row>(
  { name, value }: Pick<ListColumn<Row>, 'name' | 'value'>,
  row: Row,
  language: Language,
): CellValue => (value ? value(row, language) : (row[name as keyof Row] as CellValue));

export interface ListFilter<Schema extends z.ZodType = z.ZodType> {
  readonly label: Sentence;
  readonly kind: 'search' | 'choice' | 'day' | 'venue';
  readonly schema: Schema;
  readonly names?: Names;
}

export const searchFilter = (label: Sentence) =>
  ({ label, kind: 'search', schema: searchSchema }) as const;
export const dayFilter = (label: Sentence) =>
  ({ label, kind: 'day', schema: localDaySchema }) as const;
export const venueFilter = () =>
  ({ label: { ja: '施設', en: 'Venue' }, kind: 'venue', schema: codeSchema(60, 0) }) as const;
export const choiceFilter = <Value extends string>(label: Sentence, names: Names<Value>) =>
  ({ label, kind: 'choice', schema: z.enum(Object.keys(names) as Value[]), names }) as const;

type FilterSet = Readonly<Record<string, ListFilter>>;

export interface List<
  Row = never,
  Filters extends FilterSet = FilterSet,
  Sort extends string = string,
> {
  /** The address of the API; what stands last in it names the file. */
  readonly path: string;
  readonly row: z.ZodType<Row>;
  readonly columns: readonly ListColumn<Row, Sort>[];
  readonly filters: Filters;
  /** Of what kind the keys are; none of them is ever null. Where two are equal the id decides. */
  readonly sorts: Readonly<Record<Sort, keyof typeof keySchemas>>;
  readonly firstSort: Sort | `-${Sort}`;
}

export const defineList = <Row, Filters extends FilterSet, Sort extends string>(
  list: List<Row, Filters, Sort>,
): List<Row, Filters, Sort> => list;

const withoutNul = z
  .string()
  .max(300)
  .refine((text) => !text.includes('\0'));
const keySchemas = {
  instant: z.iso.datetime({ offset: true }).refine((text) => !text.startsWith('0000')),
  day: z.iso.date().refine((text) => !text.startsWith('0000')),
  number: z.string().regex(/^-?\d{1,9}$/),
  text: withoutNul,
} as const;

export interface Cursor {
  readonly key: string;
  readonly id: string;
}

const inBase64 = (text: string) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

const fromBase64 = (text: string) =>
  new TextDecoder().decode(
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0),
    ),
  );

export const writeCursor = (sort: string, { key, id }: Cursor): string =>
  inBase64(JSON.stringify([sort, key, id]));

const bareSort = (sort: string) => sort.replace(/^-/, '');

/** Where the page before ended; nothing where the text is none of ours, or of another order. */
export const readCursor = (
  { sorts }: Pick<List, 'sorts'>,
  sort: string,
  text: string,
): Cursor | undefined => {
  const kind = (sorts as Readonly<Record<string, keyof typeof keySchemas>>)[bareSort(sort)];
  if (kind === undefined) return undefined;
  try {
    const read = z
      .tuple([z.literal(sort), keySchemas[kind], withoutNul])
      .parse(JSON.parse(fromBase64(text)));
    return { key: read[1], id: read[2] };
  } catch {
    return undefined;
  }
};

const placeSchema = z.object({ sort: z.string(), after: z.string().optional() });

const isPlaceIn = (list: Pick<List, 'sorts'>, asked: object): boolean => {
  const { sort, after } = placeSchema.parse(asked);
  return after === undefined || readCursor(list, sort, after) !== undefined;
};

const rowsMost = 200;

type FilterShape<Filters extends FilterSet> = {
  [Name in keyof Filters]: z.ZodOptional<Filters[Name]['schema']>;
};

/** What may be asked of a list. */
export const listQuerySchema = <Row, Filters extends FilterSet, Sort extends string>(
  list: List<Row, Filters, Sort>,
) => {
  const shape = Object.fromEntries(
    Object.entries(list.filters).map(([name, { schema }]) => [name, schema.optional()]),
  ) as FilterShape<Filters>;
  const sorts = Object.keys(list.sorts) as Sort[];
  return z
    .object({
      ...shape,
      sort: z
        .enum([...sorts, ...sorts.map((sort) => `-${sort}` as const)])
        .optional()
        .transform((sort) => sort ?? list.firstSort),
      after: codeSchema(2_000, 0).optional(),
      limit: z.coerce.number().int().min(1).max(rowsMost).default(50),
      format: z.enum(['json', 'csv', 'xlsx']).default('json'),
      encoding: z.enum(['utf-8', 'cp932']).default('utf-8'),
    })
    .refine((asked: object) => isPlaceIn(list, asked), {
      path: ['after'],
      params: { code: 'http.unknown_place' },
    });
};

export interface AskedPage<Sort extends string> {
  readonly sort: Sort | `-${Sort}`;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** What was asked of a list, after parsing. */
export type Asked<L extends Pick<List, 'filters' | 'sorts'>> = AskedPage<
  keyof L['sorts'] & string
> & {
  readonly [Name in keyof L['filters']]?: z.output<L['filters'][Name]['schema']> | undefined;
};

export interface PageOf<Sort extends string> {
  readonly sort: Sort;
  readonly isDescending: boolean;
  readonly after: Cursor | undefined;
  /** One row more than is shown tells whether another page follows. */
  readonly limit: number;
}

export const pageAsked = <Row, Filters extends FilterSet, Sort extends string>(
  list: List<Row, Filters, Sort>,
  { sort, after, limit }: AskedPage<Sort>,
): PageOf<Sort> => ({
  sort: bareSort(sort) as Sort,
  isDescending: sort.startsWith('-'),
  after: after === undefined ? undefined : readCursor(list, sort, after),
  limit: limit + 1,
});

export interface Listed<Row> {
  readonly rows: readonly Row[];
  /** Of all pages. */
  readonly total: number;
  /** For the next page; null on the last. */
  readonly next: string | null;
}

/** A page, of rows that bear the key they stand by as `at`. */
export const listed = <Row extends { readonly id: string; readonly at: string }>(
  { sort, limit }: AskedPage<string>,
  rows: readonly Row[],
  total: number,
): Listed<Omit<Row, 'at'>> => {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map(({ at: _at, ...row }) => row),
    total,
    next: last ? writeCursor(sort, { key: last.at, id: last.id }) : null,
  };
};
