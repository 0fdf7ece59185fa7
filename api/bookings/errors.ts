import { defineErrors } from '../shared/error.ts';

export const bookingErrors = defineErrors('bookings', {
  unknown: {
    kind: 'missing',
    ja: '予約が見つかりません。予約番号をご確認ください。',
    en: 'This booking was not found. Please check its number.',
  },
  slot_taken: {
    kind: 'conflict',
    ja: '選んだ日時はすでに埋まっています。空いている日時を選び直してください。',
    en: 'The time you chose is already taken. Please choose one that is free.',
  },
  stale_version: {
    kind: 'conflict',
    ja: 'この予約はほかの操作で更新されています。ページを再読み込みして、内容を確かめてからやり直してください。',
    en: 'This booking has been changed meanwhile. Please reload the page, check it and try again.',
  },
  not_allowed_in_state: {
    kind: 'conflict',
    ja: 'この予約の今の状態では、この操作はできません。ページを再読み込みして、状態をご確認ください。',
    en: 'This is not possible in the booking’s present state. Please reload the page and check it.',
  },
  hold_expired: {
    kind: 'conflict',
    ja: '仮予約の期限（{deadline}）が過ぎています。空き状況を確かめて、もう一度仮予約してください。',
    en: 'The hold ended at {deadline}. Please check availability and hold again.',
  },
  overlapping_uses: {
    kind: 'invalid',
    ja: '同じ部屋・同じ時間が二重に入っています。どちらかの行を外してください。',
    en: 'The same room and time appear twice. Please remove one of the lines.',
  },
  organizer_required: {
    kind: 'invalid',
    ja: 'どの利用者として予約するかを選んでください。',
    en: 'Please choose for whom you are booking.',
  },
  reason_required: {
    kind: 'invalid',
    ja: '理由を入力してください。利用者へのお知らせと記録に残ります。',
    en: 'Please give a reason. It is told to the organizer and kept on record.',
  },
});
