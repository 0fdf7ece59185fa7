/** Staff booking on behalf of an organizer. */
export const bookFor = {
  link: '代わりに仮予約する',
  searchTitle: '代わりに仮予約する',
  searchLead: '電話や窓口で受けた予約を、利用者の名前で登録します。まず利用者を探してください。',
  query: '利用者を探す',
  querySupport: '団体名・読み・担当者・電話番号・メールアドレスの一部で探せます。',
  search: '探す',
  none: '利用者が見つかりません',
  noneHint: '言葉を短くするか、電話番号の4けた以上で探してください。',
  title: (name: string) => `${name}の仮予約`,
  lead: '利用者にはメールでお知らせします。申請の期限を過ぎた日も、窓口では受けられます。',
  venueLead: '使う施設を選んでください。',
  request: '利用者に代わって使用承認を申請する',
  requestLead: '利用条件と禁止事項を利用者に説明してから申請してください。',
  priority: '優先予約の理由',
  prioritySupport:
    '受付開始前の日を予約するときだけ入力します（県主催、継続開催など）。利用者と職員に表示します。',
};
