import { defineErrors } from '../shared/error.ts';

export const proposalErrors = defineErrors('proposals', {
  past_window: {
    kind: 'invalid',
    ja: '探す期間（{to}まで）が過ぎています。今日以降の日を選んでください。',
    en: 'The days to search (until {to}) have passed. Please choose today or later.',
  },
  window_too_long: {
    kind: 'invalid',
    ja: '一度に探せるのは{most}日分までです。期間を短くしてください。',
    en: 'At most {most} days are searched at a time. Please choose a shorter period.',
  },
  window_too_short: {
    kind: 'invalid',
    ja: '{days}日間の催しは、選んだ期間に入りません。期間を長くするか、日数を減らしてください。',
    en: 'An event of {days} days does not fit into the period. Please choose a longer period or fewer days.',
  },
  too_many_rooms: {
    kind: 'invalid',
    ja: '一度に探せるのは{most}室までです。室数を減らしてください。',
    en: 'At most {most} rooms are searched at a time. Please ask for fewer rooms.',
  },
  too_much: {
    kind: 'invalid',
    ja: '一度に探せるのは、室数と日数を掛けて{most}までです。期間を短くするか、室数を減らしてください。',
    en: 'Rooms times days of one search come to {most} at most. Please choose a shorter period or fewer rooms.',
  },
  unknown_configuration: {
    kind: 'invalid',
    ja: '「{configuration}」という部屋の使い方はありません。施設の部屋の一覧から選び直してください。',
    en: 'There is no room configuration “{configuration}”. Please choose one from the list of rooms.',
  },
});
