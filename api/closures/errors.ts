import { defineErrors } from '../shared/error.ts';

export const closureErrors = defineErrors('closures', {
  unknown: {
    kind: 'missing',
    ja: '休館・閉鎖の記録が見つかりません。一覧から選び直してください。',
    en: 'This closure was not found. Please choose it from the list.',
  },
  forbidden: {
    kind: 'forbidden',
    ja: 'この操作は施設の承認者が行えます。承認者へご依頼ください。',
    en: 'A manager of the venue may do this. Please ask one.',
  },
  no_place: {
    kind: 'invalid',
    ja: '閉める部屋を一つ以上選んでください。',
    en: 'Please choose at least one room to close.',
  },
  past_day: {
    kind: 'invalid',
    ja: '過ぎた日時は閉められません。これからの日時を選んでください。',
    en: 'Time that has passed cannot be closed. Please choose a later one.',
  },
  days_reversed: {
    kind: 'invalid',
    ja: '終わりの日は始まりの日以降にしてください。',
    en: 'The last day comes after the first. Please change one of them.',
  },
  too_long: {
    kind: 'invalid',
    ja: '一度に閉められるのは{most}日までです。期間を分けてください。',
    en: 'At most {most} days can be closed at once. Please split the time.',
  },
  already_closed: {
    kind: 'conflict',
    ja: '選んだ日時はすでに閉まっています。一覧で確かめ、期間か部屋を変えてください。',
    en: 'This time is closed already. Please look at the list and change days or rooms.',
  },
  decisions_missing: {
    kind: 'conflict',
    ja: 'どうするか決まっていない予約があります（{numbers}）。一件ずつ選んでから、もう一度実行してください。',
    en: 'Some bookings are not decided ({numbers}). Please decide each of them and try again.',
  },
  consent_missing: {
    kind: 'invalid',
    ja: '{number}を移すには、主催者の同意の記録（どなたが、どの方法で）が必要です。',
    en: 'Moving {number} needs the organizer’s consent on record: who gave it, and how.',
  },
  letters_left: {
    kind: 'conflict',
    ja: 'お知らせを送った後なので、元に戻せません。閉鎖を解くことはできます。',
    en: 'The letters have left, so it cannot be undone. The closure itself can be lifted.',
  },
  undo_blocked: {
    kind: 'conflict',
    ja: '戻す先の日時がほかの予約で埋まったため、元に戻せません。予約を一件ずつご確認ください。',
    en: 'Another booking has taken a time to go back to. Please look at the bookings one by one.',
  },
  already_undone: {
    kind: 'conflict',
    ja: 'この閉鎖はすでに解かれています。一覧を読み直してください。',
    en: 'This closure has been lifted already. Please reload the list.',
  },
});
