import type { Content, TableCell } from 'pdfmake/interfaces.js';
import type { PaperContent, PaperLine } from '../documents/rules/content.ts';
import { percent, provisionalMark, yen } from '../documents/rules/words.ts';
import { standardTaxRateBp, sumYen } from '../shared/money.ts';
import { accent, ink, line, quiet } from './paper_look.ts';
import type { LinesOfPage } from './paper_pages.ts';

const ruled = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0,
  hLineColor: () => line,
  paddingTop: () => 4,
  paddingBottom: () => 4,
  paddingLeft: () => 6,
  paddingRight: () => 6,
};

const headRuled = {
  ...ruled,
  hLineWidth: (at: number, node: { table: { body: unknown[] } }) =>
    at <= 1 || at === node.table.body.length ? 0.9 : 0.4,
  hLineColor: (at: number, node: { table: { body: unknown[] } }) =>
    at <= 1 || at === node.table.body.length ? ink : line,
};

export const amountOf = ({ amount }: PaperContent): Content[] =>
  amount
    ? [
        {
          table: {
            widths: ['auto', '*'],
            body: [
              [
                { text: amount.label, margin: [0, 7, 0, 0] },
                {
                  text: `¥ ${yen(amount.amountYen)}`,
                  bold: true,
                  fontSize: 20,
                  alignment: 'right',
                },
              ],
            ],
          },
          layout: {
            ...ruled,
            hLineWidth: (at: number) => (at === 0 ? 1.6 : 0.6),
            hLineColor: () => accent,
            paddingTop: () => 7,
            paddingBottom: () => 7,
          },
          margin: [0, 4, 0, 12],
        },
      ]
    : [];

export const factsOf = ({ facts }: PaperContent): Content => ({
  table: {
    widths: [86, '*'],
    body: facts.map(({ label, value }): TableCell[] => [
      { text: label, color: quiet, fontSize: 9, margin: [0, 0.7, 0, 0] },
      { text: value },
    ]),
  },
  layout: ruled,
  margin: [0, 0, 0, 14],
});

const headStyle = { bold: true, fontSize: 9 };

const headCells = (...labels: readonly [string, 'left' | 'right'][]): TableCell[] =>
  labels.map(([text, alignment]) => ({ text, alignment, ...headStyle }));

export const usesOf = ({ uses }: PaperContent): Content[] =>
  uses.length === 0
    ? []
    : [
        {
          table: {
            headerRows: 1,
            dontBreakRows: true,
            widths: [126, '*', 86, 62],
            body: [
              headCells(
                ['使用日', 'left'],
                ['使用する室', 'left'],
                ['使用時間', 'left'],
                ['用途', 'left'],
              ),
              ...uses.map(({ day, place, time, phase }): TableCell[] => [day, place, time, phase]),
            ],
          },
          layout: headRuled,
          margin: [0, 0, 0, 14],
        },
      ];

/** ※ marks what is taxed at the reduced rate; what is not taxed at all says so. */
const rateMarks: Readonly<Record<number, string>> = { 800: ' ※', 0: ' (不課税)' };

const marksOf = ({ isProvisional, taxRateBp = standardTaxRateBp }: PaperLine): string =>
  `${isProvisional ? ` ${provisionalMark}` : ''}${rateMarks[taxRateBp] ?? ''}`;

/** By these names the drawn paper is measured. */
export const places = {
  head: 'lines-head',
  line: (at: number) => `line-${at}`,
  total: 'total',
  remarks: 'remarks',
} as const;

const lineCells = (entry: PaperLine, at: number): TableCell[] => [
  {
    stack: [
      {
        text: [entry.what, { text: marksOf(entry), fontSize: 8 }],
      },
      { text: entry.when, fontSize: 8.5, margin: [0, 1, 0, 0] },
      { text: entry.reason, fontSize: 7.5, color: quiet, margin: [0, 1.5, 0, 0] },
    ],
  },
  { text: entry.quantity, alignment: 'right', id: places.line(at) },
  { text: yen(entry.unitYen), alignment: 'right' },
  { text: yen(entry.amountYen), alignment: 'right' },
];

