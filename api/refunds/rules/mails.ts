import { instantText, type MailSubject } from '../../payments/rules/mails.ts';
import type { Sentence } from '../../shared/languages.ts';
import { bookingLines, letterTo, type Letter } from '../../shared/letter.ts';
import type { Yen } from '../../shared/money.ts';
import { yenText } from '../../shared/wording.ts';
import type { Refund } from './refund.ts';

export const refundMails = ['approved', 'bounced', 'failed', 'finished'] as const;
export type RefundMail = (typeof refundMails)[number];

const comesBack = ({ route }: Pick<Refund, 'route'>, isCard: boolean): Sentence => {
  if (route === 'cash') {
    return {
      ja: '窓口で現金をお返しします。開館時間内に、このメールと身分証をお持ちのうえお越しください。',
      en: 'We return it in cash at the desk. Please come within opening hours with this mail and something that shows who you are.',
    };
  }
  if (route === 'bank') {
    return {
      ja: '会館からご指定の口座へお振り込みします。口座をまだお知らせでない場合は、会館へご連絡ください。',
      en: 'The venue transfers it to the account you named. If you have not named one yet, please write or call.',
    };
  }
  if (isCard) {
    return {
      ja: 'お支払いに使われたクレジットカードへお返しします。お手続きは必要ありません。',
      en: 'It goes back to the credit card you paid with. There is nothing to do.',
    };
  }
  return {
    ja: '決済会社（Stripe）から、返金先の口座をお尋ねするメールが届きます。\nメールのリンクを開き、45日以内に口座をご入力ください。期限を過ぎた場合は、会館から直接お振り込みします。',
    en: 'The payment company (Stripe) sends you a mail that asks for your account.\nPlease open its link and enter the account within 45 days. After that the venue transfers it itself.',
  };
};

const openings: Readonly<Record<RefundMail, Sentence>> = {
  approved: { ja: '次の金額をお返しします。', en: 'We return this amount to you.' },
  bounced: {
    ja: '返金のお振り込みが、銀行から戻ってきました。口座の内容をご確認ください。',
    en: 'The bank sent our refund back. Please look at the account again.',
  },
  failed: {
    ja: '決済会社からの返金ができませんでした。会館から直接お返しします。',
    en: 'The payment company could not make the refund. The venue returns it itself.',
  },
  finished: { ja: '次の金額をお返ししました。', en: 'We have returned this amount to you.' },
};

const subjects: Readonly<Record<RefundMail, Sentence>> = {
  approved: { ja: '返金のご案内', en: 'Your refund' },
  bounced: { ja: '返金先の口座をご確認ください', en: 'Please check the account for your refund' },
  failed: { ja: '返金先の口座をお知らせください', en: 'Please tell us an account for your refund' },
  finished: { ja: '返金しました', en: 'Your refund is made' },
};

const nextStep = (mail: RefundMail, refund: Refund, isCard: boolean): Sentence[] => {
  switch (mail) {
    case 'approved':
      return [comesBack(refund, isCard)];
    case 'bounced':
      return [
        {
          ja: '決済会社（Stripe）からもう一度届くメールのリンクから、口座をご入力ください。',
          en: 'Please enter the account by the link of the mail that the payment company (Stripe) sends you again.',
        },
      ];
    case 'failed':
      return [
        {
          ja: 'お手数ですが、お振込先の口座を会館へご連絡ください。',
          en: 'Please tell the venue an account to transfer to.',
        },
      ];
    case 'finished':
      if (refund.route === 'cash') return [];
      return isCard && refund.state === 'done'
        ? [
            {
              ja: 'カードの明細に表れるまで、5〜10日ほどかかります。',
              en: 'It takes 5 to 10 days to appear on the statement of the card.',
            },
          ]
        : [
            {
              ja: '口座への入金まで、数日かかることがあります。',
              en: 'It may take some days to arrive at the account.',
            },
          ];
  }
};

const whatOfCharge = ({ reducesCharge }: Refund, beyondYen: Yen): Sentence[] => {
  if (beyondYen === 0) return [];
  const [ja, en] = [yenText(beyondYen), yenText(beyondYen, 'en')];
  return reducesCharge
    ? [
        {
          ja: `ご請求額も${ja}減らします。お返しのあと、適格返還請求書を予約のページでご覧いただけます。`,
          en: `What you are charged falls by ${en} too. Afterwards a credit note is on the booking page.`,
        },
      ]
    : [
        {
          ja: `ご請求額は変わらないため、お返しのあと${ja}が未払いとなります。お支払いの方法と期日は、予約のページをご覧ください。`,
          en: `What you are charged stays as it is, so ${en} is to be paid afterwards. How and by when is on the booking page.`,
        },
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
  }: MailSubject & {
    readonly isCard: boolean;
    /** More than was paid too much. */
    readonly beyondYen: Yen;
  },
): Letter =>
  letterTo(about, {
    subject: subjects[mail],
    about: about.number,
    lines: [
      openings[mail],
      '',
      ...bookingLines(about),
      [{ ja: '返金額', en: 'Refund' }, yenText(refund.amountYen, about.language)],
      ...(mail === 'bounced' && refund.expiresAt
        ? [
            [
              { ja: '口座の入力期限', en: 'Enter the account by' },
              instantText(refund.expiresAt, about.language),
            ] as const,
          ]
        : []),
      '',
      ...nextStep(mail, refund, isCard),
      ...whatOfCharge(refund, beyondYen),
      '',
      [{ ja: '返金の状態', en: 'State of the refund' }, `${about.publicUrl}${about.page}`],
    ],
  });
