import { defineErrors } from '../shared/error.ts';

export const utilityErrors = defineErrors('utilities', {
  unknown_meter: {
    kind: 'missing',
    ja: 'この予約の部屋にその計器はありません。一覧から選び直してください。',
    en: 'The rooms of this booking have no such meter. Please choose from the list.',
  },
  unknown_reading: {
    kind: 'missing',
    ja: '検針の記録が見つかりません。ページを再読み込みしてください。',
    en: 'This reading was not found. Please reload the page.',
  },
  unknown_room: {
    kind: 'missing',
    ja: 'この部屋は見つかりません。一覧から選び直してください。',
    en: 'This room was not found. Please choose from the list.',
  },
  not_used_that_day: {
    kind: 'invalid',
    ja: 'その日にこの部屋の使用はありません。予約の使用日を選んでください。',
    en: 'The room is not used on that day. Please choose a day of the booking.',
  },
  read_already: {
    kind: 'conflict',
    ja: 'この計器のその日の検針は、すでに始めの値が記録されています。終わりの値を記録してください。',
    en: 'The start of this meter is already on record for that day. Please record its end.',
  },
  backwards: {
    kind: 'invalid',
    ja: '終わりの値は始めの値（{start}）以上にしてください。計器の表示をもう一度ご確認ください。',
    en: 'The end must not be below the start ({start}). Please look at the meter again.',
  },
  not_ended: {
    kind: 'conflict',
    ja: '終わりの値がまだ記録されていません。記録してから確認してください。',
    en: 'The end has not been read yet. Please record it before checking.',
  },
  reader_may_not_check: {
    kind: 'conflict',
    ja: '検針した本人は確認できません。ほかの職員に計器と記録の照合を頼んでください。',
    en: 'Whoever read the meter may not check it. Please ask a colleague to compare meter and record.',
  },
  already_checked: {
    kind: 'conflict',
    ja: 'この検針は確認済みのため、変更できません。誤りがあれば承認者にご相談ください。',
    en: 'This reading has been checked and stands. If it is wrong, please talk to the manager.',
  },
  included_in_fee: {
    kind: 'conflict',
    ja: 'この部屋の使用料に含まれているため、請求できません。部屋ごとの条件をご確認ください。',
    en: 'The fee of the room includes this: it cannot be charged. Please see the terms of the room.',
  },
  not_checked: {
    kind: 'conflict',
    ja: 'ほかの職員の確認が済んでいない検針は請求できません。先に確認してください。',
    en: 'A reading nobody else has checked cannot be charged. Please have it checked first.',
  },
});
