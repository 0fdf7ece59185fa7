import type { Sentence } from '../../shared/languages.ts';
import { bookingPage, letterTo, type Letter, type Line, type Reader } from '../../shared/letter.ts';
import type { DocumentKind } from '../schema.ts';

const titles: Readonly<Record<DocumentKind, Sentence>> = {
  approval_letter: { ja: '使用承認書', en: 'Letter of approval' },
  invoice: { ja: '請求書', en: 'Invoice' },
  receipt: { ja: '領収書', en: 'Receipt' },
  refusal_letter: { ja: '不承認通知書', en: 'Letter of refusal' },
  quotation: { ja: '見積書', en: 'Quotation' },
  credit_note: { ja: '適格返還請求書', en: 'Credit note' },
  payment_notice: { ja: '納入通知書', en: 'Payment notice' },
  dunning_letter: { ja: '督促状', en: 'Dunning letter' },
  payment_slip: { ja: '払込票', en: 'Payment slip' },
  settlement_statement: { ja: '精算書', en: 'Settlement statement' },
};

/** `使用承認書_R08-BP-A-000001.pdf`. */
export const fileNameOf = (paper: { kind: DocumentKind; number: string }): string =>
  `${titles[paper.kind].ja}_${paper.number}.pdf`;

const documentsPage = ({ publicUrl }: Reader): Line => [
  { ja: '書類のページ', en: 'Documents' },
  `${publicUrl}/documents`,
];

/** Tells the organizer that papers are there to be read and printed. */
export const papersMail = (
  papers: readonly { kind: DocumentKind; number: string }[],
  booking: { id: string; number: string; title: string },
  to: Reader,
): Letter => {
  const ja = papers.map(({ kind }) => titles[kind].ja).join('と');
  const en = papers.map(({ kind }) => titles[kind].en).join(' and ');
  return letterTo(to, {
    subject: { ja: `${ja}を発行しました`, en: `${en} issued` },
    about: booking.number,
    lines: [
      {
        ja: `「${booking.title}」の${ja}を発行しました。予約のページからご覧いただき、保存または印刷してください。`,
        en: `Papers for “${booking.title}” are on the booking page, to be read, saved or printed.`,
      },
      '',
      ...papers.map(({ kind, number }): Line => [
        titles[kind],
        { ja: `第 ${number} 号`, en: `No. ${number}` },
      ]),
      '',
      bookingPage(booking.id, to),
    ],
  });
};

/** Tells the organizer of an invoice over many bookings. */
export const combinedMail = (paper: { number: string }, count: number, to: Reader): Letter =>
  letterTo(to, {
    subject: { ja: '合算請求書を発行しました', en: 'Combined invoice issued' },
    about: paper.number,
    lines: [
      {
        ja: `請求${count}件をまとめた合算請求書（第 ${paper.number} 号）を発行しました。書類のページからご覧いただき、保存または印刷してください。`,
        en: `Combined invoice no. ${paper.number} over ${count} charges is on the page of documents, to be read, saved or printed.`,
      },
      '',
      documentsPage(to),
    ],
  });

/** Tells the organizer which paper holds from now on instead of which. */
export const correctedMail = (
  paper: { kind: DocumentKind; number: string },
  replaced: { number: string },
  to: Reader,
): Letter => {
  const { ja, en } = titles[paper.kind];
  return letterTo(to, {
    subject: { ja: `${ja}（訂正版）を発行しました`, en: `${en} issued again, corrected` },
    about: paper.number,
    lines: [
      {
        ja: `${ja}の訂正版（第 ${paper.number} 号）を発行しました。第 ${replaced.number} 号は、この訂正版に差し替えられました。`,
        en: `${en} no. ${paper.number} is corrected and takes the place of no. ${replaced.number}.`,
      },
      '',
      documentsPage(to),
    ],
  });
};
