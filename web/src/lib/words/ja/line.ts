/** Options, waits, the clock of a challenge, and more time for a hold. */
export const linePages = {
  offer: {
    title: '順番をとって待つこともできます',
    lead: 'この内容のまま申し込めます。料金はかからず、いつでも取り下げられます。',
    option: (rank: number) => `第${rank}候補として申し込む`,
    optionHint:
      '前の仮予約が解除されると自動で繰り上がり、仮予約になります。前の方に、申請か解放を求めることもできます。',
    wait: '空き待ちに登録する',
    waitHint: (rank: number) =>
      `希望の部屋がすべて空くと、順番にお取り置きしてお知らせします（いま申し込むと${rank}番目）。`,
  },
  title: '順番',
  rank: (rank: number) => `第${rank}候補`,
  waitRank: (rank: number) => `空き待ち ${rank}番目`,
  place: 'あなたの順位',
  before: '前の予約',
  holder: {
    held: '仮予約',
    requested: '使用承認の審査中',
    approved: '使用承認済み',
    closed: '休館・休室',
  },
  none: 'なし（まもなく繰り上がります）',
  until: (day: string) => `期限 ${day}`,
  noEnd: '期限はありません。取り下げ・不承認・取消しのときに繰り上がります。',
  optionsAhead: (count: number) => `ほかの候補が${count}件、前にいます。`,
  behind: '後ろの順番',
  behindOf: (options: number, waits: number) => `候補 ${options}件・空き待ち ${waits}件`,
  nobodyBehind: 'いません',
  privacy: 'ほかの申込者の名前は、互いに知らされません。',
  holdDays: '繰り上がると、仮予約の期間（通常と同じ日数）が始まります。',
  offerHours: (hours: number) =>
    `順番が来ると${hours}時間お取り置きします。その間に使用承認を申請してください。`,
  challenge: {
    title: '申請か解放を求める',
    lead: (hours: number) =>
      `前の仮予約の方に、${hours}時間以内に「使用承認を申請する」か「取り下げる」かを決めてもらいます。期限は前の方のページに表示され、メールでも知らせます。あなたの名前は知らされません。`,
    after:
      '申請されると審査の結果を待つことになります。取り下げられるか期限が過ぎると、あなたが繰り上がります。',
    button: '申請か解放を求める',
    running: '申請か解放を求めています',
    runningLead: (until: string) =>
      `前の方の期限は${until}です。それまでに申請がなければ、自動で繰り上がります。`,
    whyNot: {
      'bookings.challenge_not_first': '申請か解放を求められるのは、第2候補だけです。',
      'bookings.challenge_of_no_hold':
        '前の予約はすでに申請されているため、申請か解放を求めることはできません。結果をお待ちください。',
    },
  },
  clock: {
    title: '次の候補の方が待っています',
    lead: 'この時刻までに、使用承認を申請するか、使用しない場合は取り下げてください。過ぎると仮予約は自動で解除され、次の方に移ります。',
    until: '期限',
    left: (days: number, hours: number, minutes: number) =>
      days > 0 ? `残り ${days}日 ${hours}時間` : `残り ${hours}時間 ${minutes}分`,
  },
  promoted: (until: string) =>
    `順番が来て、お取り置きしています。${until}までに使用承認を申請してください。`,
  withdrawLead:
    '順番から外れます。部屋と時間は取られておらず、料金もかかりません。元の順位には戻れません。',
  staff: {
    title: '順番待ち',
    lead: '仮予約・申請中の予約の後ろにいる候補と空き待ちです。使用日の近い順に並びます。',
    none: '順番待ちはありません',
    noneHint: '埋まっている日時に候補や空き待ちが入ると、ここに並びます。',
    caption: (count: number) => `順番待ち ${count}件`,
    order: '順位',
    event: '催事・申込者',
    state: '状態',
    days: '使用日',
    rooms: '部屋',
    before: '前の予約',
    limit: '期限',
    since: '申込日時',
    clock: (until: string) => `申請・解放の期限 ${until}`,
    alone: '順番待ちはありません。',
    extend: '仮予約の期限を延ばす',
    extendLead:
      '最初の使用日までの日を選べます。理由は記録に残り、申込者にも知らせます。次の候補が申請か解放を求めている間は、管理者だけが延長できます。',
    until: '新しい期限（この日の終わりまで）',
    reason: '延長の理由',
    extendButton: '期限を延ばす',
  },
};
