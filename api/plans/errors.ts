import { defineErrors } from '../shared/error.ts';

export const planErrors = defineErrors('plans', {
  not_planned_in_state: {
    kind: 'conflict',
    ja: 'この予約の今の状態では、打合せや当日の記録はできません。ページを再読み込みして、状態をご確認ください。',
    en: 'Nothing can be planned or recorded in the booking’s present state. Please reload the page.',
  },
  unknown_item: {
    kind: 'missing',
    ja: 'この確認項目はこの予約にはありません。ページを再読み込みしてください。',
    en: 'This booking has no such point to check. Please reload the page.',
  },
  file_needed: {
    kind: 'invalid',
    ja: '「{name}」は書類が必要です。ファイルを付けてから確認済みにしてください。',
    en: '“{name}” needs a file. Please attach it before marking the point as settled.',
  },
  meeting_too_late: {
    kind: 'invalid',
    ja: '打合せは、これから先、最初のご利用（{starts}）より前の日時にしてください。',
    en: 'Please choose a time from now on and before the first use ({starts}).',
  },
  parking_full: {
    kind: 'conflict',
    ja: '{day}の駐車場は残り{left}台です。台数を減らすか、ほかの日をご検討ください。',
    en: 'On {day} {left} parking spaces are left. Please ask for fewer, or another day.',
  },
  not_a_day_of_use: {
    kind: 'invalid',
    ja: '{day}はこの予約の利用日ではありません。利用日を選んでください。',
    en: '{day} is not a day of this booking. Please choose a day of use.',
  },
  unknown_use: {
    kind: 'missing',
    ja: 'この利用はこの予約にはありません。ページを再読み込みしてください。',
    en: 'This booking has no such use. Please reload the page.',
  },
  left_before_arrival: {
    kind: 'invalid',
    ja: '退館は入館より後の時刻にしてください。入館の記録を先にご確認ください。',
    en: 'People leave after they arrive. Please check the time of arrival first.',
  },
  not_on_the_day: {
    kind: 'invalid',
    ja: '入退館は、利用日（{day}）の前日から翌々日までの、今より前の時刻で記録してください。',
    en: 'Please record a time that has passed, from the day before the use ({day}) to two days after.',
  },
});
