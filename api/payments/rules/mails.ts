import { dayOf, instantAt, weekdayOf } from '../../shared/time.ts';
import { yenText } from '../../shared/wording.ts';
import { storeChains, type Attempt, type StoreChain, type Voucher } from './attempt.ts';

export interface MailSubject {
  readonly number: string;
  readonly title: string;
  readonly contactName: string;
  readonly publicUrl: string;
}

export interface MailText {
  readonly subject: string;
  readonly body: string;
}

const chainNames: Readonly<Record<StoreChain, string>> = {
  familymart: 'ファミリーマート',
  lawson: 'ローソン',
  ministop: 'ミニストップ',
  seicomart: 'セイコーマート',
};

const methodNames: Readonly<Record<Attempt['method'], string>> = {
  card: 'クレジットカード',
  konbini: 'コンビニ',
  bank_transfer: '銀行振込',
  cash: '現金',
  slip: 'コンビニ払込票',
};

const twoDigits = (number: number) => String(number).padStart(2, '0');

/** `2026年12月8日(火) 21:00` on the clock of the venue. */
export const instantText = (instant: Date): string => {
  const day = dayOf(instant);
  const [year, month, date] = day.split('-').map(Number);
  const minutes = Math.floor((instant.getTime() - instantAt(day, '00:00').getTime()) / 60_000);
  const weekday = '月火水木金土日'.charAt(weekdayOf(day) - 1);
  const time = `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
  return `${year}年${month}月${date}日(${weekday}) ${time}`;
};

export const pageOf = (attempt: Attempt, publicUrl: string) =>
  `${publicUrl}/bookings/${attempt.bookingId}/payments/${attempt.id}`;

const codeLines = ({ stores }: Voucher): string[] =>
  storeChains.flatMap((chain) => {
    const code = stores[chain];
    if (!code) return [];
    const number = code.confirmationNumber ? `／確認番号 ${code.confirmationNumber}` : '';
    return [`・${chainNames[chain]}：払込番号 ${code.paymentCode}${number}`];
  });

interface VoucherWords {
  readonly subject: string;
  readonly opening: string;
  readonly closing: string;
}

const voucherText = (
  attempt: Attempt,
  voucher: Voucher,
  { number, title, contactName, publicUrl }: MailSubject,
  { subject, opening, closing }: VoucherWords,
): MailText => ({
  subject: `【会館】${subject}（${number}）`,
  body: [
    `${contactName} 様`,
    '',
    opening,
    '',
    `予約番号：${number}`,
    `催事名：${title}`,
    `お支払い金額：${yenText(attempt.amountYen)}`,
    `お支払い期限：${instantText(new Date(voucher.expiresAt))}`,
    '',
    ...codeLines(voucher),
    '',
    'セブン-イレブンではお支払いいただけません。',
    `店舗ごとの操作と番号：${pageOf(attempt, publicUrl)}`,
    '',
    closing,
  ].join('\n'),
});

/** The numbers to show at the till, and until when. */
export const voucherMail = (attempt: Attempt, voucher: Voucher, about: MailSubject): MailText =>
  voucherText(attempt, voucher, about, {
    subject: 'コンビニでのお支払いのご案内',
    opening: '次の番号をお近くの店舗でお使いになり、期限までにお支払いください。',
    closing:
      '期限を過ぎると番号は使えません。その場合は予約のページから、もう一度お手続きください。',
  });

/** The voucher is about to lapse and nothing has arrived. */
export const voucherReminderMail = (
  attempt: Attempt,
  voucher: Voucher,
  about: MailSubject,
): MailText =>
  voucherText(attempt, voucher, about, {
    subject: 'コンビニでのお支払い期限が近づいています',
    opening: 'コンビニでのお支払いがまだ確認できていません。期限を過ぎると番号は使えなくなります。',
    closing: '行き違いでお支払いがお済みの場合は、このメールにお応えいただく必要はありません。',
  });

/** The money has arrived. */
export const receivedMail = (
  attempt: Attempt,
  { number, title, contactName, publicUrl }: MailSubject,
): MailText => ({
  subject: `【会館】入金を確認しました（${number}）`,
  body: [
    `${contactName} 様`,
    '',
    '利用料金の入金を確認しました。ありがとうございました。',
    '',
    `予約番号：${number}`,
    `催事名：${title}`,
    `お支払い金額：${yenText(attempt.amountYen)}`,
    `お支払い方法：${methodNames[attempt.method]}`,
    ...(attempt.confirmedAt ? [`お支払い日時：${instantText(attempt.confirmedAt)}`] : []),
    '',
    `領収書は予約のページからご覧いただけます：${publicUrl}/bookings/${attempt.bookingId}`,
  ].join('\n'),
});
