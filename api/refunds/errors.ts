import { defineErrors } from '../shared/error.ts';

export const refundErrors = defineErrors('refunds', {
  unknown: {
    kind: 'missing',
    ja: 'この還付は見つかりません。還付の一覧からお進みください。',
    en: 'This refund was not found. Please start from the list of refunds.',
  },
  unknown_write_off: {
    kind: 'missing',
    ja: 'この不納欠損の申請は見つかりません。一覧からお進みください。',
    en: 'This proposal to give up a debt was not found. Please start from the list.',
  },
  not_allowed_in_state: {
    kind: 'conflict',
    ja: '今の状態では、この操作はできません。ページを開き直して、状態をご確認ください。',
    en: 'This is not possible in the present state. Please open the page again and check it.',
  },
  own_request: {
    kind: 'forbidden',
    ja: 'ご自分で申請したものは、ご自分では決められません。別の担当者へご依頼ください。',
    en: 'What you asked for yourself is decided by somebody else. Please ask a colleague.',
  },
  over_limit: {
    kind: 'forbidden',
    ja: 'この金額は、あなたの決裁の上限（{mostYen}円）を超えています。上限の高い担当者へご依頼ください。',
    en: 'This amount is above what you may decide (¥{mostYen}). Please ask somebody with a higher limit.',
  },
  more_than_left: {
    kind: 'conflict',
    ja: 'この入金から返せる金額を超えています。ほかの還付が先に進んでいないか、還付の一覧で残額をご確認ください。',
    en: 'This is more than what is left of the payment. Please check in the list whether another refund was faster.',
  },
  charge_not_said: {
    kind: 'invalid',
    ja: 'この還付では、払い過ぎの分より{debt}円多く返します。請求も減らすか（適格返還請求書を発行し、未払いは生じません）、請求はそのままにするか（{debt}円の未払いが生じます）を選んでください。',
    en: 'This returns ¥{debt} more than was paid too much. Please say whether the charge is reduced as well (a credit note follows and nothing is owed), or stays as it is (¥{debt} becomes owed).',
  },
  disputed: {
    kind: 'conflict',
    ja: 'この支払いにはカード名義人から異議が出ているため、還付できません。Stripeでの動きの一覧で、結果が出るのをお待ちください。',
    en: 'This payment is disputed by its payer and cannot be refunded. Please wait for the outcome in the list of movements at Stripe.',
  },
  payee_missing: {
    kind: 'conflict',
    ja: '振込先の口座がまだ登録されていません。口座を登録してから、もう一度お進みください。',
    en: 'The account to pay to is missing. Please enter it and continue.',
  },
  with_stripe: {
    kind: 'conflict',
    ja: '決済会社に返金を依頼しているところです。10分ほど待って状態を確かめてから、もう一度お試しください。',
    en: 'The refund is being handed to the payment service. Please wait about ten minutes, check its state and try again.',
  },
  on_its_way: {
    kind: 'conflict',
    ja: 'お金はすでに返金先へ向かっているため、取り消せません。還付の状態をご確認ください。',
    en: 'The money is on its way already and cannot be called back. Please check the state of the refund.',
  },
  more_than_owed: {
    kind: 'conflict',
    ja: '未収の残額（{owedYen}円）を超える金額は、不納欠損にできません。残額を確かめて入力し直してください。',
    en: 'Only what is still owed (¥{owedYen}) can be given up. Please check the balance and enter the amount again.',
  },
});
