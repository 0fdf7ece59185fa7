import { yenText } from '../../shared/wording.ts';
import type { Attempt, Transfer } from './attempt.ts';
import { pageOf, type MailSubject, type MailText } from './mails.ts';

const accountTypes: Readonly<Record<Transfer['accountType'], string>> = {
  futsu: '普通',
  toza: '当座',
};

const accountLines = (transfer: Transfer): string[] => [
  `銀行：${transfer.bankName}（${transfer.bankCode}）`,
  `支店：${transfer.branchName}（${transfer.branchCode}）`,
  `口座：${accountTypes[transfer.accountType]} ${transfer.accountNumber}`,
  `口座名義：${transfer.accountHolder}`,
];

/** Where to transfer to. */
export const transferMail = (
  attempt: Attempt,
  transfer: Transfer,
  { number, title, contactName, publicUrl }: MailSubject,
): MailText => ({
  subject: `【会館】銀行振込のご案内（${number}）`,
  body: [
    `${contactName} 様`,
    '',
    '次の口座へお振り込みください。この口座はこの予約だけのもので、振込人名に番号を付けていただく必要はありません。',
    '',
    `予約番号：${number}`,
    `催事名：${title}`,
    `お振込金額：${yenText(attempt.amountYen)}`,
    '',
    ...accountLines(transfer),
    '',
    '振込手数料はお客様のご負担です。ほかの予約の料金は、この口座へ振り込まないでください。',
    `入金の状況：${pageOf(attempt, publicUrl)}`,
  ].join('\n'),
});

/** A part has arrived. */
export const fundedMail = (
  attempt: Attempt,
  transfer: Transfer,
  { number, title, contactName, publicUrl }: MailSubject,
): MailText => ({
  subject: `【会館】一部の入金を確認しました（${number}）`,
  body: [
    `${contactName} 様`,
    '',
    '銀行振込の一部を確認しました。残りを同じ口座へお振り込みください。',
    '',
    `予約番号：${number}`,
    `催事名：${title}`,
    `お振込金額：${yenText(attempt.amountYen)}`,
    `これまでの入金：${yenText(attempt.fundedYen)}`,
    `残り：${yenText(attempt.amountYen - attempt.fundedYen)}`,
    '',
    ...accountLines(transfer),
    '',
    `入金の状況：${pageOf(attempt, publicUrl)}`,
  ].join('\n'),
});
