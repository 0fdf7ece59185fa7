import type { Yen } from '../../shared/money.ts';
import { yenText } from '../../shared/wording.ts';
import { instantText, type MailText } from './mails.ts';
import type { MovementKind } from './movement.ts';

const kindNames: Readonly<Record<MovementKind, string>> = {
  dispute: '支払いへの異議（チャージバック）',
  refund: 'Stripeでの返金',
  payment: '会館の記録にない決済',
  cash: '会館の記録にない振込の動き',
  payout: '口座への入金の失敗',
  other: 'そのほかの動き',
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
  readonly publicUrl: string;
}

const leadOf = ({ kind, isOpen, status }: Moved): string[] => {
  if (kind !== 'dispute') {
    return ['Stripeで、会館の操作によらないお金の動きがありました。内容をご確認ください。'];
  }
  if (isOpen) {
    return [
      'カードの名義人が、次の支払いに異議を申し立てました。この支払いの還付と督促は止めています。',
      '証拠を出す場合は、期限までにStripeの管理画面で回答してください。期限を過ぎると負けになります。',
    ];
  }
  const end = status === 'lost' ? '認められました（会館の負け）。' : '認められませんでした。';
  return [`支払いへの異議は、${end}帳簿には反映しています。`];
};

/** To those who look after the money: what moved, and until when to answer. */
export const movementMail = (moved: Moved, { number, title, publicUrl }: About): MailText => ({
  subject: `【会館】${kindNames[moved.kind]}${number ? `（${number}）` : ''}`,
  body: [
    ...leadOf(moved),
    '',
    ...(number
      ? [`予約番号：${number}`, `催事名：${title ?? ''}`]
      : ['予約：会館の記録にありません']),
    ...(moved.amountYen === null ? [] : [`金額：${yenText(moved.amountYen)}`]),
    ...(moved.isOpen && moved.answerBy ? [`回答の期限：${instantText(moved.answerBy)}`] : []),
    `Stripeの番号：${moved.stripeId}`,
    '',
    `確認はこちらから：${publicUrl}/staff/payments/stripe`,
  ].join('\n'),
});
