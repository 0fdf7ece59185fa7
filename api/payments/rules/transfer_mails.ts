import type { Sentence } from '../../shared/languages.ts';
import { bookingLines, letterTo, type Letter, type Line } from '../../shared/letter.ts';
import type { Yen } from '../../shared/money.ts';
import { yenText } from '../../shared/wording.ts';
import type { Attempt, Transfer } from './attempt.ts';
import { pageOf, type MailSubject } from './mails.ts';

const accountTypes: Readonly<Record<Transfer['accountType'], Sentence>> = {
  futsu: { ja: '普通', en: 'ordinary (futsu)' },
  toza: { ja: '当座', en: 'current (toza)' },
};

const accountLines = (transfer: Transfer): Line[] => {
  const { ja, en } = accountTypes[transfer.accountType];
  return [
    [{ ja: '銀行', en: 'Bank' }, `${transfer.bankName}（${transfer.bankCode}）`],
    [{ ja: '支店', en: 'Branch' }, `${transfer.branchName}（${transfer.branchCode}）`],
    [
      { ja: '口座', en: 'Account' },
      { ja: `${ja} ${transfer.accountNumber}`, en: `${en} ${transfer.accountNumber}` },
    ],
    [{ ja: '口座名義', en: 'Account holder' }, transfer.accountHolder],
  ];
};

const yenLines = (about: MailSubject, lines: readonly [Sentence, Yen][]): Line[] =>
  lines.map(([label, amount]) => [label, yenText(amount, about.language)]);

const toTransfer: Sentence = { ja: 'お振込金額', en: 'Amount to transfer' };

const arrivals = (attempt: Attempt, about: MailSubject): Line => [
  { ja: '入金の状況', en: 'What has arrived' },
  pageOf(attempt, about),
];

/** Where to transfer to. */
export const transferMail = (attempt: Attempt, transfer: Transfer, about: MailSubject): Letter =>
  letterTo(about, {
    subject: { ja: '銀行振込のご案内', en: 'How to pay by bank transfer' },
    about: about.number,
    lines: [
      {
        ja: '次の口座へお振り込みください。この口座はこの予約だけのもので、振込人名に番号を付けていただく必要はありません。',
        en: 'Please transfer to this account. It is for this booking alone: no number is needed with your name.',
      },
      '',
      ...bookingLines(about),
      ...yenLines(about, [[toTransfer, attempt.amountYen]]),
      '',
      ...accountLines(transfer),
      '',
      {
        ja: '振込手数料はお客様のご負担です。ほかの予約の料金は、この口座へ振り込まないでください。',
        en: 'The bank’s fee is yours to pay. Please do not transfer fees of other bookings to this account.',
      },
      arrivals(attempt, about),
    ],
  });

/** A part has arrived. */
export const fundedMail = (attempt: Attempt, transfer: Transfer, about: MailSubject): Letter =>
  letterTo(about, {
    subject: { ja: '一部の入金を確認しました', en: 'Part of your payment has arrived' },
    about: about.number,
    lines: [
      {
        ja: '銀行振込の一部を確認しました。残りを同じ口座へお振り込みください。',
        en: 'Part of your bank transfer has arrived. Please transfer the rest to the same account.',
      },
      '',
      ...bookingLines(about),
      ...yenLines(about, [
        [toTransfer, attempt.amountYen],
        [{ ja: 'これまでの入金', en: 'Arrived so far' }, attempt.fundedYen],
        [{ ja: '残り', en: 'Still missing' }, attempt.amountYen - attempt.fundedYen],
      ]),
      '',
      ...accountLines(transfer),
      '',
      arrivals(attempt, about),
    ],
  });
