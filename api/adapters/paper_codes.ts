import { toSVG } from 'bwip-js/node';
import type { Content } from 'pdfmake/interfaces.js';
import type { PaperContent } from '../documents/rules/content.ts';
import { spelledCode } from '../documents/rules/verification.ts';
import { line, quiet, textWidth } from './paper_look.ts';

const qrSize = 44;

/** Room the code takes at the foot of every page. */
export const verificationHeight = ({ verification }: PaperContent): number =>
  verification ? qrSize + 10 : 0;

/** The code whoever holds a sheet can ask us about, for a camera and for hands. */
export const verificationOf = ({ verification }: PaperContent): Content[] =>
  verification
    ? [
        {
          columns: [
            { qr: verification.url, fit: qrSize, eccLevel: 'M', width: qrSize + 8 },
            {
              stack: [
                { text: 'この書類の確認', bold: true },
                {
                  text: '会館が発行した書類であること、差し替えや取消しのないことを、次のページで確かめられます。',
                  margin: [0, 1, 0, 1],
                },
                { text: `${verification.url}　確認コード ${spelledCode(verification.code)}` },
              ],
              fontSize: 7,
              color: quiet,
              margin: [0, 6, 0, 0],
            },
          ],
          margin: [0, 0, 0, 6],
        } as Content,
      ]
    : [];

// コンビニの読取り幅は60mmまで。
const pointsPerMillimetre = 72 / 25.4;
const barcodeWidth = 60 * pointsPerMillimetre;

/** GS1-128 in one row, application identifier 91. */
export const slipBarcode = (digits: string) => ({
  bcid: 'gs1-128',
  text: `(${digits.slice(0, 2)})${digits.slice(2)}`,
  includetext: false,
  height: 15,
});

export const slipOf = ({ slipDigits, amount }: PaperContent): Content[] =>
  slipDigits && amount
    ? [
        {
          stack: [
            {
              canvas: [
                {
                  type: 'line',
                  x1: 0,
                  y1: 0,
                  x2: textWidth,
                  y2: 0,
                  lineWidth: 0.6,
                  lineColor: line,
                  dash: { length: 4 },
                },
              ],
            },
            {
              text: '料金代理収納用バーコード(コンビニエンスストア店頭用)',
              fontSize: 8.5,
              bold: true,
              margin: [0, 10, 0, 8],
            },
            { svg: toSVG(slipBarcode(slipDigits)), width: barcodeWidth, alignment: 'center' },
            {
              text: `(${slipDigits.slice(0, 2)})${slipDigits.slice(2)}`,
              alignment: 'center',
              fontSize: 8,
              margin: [0, 4, 0, 0],
            },
          ],
          unbreakable: true,
          margin: [0, 16, 0, 0],
        } as Content,
      ]
    : [];
