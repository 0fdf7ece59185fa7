import type { Sentence } from '../../shared/languages.ts';
import {
  bookingLines,
  letterTo,
  type Letter,
  type Line,
  type Reader,
} from '../../shared/letter.ts';
import type { Yen } from '../../shared/money.ts';
import { yenText } from '../../shared/wording.ts';
import { instantText } from './mails.ts';
import type { MovementKind } from './movement.ts';

const kindNames: Readonly<Record<MovementKind, Sentence>> = {
  dispute: { ja: '支払いへの異議（チャージバック）', en: 'A payment is disputed (chargeback)' },
  refund: { ja: 'Stripeでの返金', en: 'A refund made at Stripe' },
  payment: { ja: '会館の記録にない決済', en: 'A payment we have no record of' },
  cash: { ja: '会館の記録にない振込の動き', en: 'A transfer we have no record of' },
  payout: { ja: '口座への入金の失敗', en: 'A payout to the account failed' },
  other: { ja: 'そのほかの動き', en: 'Another movement' },
};

interface Moved {
  readonly kind: MovementKind;
  readonly stripeId: string;
  readonly amountYen: Yen | null;
  readonly status: string | null;
  readonly isOpen: boolean;
  readonly answerBy: Date | null;
}

interface About {
  readonly number: string | null;
  readonly title: string | null;
}

const leadOf = ({ kind, isOpen, status }: Moved): Sentence => {
  if (kind !== 'dispute') {
    return {
      ja: 'Stripeで、会館の操作によらないお金の動きがありました。内容をご確認ください。',
      en: 'Money moved at Stripe that the venue did not move. Please look at it.',
    };
  }
  if (isOpen) {
    return {
      ja: 'カードの名義人が、次の支払いに異議を申し立てました。この支払いの還付と督促は止めています。\n証拠を出す場合は、期限までにStripeの管理画面で回答してください。期限を過ぎると負けになります。',
      en: 'The holder of the card disputes this payment. Its refunds and dunning are stopped.\nIf you have evidence, please answer in Stripe’s dashboard before the deadline. After it the dispute is lost.',
    };
  }
  return status === 'lost'
    ? {
        ja: '支払いへの異議は、認められました（会館の負け）。帳簿には反映しています。',
        en: 'The dispute was accepted: the venue has lost it. The books say so.',
      }
    : {
        ja: '支払いへの異議は、認められませんでした。帳簿には反映しています。',
        en: 'The dispute was not accepted. The books say so.',
      };
};

/** To those who look after the money: what moved, and until when to answer. */
export const movementMail = (moved: Moved, { number, title }: About, to: Reader): Letter =>
  letterTo(to, {
    subject: kindNames[moved.kind],
    about: number,
    lines: [
      leadOf(moved),
      '',
      ...(number === null
        ? [{ ja: '予約：会館の記録にありません', en: 'Booking: none on record' }]
        : bookingLines({ number, title: title ?? '' })),
      ...(moved.amountYen === null
        ? []
        : [[{ ja: '金額', en: 'Amount' }, yenText(moved.amountYen, to.language)] as const]),
      ...(moved.isOpen && moved.answerBy
        ? [
            [
              { ja: '回答の期限', en: 'Answer by' },
              instantText(moved.answerBy, to.language),
            ] as const,
          ]
        : []),
      [{ ja: 'Stripeの番号', en: 'Stripe’s number' }, moved.stripeId],
      '',
      [{ ja: '確認はこちらから', en: 'Look at it here' }, `${to.publicUrl}/staff/payments/stripe`],
    ] satisfies Line[],
  });
