import { instantText } from '../../payments/rules/mails.ts';
import type { Yen } from '../../shared/money.ts';
import { yenText } from '../../shared/wording.ts';
import type { Refund } from './refund.ts';

export interface RefundMailSubject {
  readonly number: string;
  readonly title: string;
  readonly contactName: string;
  readonly publicUrl: string;
}

interface MailText {
  readonly subject: string;
  readonly body: string;
}

export const refundMails = ['approved', 'bounced', 'failed', 'finished'] as const;
export type RefundMail = (typeof refundMails)[number];

const comesBack = ({ route }: Pick<Refund, 'route'>, isCard: boolean): string[] => {
  if (route === 'cash') {
    return [
      '窓口で現金をお返しします。開館時間内に、このメールと身分証をお持ちのうえお越しください。',
    ];
  }
  if (route === 'bank') {
    return [
      '会館からご指定の口座へお振り込みします。口座をまだお知らせでない場合は、会館へご連絡ください。',
    ];
  }
  if (isCard) {
    return ['お支払いに使われたクレジットカードへお返しします。お手続きは必要ありません。'];
  }
  return [
    '決済会社（Stripe）から、返金先の口座をお尋ねするメールが届きます。',
    'メールのリンクを開き、45日以内に口座をご入力ください。期限を過ぎた場合は、会館から直接お振り込みします。',
  ];
};

const openings: Readonly<Record<RefundMail, string>> = {
  approved: '次の金額をお返しします。',
  bounced: '返金のお振り込みが、銀行から戻ってきました。口座の内容をご確認ください。',
  failed: '決済会社からの返金ができませんでした。会館から直接お返しします。',
  finished: '次の金額をお返ししました。',
};

const subjects: Readonly<Record<RefundMail, string>> = {
  approved: '返金のご案内',
  bounced: '返金先の口座をご確認ください',
  failed: '返金先の口座をお知らせください',
  finished: '返金しました',
};

const nextSteps = (mail: RefundMail, refund: Refund, isCard: boolean): string[] => {
  switch (mail) {
    case 'approved':
      return comesBack(refund, isCard);
    case 'bounced':
      return ['決済会社（Stripe）からもう一度届くメールのリンクから、口座をご入力ください。'];
    case 'failed':
      return ['お手数ですが、お振込先の口座を会館へご連絡ください。'];
    case 'finished':
      return isCard && refund.state === 'done'
        ? ['カードの明細に表れるまで、5〜10日ほどかかります。']
        : refund.route === 'cash'
          ? []
          : ['口座への入金まで、数日かかることがあります。'];
  }
};

const whatOfCharge = ({ reducesCharge }: Refund, beyondYen: Yen): string[] => {
  if (beyondYen === 0) return [];
  return reducesCharge
    ? [
        `ご請求額も${yenText(beyondYen)}減らします。お返しのあと、適格返還請求書を予約のページでご覧いただけます。`,
      ]
    : [
        `ご請求額は変わらないため、お返しのあと${yenText(beyondYen)}が未払いとなります。お支払いの方法と期日は、予約のページをご覧ください。`,
      ];
};

/** What the organizer is told of a refund, and what there is to do. */
export const refundMail = (
  mail: RefundMail,
  refund: Refund,
  {
    isCard,
    beyondYen,
    ...about
  }: RefundMailSubject & {
    readonly isCard: boolean;
    /** More than was paid too much. */
    readonly beyondYen: Yen;
  },
): MailText => ({
  subject: `【会館】${subjects[mail]}（${about.number}）`,
  body: [
    `${about.contactName} 様`,
    '',
    openings[mail],
    '',
    `予約番号：${about.number}`,
    `催事名：${about.title}`,
    `返金額：${yenText(refund.amountYen)}`,
    ...(mail === 'bounced' && refund.expiresAt
      ? [`口座の入力期限：${instantText(refund.expiresAt)}`]
      : []),
    '',
    ...nextSteps(mail, refund, isCard),
    ...whatOfCharge(refund, beyondYen),
    '',
    `返金の状態：${about.publicUrl}/bookings/${refund.bookingId}`,
  ].join('\n'),
});
