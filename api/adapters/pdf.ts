import { createRequire } from 'node:module';
import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { PaperContent } from '../documents/rules/content.ts';
import { dayOf } from '../shared/time.ts';
import { headOf, issuerOf, recipientOf, titleOf } from './paper_heading.ts';
import { slipOf, verificationHeight, verificationOf } from './paper_codes.ts';
import { ink, line, margin, quiet, textWidth } from './paper_look.ts';
import { amountOf, factsOf, linesOf, remarksOf, taxesOf, usesOf } from './paper_tables.ts';

const fontFolder = '@expo-google-fonts/noto-sans-jp';
const fontFile = (name: string) =>
  createRequire(import.meta.url).resolve(`${fontFolder}/${name}.ttf`);

const footerOf =
  (paper: PaperContent) =>
  (page: number, pages: number): Content => ({
    margin: [margin, 14, margin, 0],
    stack: [
      ...verificationOf(paper),
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

const definitionOf = (
  paper: PaperContent,
  issuedAt: Date,
  reissuedAt: Date | undefined,
): TDocumentDefinitions => ({
  pageSize: 'A4',
  pageMargins: [margin, 50, margin, 58 + verificationHeight(paper)],
  defaultStyle: { font: 'NotoSansJP', fontSize: 10, color: ink, lineHeight: 1.08 },
  // The date of issue, not of printing: the same paper is the same file, byte for byte.
  info: {
    title: `${paper.title} ${paper.number}`,
    author: paper.issuer.name,
    creator: 'Kaikan',
    producer: 'Kaikan',
    creationDate: issuedAt,
    modDate: reissuedAt ?? issuedAt,
  },
  language: 'ja-JP',
  content: [
    headOf(paper, reissuedAt && dayOf(reissuedAt)),
    titleOf(paper),
    { columns: [recipientOf(paper), issuerOf(paper)] },
    { text: paper.opening, margin: [0, 22, 0, 12], lineHeight: 1.3 },
    ...amountOf(paper),
    factsOf(paper),
    ...usesOf(paper),
    ...linesOf(paper),
    ...taxesOf(paper),
    remarksOf(paper),
    ...slipOf(paper),
  ],
  footer: footerOf(paper),
});

/** A day of reissue is printed beside the day of issue. */
export type PrintPaper = (
  paper: PaperContent,
  issuedAt: Date,
  reissuedAt?: Date,
) => Promise<Uint8Array<ArrayBuffer>>;

/** Draws papers as PDF, with the fonts embedded; nothing is fetched, nothing else is read. */
export const createPrinter = (): PrintPaper => {
  const regular = fontFile('400Regular/NotoSansJP_400Regular');
  const bold = fontFile('700Bold/NotoSansJP_700Bold');
  pdfmake.setFonts({
    NotoSansJP: { normal: regular, bold, italics: regular, bolditalics: bold },
  });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => path === regular || path === bold);
  return async (paper, issuedAt, reissuedAt) => {
    const pdf = await pdfmake.createPdf(definitionOf(paper, issuedAt, reissuedAt)).getBuffer();
    return new Uint8Array(pdf);
  };
};
