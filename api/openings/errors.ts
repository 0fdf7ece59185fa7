import { defineErrors } from '../shared/error.ts';

export const openingErrors = defineErrors('openings', {
  unknown: {
    kind: 'missing',
    ja: '抽選が見つかりません。抽選の一覧からお選びください。',
    en: 'This lottery was not found. Please choose one from the list.',
  },
  unknown_period: {
    kind: 'missing',
    ja: '受付期間が見つかりません。一覧を再読み込みしてください。',
    en: 'This period was not found. Please reload the list.',
  },
  unknown_entry: {
    kind: 'missing',
    ja: 'この応募は見つかりません。抽選のページでご自分の応募をご確認ください。',
    en: 'This entry was not found. Please look at your entries on the page of the lottery.',
  },
  days_reversed: {
    kind: 'invalid',
    ja: '使用日の終わりが始まりより前です。日付をご確認ください。',
    en: 'The last day of use is before the first. Please check the days.',
  },
  opens_too_late: {
    kind: 'invalid',
    ja: '先着の受付は、最初の使用日が始まる前に開始してください。',
    en: 'Booking must open to all before the first day of use begins.',
  },
  steps_out_of_order: {
    kind: 'invalid',
    ja: '日時の順番が違います。応募の開始、応募の締切、抽選、当選者の確定期限、先着受付の開始の順にしてください。',
    en: 'The times are out of order. They run: entries open, entries close, draw, winners accept, booking opens to all.',
  },
  already_over: {
    kind: 'invalid',
    ja: 'この日時は過ぎています。これからの日時を入力してください。',
    en: 'This time has passed. Please give a later one.',
  },
  period_overlaps: {
    kind: 'conflict',
    ja: '同じ施設・同じ種別の部屋に、日が重なる受付期間があります。期間をずらすか、先の受付期間を取り消してください。',
    en: 'Another period of the same kind of rooms covers some of these days. Please choose other days or remove that period first.',
  },
  has_entries: {
    kind: 'conflict',
    ja: 'すでに応募があるため、この受付期間は取り消せません。',
    en: 'There are entries already, so this period cannot be removed.',
  },
  not_collecting: {
    kind: 'conflict',
    ja: 'いまは応募を受け付けていません。応募できるのは{collectsFrom}から{collectsUntil}までです。',
    en: 'Entries are not taken now. They are taken from {collectsFrom} to {collectsUntil}.',
  },
  other_days: {
    kind: 'invalid',
    ja: 'この抽選の対象は{usesFrom}から{usesUntil}までの使用日です。日付を選び直してください。',
    en: 'This lottery is for days from {usesFrom} to {usesUntil}. Please choose one of them.',
  },
  other_rooms: {
    kind: 'invalid',
    ja: 'この部屋はこの抽選の対象ではありません。対象の種別の部屋をお選びください。',
    en: 'This room is not drawn in this lottery. Please choose a room of its kind.',
  },
  entries_full: {
    kind: 'conflict',
    ja: 'この抽選に応募できるのは、1団体につき{most}件までです。不要な応募を取り下げてからやり直してください。',
    en: 'Each organization may enter {most} times. Please withdraw an entry you do not need and try again.',
  },
  entry_fixed: {
    kind: 'conflict',
    ja: 'この応募の今の状態では、この操作はできません。ページを再読み込みして、状態をご確認ください。',
    en: 'This is not possible in the entry’s present state. Please reload the page and check it.',
  },
  draw_too_early: {
    kind: 'conflict',
    ja: '抽選は{drawsAt}以降に行えます。それまでお待ちください。',
    en: 'The draw may take place from {drawsAt} on. Please wait until then.',
  },
  already_drawn: {
    kind: 'conflict',
    ja: 'この抽選はすでに終わっています。結果は抽選のページでご覧ください。',
    en: 'This lottery has been drawn. Please see the result on its page.',
  },
});
