import { defineErrors } from '../shared/error.ts';

export const seriesErrors = defineErrors('series', {
  unknown: {
    kind: 'missing',
    ja: '定期利用が見つかりません。一覧から選び直してください。',
    en: 'This series was not found. Please choose it from the list.',
  },
  unknown_date: {
    kind: 'missing',
    ja: 'この定期利用に、その日はありません。日付をご確認ください。',
    en: 'This series has no such date. Please check the date.',
  },
  no_end: {
    kind: 'invalid',
    ja: 'いつまで続けるか、または回数を入れてください。',
    en: 'Please say until when it goes on, or how many times.',
  },
  until_reversed: {
    kind: 'invalid',
    ja: '終わりの日が始まりの日より前になっています。日付をご確認ください。',
    en: 'The last day is before the first. Please check the days.',
  },
  no_dates: {
    kind: 'invalid',
    ja: 'この決め方に当てはまる日がありません。期間か曜日を変えてください。',
    en: 'No day fits this rule. Please change the period or the weekday.',
  },
  too_many_dates: {
    kind: 'invalid',
    ja: '一度に申し込めるのは{most}回、{months}か月先までです。期間か回数を減らしてください。',
    en: 'At most {most} dates within {months} months can be asked for at once. Please ask for fewer.',
  },
  fifth_weekday: {
    kind: 'invalid',
    ja: '第5の曜日がない月があります。「最終」を選ぶと、毎月その曜日の最後の日になります。',
    en: 'Some months have no fifth such weekday. Choose “last” for the last one of every month.',
  },
  dates_clash: {
    kind: 'conflict',
    ja: '予定どおりに使えない日があります。日ごとに代わりを選ぶか「この日は使わない」を選んでください。ほかの日も、まだ予約していません。',
    en: 'Some dates are not possible as planned. Please choose an alternative for each, or skip it. Nothing has been booked yet.',
  },
  dates_overlap: {
    kind: 'invalid',
    ja: '選んだ内容では、別の回どうしが同じ部屋・同じ時間に重なります。どちらかを変えてください。',
    en: 'As chosen, two dates ask for the same room at the same time. Please change one of them.',
  },
  nothing_chosen: {
    kind: 'invalid',
    ja: 'すべての日が「使わない」になっています。少なくとも1回は使う日を残してください。',
    en: 'Every date is skipped. Please keep at least one.',
  },
  not_a_date: {
    kind: 'invalid',
    ja: '{date}はこの定期利用の日ではありません。日付をご確認ください。',
    en: '{date} is not a date of this series. Please check it.',
  },
  already_booked: {
    kind: 'conflict',
    ja: 'この日はすでに予約があります。内容を変えるときは「変更」から行ってください。',
    en: 'This date is already booked. Please use “change” to change it.',
  },
  nothing_to_change: {
    kind: 'conflict',
    ja: '選んだ範囲に、変更できる予約がありません。範囲を選び直してください。',
    en: 'No booking in this range can be changed. Please choose another range.',
  },
  stale_version: {
    kind: 'conflict',
    ja: 'この定期利用はほかの操作で更新されています。ページを再読み込みして、内容を確かめてからやり直してください。',
    en: 'This series has been changed meanwhile. Please reload the page, check it and try again.',
  },
});
