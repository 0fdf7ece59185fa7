import type { Column, Content } from 'pdfmake/interfaces.js';
import type { PaperContent, PlanCell } from '../documents/rules/content.ts';
import { eraDay, provisionalMark } from '../documents/rules/words.ts';
import type { LocalDay } from '../shared/time.ts';
import { accent, ink, quiet } from './paper_look.ts';

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

/** A print handed out again says so, and since when. */
const reissueMark = (reissuedOn: LocalDay | undefined): Content[] =>
  reissuedOn
    ? [
        {
          text: `再発行 ${eraDay(reissuedOn)}`,
          alignment: 'right',
          bold: true,
          margin: [0, 3, 0, 0],
        },
      ]
    : [];

const bookingLine = ({ bookingNumber }: PaperContent): Content[] =>
  bookingNumber === ''
    ? []
    : [{ text: `予約番号 ${bookingNumber}`, color: quiet, fontSize: small, margin: [0, 2] }];

export const headOf = (paper: PaperContent, reissuedOn?: LocalDay): Content => ({
  columns: [
    ...planOf(paper.plan),
    {
      stack: [
        { text: paper.venueName, bold: true, color: accent, fontSize: 10.5 },
        ...bookingLine(paper),
      ],
    },
    {
      stack: [
        { text: `第 ${paper.number} 号`, alignment: 'right' },
        { text: eraDay(paper.issuedOn), alignment: 'right', margin: [0, 2, 0, 0] },
        ...reissueMark(reissuedOn),
      ],
      width: 190,
    },
  ],
  columnGap: 0,
});

/** Of a corrected paper (訂正版) the first thing to know is which one it holds instead of. */
const correctionMark = ({ corrects }: PaperContent): Content[] =>
  corrects
    ? [
        {
          text: `(訂正版)　第 ${corrects.number} 号(${eraDay(corrects.issuedOn)}発行)に代わるものです。`,
          alignment: 'center',
          fontSize: 9,
          margin: [0, 3, 0, 0],
        },
      ]
    : [];

export const titleOf = (paper: PaperContent): Content => ({
  stack: [
    {
      text: [...paper.title].join(paper.title.length > 3 ? '\u2002' : '\u3000'),
      fontSize: 21,
      bold: true,
      alignment: 'center',
    },
    ...correctionMark(paper),
  ],
  margin: [0, 24, 0, 20],
});

/** A long name is set smaller, so that 御中 stays on its line. */
const nameSize = ({ length }: string): number => Math.max(9.5, Math.min(13.5, 258 / (length + 3)));

export const recipientOf = ({ recipient }: PaperContent): Column => ({
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

export const issuerOf = ({ issuer }: PaperContent): Column => {
  const mark = issuer.isProvisional ? provisionalMark : '';
  return {
    stack: [
      { text: issuer.name, bold: true, fontSize: 10.5 },
      ...(issuer.note ? [{ text: issuer.note, fontSize: 9 }] : []),
      {
        text: `${issuer.address}${issuer.registrationNumber ? '' : mark}`,
        fontSize: 9,
        margin: [0, 2, 0, 0],
      },
      ...(issuer.registrationNumber
        ? [{ text: `登録番号 ${issuer.registrationNumber}${mark}`, fontSize: 9 }]
        : []),
    ],
    width: '*',
    margin: [24, 0, 0, 0],
  };
};
