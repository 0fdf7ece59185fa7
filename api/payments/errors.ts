import { defineErrors } from '../shared/error.ts';

export const paymentErrors = defineErrors('payments', {
  unknown: {
    kind: 'missing',
    ja: 'このお支払いは見つかりません。予約のページからお進みください。',
    en: 'This payment was not found. Please start from the page of the booking.',
  },
  charge_not_ready: {
    kind: 'conflict',
    ja: '請求を準備しています。数秒待ってから、もう一度お試しください。',
    en: 'The charge is being prepared. Please try again in a few seconds.',
  },
  not_payable: {
    kind: 'conflict',
    ja: 'お支払いは使用承認の後に承ります。予約の状態をご確認ください。',
    en: 'Payment is possible once the booking is approved. Please check its state.',
  },
  handed_too_little: {
    kind: 'invalid',
    ja: 'お預かりした額が、お支払いいただく{due}円に足りません。お預かりした額を確かめて入力し直してください。',
    en: 'Less was handed over than the ¥{due} that is due. Please check what was handed over and enter it again.',
  },
  nothing_to_pay: {
    kind: 'conflict',
    ja: 'お支払いいただく金額はありません。領収書は予約のページからご覧いただけます。',
    en: 'There is nothing left to pay. The receipt is on the page of the booking.',
  },
  provisional_not_chargeable: {
    kind: 'invalid',
    ja: '料金に暫定の金額が含まれるため、まだお支払いいただけません。金額が確定しましたら会館からご連絡します。',
    en: 'The fee contains provisional amounts and cannot be paid yet. The venue will tell you once it is settled.',
  },
  card_amount_too_small: {
    kind: 'invalid',
    ja: 'クレジットカードは{minYen}円以上のお支払いにご利用いただけます。銀行振込か、会館の窓口での現金をお選びください。',
    en: 'Cards take ¥{minYen} and more. Please pay by bank transfer, or in cash at the desk.',
  },
  konbini_amount_out_of_range: {
    kind: 'invalid',
    ja: 'コンビニでのお支払いは{minYen}円以上{maxYen}円以下の場合にご利用いただけます。クレジットカード・銀行振込か、会館の窓口での現金をお選びください。',
    en: 'Convenience stores take ¥{minYen} to ¥{maxYen}. Please pay by card or bank transfer, or in cash at the desk.',
  },
  konbini_too_late: {
    kind: 'invalid',
    ja: '期日が迫っているため、コンビニでのお支払いは間に合いません。クレジットカード・銀行振込か、会館の窓口でお支払いください。',
    en: 'It is too close to the due date to pay at a store. Please pay by card, by bank transfer or at the venue.',
  },
  konbini_number_rejected: {
    kind: 'invalid',
    ja: 'この電話番号はコンビニの確認番号に使えません。別の電話番号を入力してください。',
    en: 'This phone number cannot serve as confirmation number at the store. Please give another one.',
  },
  at_desk_only: {
    kind: 'forbidden',
    ja: '現金でのお支払いは会館の窓口で承ります。開館時間内にお越しください。',
    en: 'Cash is taken at the desk of the venue. Please come during opening hours.',
  },
  transfer_by_venue_only: {
    kind: 'forbidden',
    ja: '口座に届いた振込は会計の担当者が記録します。オンラインで振込先を受け取れない場合は、会館へご連絡ください。',
    en: 'Transfers seen in the account are recorded by the finance staff. If you are not offered an account to transfer to, please contact the venue.',
  },
  slip_by_venue_only: {
    kind: 'forbidden',
    ja: 'コンビニの払込票は会館がお作りします。ご希望の場合は会館へご連絡ください。',
    en: 'Payment slips for convenience stores are made by the venue. Please contact the venue if you wish to have one.',
  },
  online_unavailable: {
    kind: 'invalid',
    ja: 'この会館ではオンラインでのお支払いを受け付けていません。会館の窓口でお支払いください。',
    en: 'Online payment is not open here. Please pay at the desk of the venue.',
  },
  attempt_live: {
    kind: 'conflict',
    ja: '前のお支払いの手続きがまだ終わっていません。10分ほど待って、お支払いの状態を確かめてから、もう一度お試しください。',
    en: 'An earlier payment is still under way. Please wait about ten minutes, check its state and try again.',
  },
  already_used: {
    kind: 'conflict',
    ja: 'この入金は、ほかの操作で先に使われました。画面を開き直して、残額を確かめてください。',
    en: 'This money has been used by somebody else meanwhile. Please open the page again and check what is left of it.',
  },
  refund_under_way: {
    kind: 'conflict',
    ja: 'この入金は返金の手続き中のため、動かせません。返金の一覧で状態をご確認ください。',
    en: 'A refund of this money is under way, so it cannot be moved. Please check the list of refunds.',
  },
  not_cancellable: {
    kind: 'conflict',
    ja: 'このお支払いは完了しているため、取り消せません。返金については会館へご連絡ください。',
    en: 'This payment is complete and cannot be cancelled. Please ask the venue about a refund.',
  },
  cancel_not_definite: {
    kind: 'conflict',
    ja: 'コンビニのレジでお支払い中の可能性があるため、まだ取り消せません。しばらくしてから状態をご確認ください。取り消しは自動で続けます。',
    en: 'The payment may be under way at a till and cannot be cancelled yet. We keep trying; please check its state a little later.',
  },
  stripe_refused: {
    kind: 'invalid',
    ja: '決済会社がお支払いを受け付けませんでした。入力内容を確かめるか、別のお支払い方法をお選びください。',
    en: 'The payment service did not accept this. Please check what you entered or choose another way to pay.',
  },
  stripe_unavailable: {
    kind: 'unavailable',
    ja: '決済会社と通信できませんでした。お支払いの状態を確かめてから、10分ほど後にもう一度お試しください。',
    en: 'The payment service could not be reached. Please check the state of the payment and try again in about ten minutes.',
  },
  unknown_movement: {
    kind: 'missing',
    ja: 'このお金の動きは見つかりません。Stripeでの動きの一覧からお進みください。',
    en: 'This movement of money was not found. Please start from the list of movements at Stripe.',
  },
  bad_signature: {
    kind: 'malformed',
    ja: '署名を確認できませんでした。Webhookの署名シークレットの設定をご確認ください。',
    en: 'The signature could not be verified. Please check the signing secret of the webhook.',
  },
});
