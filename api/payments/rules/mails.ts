import type { Language, Sentence } from '../../shared/languages.ts';
import {
  bookingLines,
  letterTo,
  type Letter,
  type Line,
  type Reader,
} from '../../shared/letter.ts';
import { dayOf, wallClock } from '../../shared/time.ts';
import { dayWithWeekday, yenText } from '../../shared/wording.ts';
import { storeChains, type Attempt, type StoreChain, type Voucher } from './attempt.ts';

export interface MailSubject extends Reader {
  readonly number: string;
  readonly title: string;
  /** Where its page lies: `/bookings/bkg_…`. */
  readonly page: string;
}

const chainNames: Readonly<Record<StoreChain, Sentence>> = {
  familymart: { ja: 'ファミリーマート', en: 'FamilyMart' },
  lawson: { ja: 'ローソン', en: 'Lawson' },
  ministop: { ja: 'ミニストップ', en: 'Ministop' },
  seicomart: { ja: 'セイコーマート', en: 'Seicomart' },
};

const methodNames: Readonly<Record<Attempt['method'], Sentence>> = {
  card: { ja: 'クレジットカード', en: 'credit card' },
  konbini: { ja: 'コンビニ', en: 'convenience store' },
  bank_transfer: { ja: '銀行振込', en: 'bank transfer' },
  cash: { ja: '現金', en: 'cash' },
  slip: { ja: 'コンビニ払込票', en: 'payment slip at a convenience store' },
};

/** `2026年12月8日(火) 21:00` on the clock of the venue. */
export const instantText = (instant: Date, language: Language = 'ja'): string =>
  `${dayWithWeekday(dayOf(instant), language)} ${wallClock(instant).slice(11)}`;

export const amountLine = (attempt: Attempt, { language }: Reader): Line => [
  { ja: 'お支払い金額', en: 'Amount' },
  yenText(attempt.amountYen, language),
];

export const pageOf = (attempt: Attempt, { publicUrl, page }: MailSubject) =>
  `${publicUrl}${page}/payments/${attempt.id}`;

const codeLines = ({ stores }: Voucher): Line[] =>
  storeChains.flatMap((chain) => {
    const code = stores[chain];
    if (!code) return [];
    const { ja, en } = chainNames[chain];
    const { paymentCode, confirmationNumber: number } = code;
    return [
      {
        ja: `・${ja}：払込番号 ${paymentCode}${number ? `／確認番号 ${number}` : ''}`,
        en: `・${en}: payment code ${paymentCode}${number ? `, confirmation number ${number}` : ''}`,
      },
    ];
  });

interface VoucherWords {
  readonly subject: Sentence;
  readonly opening: Sentence;
  readonly closing: Sentence;
}

const voucherText = (
  attempt: Attempt,
  voucher: Voucher,
  about: MailSubject,
  { subject, opening, closing }: VoucherWords,
): Letter =>
  letterTo(about, {
    subject,
    about: about.number,
    lines: [
      opening,
      '',
      ...bookingLines(about),
      amountLine(attempt, about),
      [
        { ja: 'お支払い期限', en: 'Pay by' },
        instantText(new Date(voucher.expiresAt), about.language),
      ],
      '',
      ...codeLines(voucher),
      '',
      {
        ja: 'セブン-イレブンではお支払いいただけません。',
        en: 'You cannot pay at 7-Eleven.',
      },
      [
        { ja: '店舗ごとの操作と番号', en: 'Numbers, and what to press in each store' },
        pageOf(attempt, about),
      ],
      '',
      closing,
    ],
  });

/** The numbers to show at the till, and until when. */
export const voucherMail = (attempt: Attempt, voucher: Voucher, about: MailSubject): Letter =>
  voucherText(attempt, voucher, about, {
    subject: {
      ja: 'コンビニでのお支払いのご案内',
      en: 'How to pay at a convenience store',
    },
    opening: {
      ja: '次の番号をお近くの店舗でお使いになり、期限までにお支払いください。',
      en: 'Please pay with these numbers at a store near you before the deadline.',
    },
    closing: {
      ja: '期限を過ぎると番号は使えません。その場合は予約のページから、もう一度お手続きください。',
      en: 'After the deadline the numbers are worth nothing. Please start again on the booking page then.',
    },
  });

/** The voucher is about to lapse and nothing has arrived. */
export const voucherReminderMail = (
  attempt: Attempt,
  voucher: Voucher,
  about: MailSubject,
): Letter =>
  voucherText(attempt, voucher, about, {
    subject: {
      ja: 'コンビニでのお支払い期限が近づいています',
      en: 'Your deadline to pay at a convenience store is near',
    },
    opening: {
      ja: 'コンビニでのお支払いがまだ確認できていません。期限を過ぎると番号は使えなくなります。',
      en: 'We have not seen your payment yet. After the deadline the numbers are worth nothing.',
    },
    closing: {
      ja: '行き違いでお支払いがお済みの場合は、このメールにお応えいただく必要はありません。',
      en: 'If you have just paid, there is nothing to do.',
    },
  });

/** The money has arrived. */
export const receivedMail = (attempt: Attempt, about: MailSubject): Letter =>
  letterTo(about, {
    subject: { ja: '入金を確認しました', en: 'Your payment has arrived' },
    about: about.number,
    lines: [
      {
        ja: '利用料金の入金を確認しました。ありがとうございました。',
        en: 'Your payment of the fee has arrived. Thank you.',
      },
      '',
      ...bookingLines(about),
      amountLine(attempt, about),
      [{ ja: 'お支払い方法', en: 'Paid by' }, methodNames[attempt.method]],
      ...(attempt.confirmedAt
        ? [
            [
              { ja: 'お支払い日時', en: 'Paid' },
              instantText(attempt.confirmedAt, about.language),
            ] as const,
          ]
        : []),
      '',
      [
        {
          ja: '領収書は予約のページからご覧いただけます',
          en: 'The receipt is on the booking page',
        },
        `${about.publicUrl}${about.page}`,
      ],
    ],
  });
