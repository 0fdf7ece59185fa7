import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import { forCp932 } from '../shared/cp932.ts';

export type CsvEncoding = 'utf-8' | 'cp932';
export type CsvTable = readonly (readonly (string | number)[])[];

export interface CsvOptions {
  readonly encoding?: CsvEncoding;
  /**
   * Columns, from 0, that other programs compare letter by letter, such as parties of a journal: they
   * leave as they are, also where a spreadsheet would reckon with them.
   */
  readonly exactColumns?: readonly number[];
}

/** What makes a spreadsheet take a text for a formula; full-width signs are letters to it. */
const isFormula = (text: string) => /^[=+\-@\t\r]/.test(text);

const guarded = (table: CsvTable, exactColumns: readonly number[]) =>
  table.map((row) =>
    row.map((cell, column) =>
      typeof cell === 'string' && isFormula(cell) && !exactColumns.includes(column)
        ? `'${cell}`
        : cell,
    ),
  );

const textOf = (table: CsvTable, exactColumns: readonly number[]) =>
  stringify(guarded(table, exactColumns), { record_delimiter: '\r\n' });

const isInCp932 = (character: string) =>
  iconv.decode(iconv.encode(character, 'cp932'), 'cp932') === character;

/** The characters of a table that CP932 does not have. */
export const notInCp932 = (table: CsvTable): string[] =>
  forCp932(table.flat().join('\n'), isInCp932).replaced;

/** The byte order mark tells spreadsheets that the file is UTF-8. */
const byteOrderMark = '\ufeff';

/**
 * A table as a file: the only place where CSV is written. In CP932 what it does not have leaves as 〓,
 * and is named.
 */
export const csvFile = (
  table: CsvTable,
  { encoding = 'utf-8', exactColumns = [] }: CsvOptions = {},
): { content: Uint8Array<ArrayBuffer>; replaced: string[] } => {
  const csv = textOf(table, exactColumns);
  if (encoding === 'utf-8') {
    return { content: new Uint8Array(Buffer.from(byteOrderMark + csv, 'utf8')), replaced: [] };
  }
  const { text, replaced } = forCp932(csv, isInCp932);
  return { content: new Uint8Array(iconv.encode(text, 'cp932')), replaced };
};

const charsets = { 'utf-8': 'utf-8', cp932: 'windows-31j' } as const;

/** How a file of this name is sent. */
export const csvHeaders = (name: string, encoding: CsvEncoding = 'utf-8') => ({
  'content-type': `text/csv; charset=${charsets[encoding]}`,
  'content-disposition': `attachment; filename="${name}.csv"`,
});
