import { defineErrors } from '../shared/error.ts';

export const receivableErrors = defineErrors('receivables', {
  unknown: {
    kind: 'missing',
    ja: '未収の記録が見つかりません。未収の一覧から選び直してください。',
    en: 'This receivable was not found. Please choose again from the list of receivables.',
  },
  nothing_overdue: {
    kind: 'conflict',
    ja: '納入期限を過ぎた未納はありません。画面を開き直して、残額をご確認ください。',
    en: 'Nothing is overdue. Please open the page again and check what is left to pay.',
  },
  all_sent: {
    kind: 'conflict',
    ja: '督促はすべての段階を送りました。電話などで直接ご連絡ください。',
    en: 'Every level of dunning has been sent. Please contact the organizer directly.',
  },
  dunning_paused: {
    kind: 'conflict',
    ja: 'この予約の督促は止めてあります。送る場合は、先に督促を再開してください。',
    en: 'Dunning of this booking is held back. To send one, please resume dunning first.',
  },
  disputed: {
    kind: 'conflict',
    ja: 'この予約の支払いには異議が出ているため、督促できません。Stripeでの動きの一覧で、結果が出るのをお待ちください。',
    en: 'A payment of this booking is disputed, so nothing is dunned. Please wait for the outcome in the list of movements at Stripe.',
  },
  not_paused: {
    kind: 'conflict',
    ja: 'この予約の督促は止めてありません。画面を開き直してください。',
    en: 'Dunning of this booking is not held back. Please open the page again.',
  },
  nothing_proposed: {
    kind: 'conflict',
    ja: 'この利用者には、判断を待つ利用停止の提案がありません。画面を開き直してください。',
    en: 'No block waits for a decision about this organizer. Please open the page again.',
  },
});
