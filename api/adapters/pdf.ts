import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { PaperContent } from '../documents/rules/content.ts';
import { dayOf } from '../shared/time.ts';
import { headOf, issuerOf, recipientOf, titleOf } from './paper_heading.ts';
import { slipOf, verificationHeight, verificationOf } from './paper_codes.ts';
import {
  boldFont,
  fontFile,
  ink,
  line,
  margin,
  marginBottom,
  marginTop,
  pageHeight,
  pageWidth,
  quiet,
  regularFont,
  textWidth,
} from './paper_look.ts';
import { linesByPage, type LinesOfPage } from './paper_pages.ts';
import { amountOf, factsOf, linesOf, places, remarksOf, taxesOf, usesOf } from './paper_tables.ts';

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

interface Print {
  readonly paper: PaperContent;
  readonly issuedAt: Date;
  readonly reissuedAt: Date | undefined;
  readonly pages?: readonly LinesOfPage[];
}

const definitionOf = ({ paper, issuedAt, reissuedAt, pages }: Print): TDocumentDefinitions => ({
  version: '1.7',
  pageSize: 'A4',
  pageMargins: [margin, marginTop, margin, marginBottom + verificationHeight(paper)],
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
  // Read aloud in Japanese, and called by its title instead of the name of its file.
  language: 'ja-JP',
  displayTitle: true,
  content: [
    headOf(paper, reissuedAt && dayOf(reissuedAt)),
    titleOf(paper),
    { columns: [recipientOf(paper), issuerOf(paper)] },
    { text: paper.opening, margin: [0, 22, 0, 12], lineHeight: 1.3 },
    ...amountOf(paper),
    factsOf(paper),
    ...usesOf(paper),
    ...linesOf(paper, pages),
    ...taxesOf(paper),
    remarksOf(paper),
    ...slipOf(paper),
  ],
  footer: footerOf(paper),
});

const rowPadding = 4;
/** Longer than any paper: everything stands on one page, where its height can be read. */
const endlessHeight = 100_000;

/** Where the named places of a paper are, drawn on one page without an end. */
const measurePlaces = async (print: Print): Promise<ReadonlyMap<string, number>> => {
  const tops = new Map<string, number>();
  await pdfmake
    .createPdf({
      ...definitionOf(print),
      pageSize: { width: pageWidth, height: endlessHeight },
      pageBreakBefore: ({ id, startPosition }) => {
        if (id !== undefined) tops.set(id, startPosition.top);
        return false;
      },
    })
    .getStream();
  return tops;
};

const layOutLines = async (print: Print): Promise<Print> => {
  const { paper } = print;
  if (paper.lines.length === 0) return print;
  const tops = await measurePlaces(print);
  const first = tops.get(places.line(0))!;
  const remarks = tops.get(places.remarks)!;
  const end = tops.get(places.total) ?? remarks;
  const begins = paper.lines.map((_, at) => tops.get(places.line(at))!);
  const headHeight = first - tops.get(places.head)!;
  const measured = {
    top: first - rowPadding,
    headHeight,
    heights: begins.map((top, at) => (begins[at + 1] ?? end) - top),
    tailHeight: remarks - end,
  };
  const bottom = pageHeight - marginBottom - verificationHeight(paper);
  // A carried sum is set like the heading.
  const room = { top: marginTop, bottom, carryHeight: headHeight };
  return { ...print, pages: linesByPage(measured, room) };
};

/** A day of reissue is printed beside the day of issue. */
export type PrintPaper = (
  paper: PaperContent,
  issuedAt: Date,
  reissuedAt?: Date,
) => Promise<Uint8Array<ArrayBuffer>>;

/** Draws papers as PDF, with the fonts embedded; nothing is fetched, nothing else is read. */
export const createPrinter = (): PrintPaper => {
  const regular = fontFile(regularFont);
  const bold = fontFile(boldFont);
  pdfmake.setFonts({
    NotoSansJP: { normal: regular, bold, italics: regular, bolditalics: bold },
  });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => path === regular || path === bold);
  return async (paper, issuedAt, reissuedAt) => {
    const print = await layOutLines({ paper, issuedAt, reissuedAt });
    const pdf = await pdfmake.createPdf(definitionOf(print)).getBuffer();
    return new Uint8Array(pdf);
  };
};
