import writeExcelFile, { type Cell } from 'write-excel-file/node';
import type { CellFormat, CellValue } from '../shared/lists.ts';

export interface SheetColumn {
  readonly label: string;
  readonly format: CellFormat;
}

const formats = {
  day: 'yyyy-mm-dd',
  instant: 'yyyy-mm-dd hh:mm',
  yen: '#,##0',
  number: '#,##0',
} as const;
const widths = { text: 24, day: 12, instant: 17, yen: 12, number: 10 } as const;

const cellOf = (value: CellValue, format: SheetColumn['format']): Cell => {
  if (value === null) return null;
  // A text stays a text: what looks like a formula is never one.
  if (format === 'text') return { value: String(value), type: String };
  if (typeof value === 'number') return { value, type: Number, format: formats[format] };
  // A sheet knows no zones: the wall clock is written as if it were UTC.
  const wall = new Date(`${value.replace(' ', 'T')}${value.length > 10 ? ':00' : 'T00:00:00'}Z`);
  return { value: wall, type: Date, format: formats[format] };
};

/** A table as a workbook of one sheet: days, times and amounts are what they are, not texts. */
export const xlsxFile = async (
  columns: readonly SheetColumn[],
  rows: readonly (readonly CellValue[])[],
): Promise<Uint8Array<ArrayBuffer>> => {
  const heads = columns.map(({ label }): Cell => ({
    value: label,
    type: String,
    fontWeight: 'bold',
  }));
  const cells = rows.map((row) => row.map((value, at) => cellOf(value, columns[at]!.format)));
  const file = writeExcelFile([heads, ...cells], {
    columns: columns.map(({ format }) => ({ width: widths[format] })),
    stickyRowsCount: 1,
  });
  return new Uint8Array(await file.toBuffer());
};

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const xlsxHeaders = (name: string) => ({
  'content-type': xlsxType,
  'content-disposition': `attachment; filename="${name}.xlsx"`,
});
