import { createRequire } from 'node:module';
import pdfmake from 'pdfmake';
import type { Column, Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { PaperContent, PaperLine, PlanCell } from '../documents/rules/content.ts';
import { eraDay, percent, provisionalMark, yen } from '../documents/rules/words.ts';

const fontFolder = '@expo-google-fonts/noto-sans-jp';
const fontFile = (name: string) =>
  createRequire(import.meta.url).resolve(`${fontFolder}/${name}.ttf`);

const ink = '#1a1a1c';
const quiet = '#595959';
const line = '#b4b4b4';
const accent = '#00437a';
const pageWidth = 595.28;
const margin = 54;
const textWidth = pageWidth - 2 * margin;

const small = 8;
const planWidth = 46;
const planHeightAtMost = 30;
const gap = 0.8;

/** The plan of the hall as the stamp of the house: what is used is solid, the rest is an outline. */
const planOf = (cells: readonly PlanCell[]): Column[] => {
  if (cells.length === 0) return [];
  const left = Math.min(...cells.map(({ x }) => x));
  const top = Math.min(...cells.map(({ y }) => y));
  const width = Math.max(...cells.map((cell) => cell.x + cell.width)) - left;
  const height = Math.max(...cells.map((cell) => cell.y + cell.height)) - top;
  const scale = Math.min(planWidth / width, planHeightAtMost / height);
  const canvas = cells.map((cell) => ({
    type: 'rect' as const,
    x: (cell.x - left) * scale + gap,
    y: (cell.y - top) * scale + gap,
    w: cell.width * scale - 2 * gap,
    h: cell.height * scale - 2 * gap,
    lineWidth: 0.8,
    lineColor: accent,
    ...(cell.isUsed ? { color: accent } : {}),
  }));
  return [{ canvas, width: width * scale + 10 }];
};

const headOf = (paper: PaperContent): Content => ({
  columns: [
    ...planOf(paper.plan),
    {
      stack: [
        { text: paper.venueName, bold: true, color: accent, fontSize: 10.5 },
        { text: `予約番号 ${paper.bookingNumber}`, color: quiet, fontSize: small, margin: [0, 2] },
      ],
    },
    {
      stack: [
        { text: `第 ${paper.number} 号`, alignment: 'right' },
        { text: eraDay(paper.issuedOn), alignment: 'right', margin: [0, 2, 0, 0] },
      ],
      width: 190,
    },
  ],
  columnGap: 0,
});

const titleOf = ({ title }: PaperContent): Content => ({
  text: [...title].join(title.length > 3 ? '\u2002' : '\u3000'),
  fontSize: 21,
  bold: true,
  alignment: 'center',
  margin: [0, 24, 0, 20],
});

/** A long name is set smaller, so that 御中 stays on its line. */
const nameSize = ({ length }: string): number => Math.max(9.5, Math.min(13.5, 258 / (length + 3)));

const recipientOf = ({ recipient }: PaperContent): Column => ({
  stack: [
    ...(recipient.postalCode
      ? [
          {
            text: `〒${recipient.postalCode.replace(/^(\d{3})(\d{4})$/, '$1-$2')}`,
            fontSize: small,
            color: quiet,
          },
        ]
      : []),
    ...(recipient.address
      ? [
          {
            text: recipient.address,
            fontSize: 9,
            color: quiet,
            margin: [0, 0, 0, 4] as [number, number, number, number],
          },
        ]
      : []),
    {
      text: [{ text: recipient.name, bold: true }, `　${recipient.honorific}`],
      fontSize: nameSize(recipient.name),
    },
    { canvas: [{ type: 'line', x1: 0, y1: 4, x2: 262, y2: 4, lineWidth: 0.7, lineColor: ink }] },
    ...(recipient.contact
      ? [
          {
            text: recipient.contact,
            fontSize: 9,
            margin: [0, 5, 0, 0] as [number, number, number, number],
          },
        ]
      : []),
  ],
  width: 270,
});

const issuerOf = ({ issuer }: PaperContent): Column => {
  const mark = issuer.isProvisional ? provisionalMark : '';
  return {
    stack: [
      { text: issuer.name, bold: true, fontSize: 10.5 },
      ...(issuer.note ? [{ text: issuer.note, fontSize: 9 }] : []),
      { text: issuer.address, fontSize: 9, margin: [0, 2, 0, 0] },
      ...(issuer.registrationNumber
        ? [{ text: `登録番号 ${issuer.registrationNumber}${mark}`, fontSize: 9 }]
        : []),
    ],
    width: '*',
    margin: [24, 0, 0, 0],
  };
};

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

const amountOf = ({ amount }: PaperContent): Content[] =>
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

const factsOf = ({ facts }: PaperContent): Content => ({
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

const headCells = (...labels: readonly [string, 'left' | 'right'][]): TableCell[] =>
  labels.map(([text, alignment]) => ({ text, alignment, bold: true, fontSize: 9 }));

const usesOf = ({ uses }: PaperContent): Content[] =>
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

const lineCells = (entry: PaperLine): TableCell[] => [
  {
    stack: [
      {
        text: [entry.what, { text: entry.isProvisional ? ` ${provisionalMark}` : '', fontSize: 8 }],
      },
      { text: entry.when, fontSize: 8.5, margin: [0, 1, 0, 0] },
      { text: entry.reason, fontSize: 7.5, color: quiet, margin: [0, 1.5, 0, 0] },
    ],
  },
  { text: entry.quantity, alignment: 'right' },
  { text: yen(entry.unitYen), alignment: 'right' },
  { text: yen(entry.amountYen), alignment: 'right' },
];

const linesOf = ({ lines }: PaperContent): Content[] =>
  lines.length === 0
    ? []
    : [
        {
          table: {
            headerRows: 1,
            dontBreakRows: true,
            widths: ['*', 48, 66, 72],
            body: [
              headCells(
                ['摘要', 'left'],
                ['数量', 'right'],
                ['単価(円)', 'right'],
                ['金額(円)', 'right'],
              ),
              ...lines.map(lineCells),
            ],
          },
          layout: headRuled,
        },
      ];

const taxesOf = ({ taxes, amount }: PaperContent): Content[] => {
  if (taxes.length === 0 || !amount) return [];
  const money = (value: number): TableCell => ({ text: `${yen(value)}円`, alignment: 'right' });
  const rows = taxes.flatMap(({ taxRateBp, totalYen, taxYen }): TableCell[][] => [
    [{ text: `${percent(taxRateBp)}対象(税込)`, fontSize: 9 }, money(totalYen)],
    [{ text: `　うち消費税(${percent(taxRateBp)})`, fontSize: 9 }, money(taxYen)],
  ]);
  const total = [
    { text: '合計(税込)', bold: true },
    { text: `${yen(amount.amountYen)}円`, bold: true, alignment: 'right' as const, fontSize: 11.5 },
  ];
  return [
    {
      columns: [
        { text: '', width: '*' },
        {
          table: { widths: [110, 92], body: [total, ...rows] },
          layout: { ...ruled, hLineWidth: (at: number) => (at === 0 ? 0 : 0.4) },
          width: 'auto',
        },
      ],
      unbreakable: true,
      margin: [0, 2, 0, 16],
    } as Content,
  ];
};

const remarksOf = ({ remarks, remarksTitle }: PaperContent): Content => ({
  stack: [
    { text: remarksTitle, bold: true, fontSize: 9, margin: [0, 2, 0, 4] },
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

const footerOf =
  (paper: PaperContent) =>
  (page: number, pages: number): Content => ({
    margin: [margin, 14, margin, 0],
    stack: [
      {
        canvas: [
          { type: 'line', x1: 0, y1: 0, x2: textWidth, y2: 0, lineWidth: 0.4, lineColor: line },
        ],
      },
      {
        columns: [
          { text: `${paper.title} ${paper.number}` },
          { text: `${page} / ${pages}`, alignment: 'right' },
        ],
        fontSize: 7.5,
        color: quiet,
        margin: [0, 5, 0, 0],
      },
    ],
  });

const definitionOf = (paper: PaperContent, issuedAt: Date): TDocumentDefinitions => ({
  pageSize: 'A4',
  pageMargins: [margin, 50, margin, 58],
  defaultStyle: { font: 'NotoSansJP', fontSize: 10, color: ink, lineHeight: 1.08 },
  // The date of issue, not of printing: the same paper is the same file, byte for byte.
  info: {
    title: `${paper.title} ${paper.number}`,
    author: paper.issuer.name,
    creator: 'Kaikan',
    producer: 'Kaikan',
    creationDate: issuedAt,
    modDate: issuedAt,
  },
  language: 'ja-JP',
  content: [
    headOf(paper),
    titleOf(paper),
    { columns: [recipientOf(paper), issuerOf(paper)] },
    { text: paper.opening, margin: [0, 22, 0, 12], lineHeight: 1.3 },
    ...amountOf(paper),
    factsOf(paper),
    ...usesOf(paper),
    ...linesOf(paper),
    ...taxesOf(paper),
    remarksOf(paper),
  ],
  footer: footerOf(paper),
});

export type PrintPaper = (paper: PaperContent, issuedAt: Date) => Promise<Uint8Array<ArrayBuffer>>;

/** Draws papers as PDF, with the fonts embedded; nothing is fetched, nothing else is read. */
export const createPrinter = (): PrintPaper => {
  const regular = fontFile('400Regular/NotoSansJP_400Regular');
  const bold = fontFile('700Bold/NotoSansJP_700Bold');
  pdfmake.setFonts({
    NotoSansJP: { normal: regular, bold, italics: regular, bolditalics: bold },
  });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => path === regular || path === bold);
  return async (paper, issuedAt) => {
    const pdf = await pdfmake.createPdf(definitionOf(paper, issuedAt)).getBuffer();
    return new Uint8Array(pdf);
  };
};