const carriedCells = (text: string, lines: readonly PaperLine[]): TableCell[] => [
  { text, colSpan: 3, alignment: 'right', fontSize: 9 },
  {},
  {},
  {
    text: yen(sumYen(lines.map(({ amountYen }) => amountYen))),
    alignment: 'right',
    fontSize: 9,
    bold: true,
  },
];

const lineHead = (from: number): TableCell[] => {
  const what = { text: '摘要', ...headStyle };
  return [
    from > 0 ? what : { ...what, id: places.head },
    ...headCells(['数量', 'right'], ['単価(円)', 'right'], ['金額(円)', 'right']),
  ];
};

/** The lines of one page; a sum is carried from page to page. */
const pageOfLines = (
  lines: readonly PaperLine[],
  { from, to, isOnNewPage }: LinesOfPage,
): Content => ({
  table: {
    headerRows: 1,
    dontBreakRows: true,
    widths: ['*', 48, 66, 72],
    body: [
      lineHead(from),
      ...(from > 0 ? [carriedCells('前頁より', lines.slice(0, from))] : []),
      ...lines.slice(from, to).map((entry, at) => lineCells(entry, from + at)),
      ...(to < lines.length ? [carriedCells('小計(次頁へ)', lines.slice(0, to))] : []),
    ],
  },
  layout: headRuled,
  ...(isOnNewPage ? { pageBreak: 'before' as const } : {}),
});

export const linesOf = (
  { lines }: PaperContent,
  pages: readonly LinesOfPage[] = [{ from: 0, to: lines.length, isOnNewPage: false }],
): Content[] => (lines.length === 0 ? [] : pages.map((page) => pageOfLines(lines, page)));

const taxRows = (
  { taxRateBp, totalYen, taxYen }: PaperContent['taxes'][number],
  money: (value: number) => TableCell,
): TableCell[][] => {
  if (taxRateBp === 0) return [[{ text: '不課税(消費税の対象外)', fontSize: 9 }, money(totalYen)]];
  const reduced = taxRateBp === 800 ? ' ※軽減税率' : '';
  return [
    [{ text: `${percent(taxRateBp)}対象(税込)${reduced}`, fontSize: 9 }, money(totalYen)],
    [{ text: `　うち消費税(${percent(taxRateBp)})`, fontSize: 9 }, money(taxYen)],
  ];
};

const isTaxed = ({ taxes }: PaperContent) => taxes.some(({ taxRateBp }) => taxRateBp > 0);

export const taxesOf = (paper: PaperContent): Content[] => {
  const { taxes, amount } = paper;
  if (taxes.length === 0 || !amount) return [];
  const money = (value: number): TableCell => ({ text: `${yen(value)}円`, alignment: 'right' });
  const rows = taxes.flatMap((tax) => taxRows(tax, money));
  const total = [
    { text: isTaxed(paper) ? '合計(税込)' : '合計', bold: true, id: places.total },
    { text: `${yen(amount.amountYen)}円`, bold: true, alignment: 'right' as const, fontSize: 11.5 },
  ];
  return [
    {
      columns: [
        { text: '', width: '*' },
        {
          table: { widths: [126, 92], body: [total, ...rows] },
          layout: { ...ruled, hLineWidth: (at: number) => (at === 0 ? 0 : 0.4) },
          width: 'auto',
        },
      ],
      unbreakable: true,
      margin: [0, 2, 0, 16],
    } as Content,
  ];
};

export const remarksOf = ({ remarks, remarksTitle }: PaperContent): Content => ({
  stack: [
    { text: remarksTitle, bold: true, fontSize: 9, margin: [0, 2, 0, 4], id: places.remarks },
    {
      ol: remarks.map((text) => ({
        text,
        margin: [0, 0, 0, 2] as [number, number, number, number],
      })),
      fontSize: 8.5,
      lineHeight: 1.12,
    },
  ],
});
