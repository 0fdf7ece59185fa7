import { defineErrors } from '../shared/error.ts';

export const slotErrors = defineErrors('slots', {
  past_day: {
    kind: 'invalid',
    ja: '{day}のその時間は過ぎています。これからの日時をお選びください。',
    en: 'That time on {day} has passed. Please choose a later one.',
  },
  not_open_yet: {
    kind: 'invalid',
    ja: '{day}の受付は{opensOn}の{opensAtTime}から始まります。受付が始まってからお申し込みください。',
    en: 'Booking for {day} opens on {opensOn} at {opensAtTime}. Please come back then.',
  },
  lottery: {
    kind: 'invalid',
    ja: '{day}は抽選で受け付けます。{collectsFrom}から{collectsUntil}までに、抽選のページからお申し込みください。空いた日時の先着の受付は{opensOn}の{opensAtTime}から始まります。',
    en: 'Booking for {day} is by lottery: please enter it between {collectsFrom} and {collectsUntil} on the page of lotteries. What is left opens to all on {opensOn} at {opensAtTime}.',
  },
  closed_day: {
    kind: 'invalid',
    ja: '{day}は休館日です。別の日をお選びください。',
    en: 'The venue is closed on {day}. Please choose another day.',
  },
  unknown_band: {
    kind: 'invalid',
    ja: '「{band}」という区分はありません。施設の区分からお選びください。',
    en: 'There is no band “{band}”. Please choose one of the venue’s bands.',
  },
  range_reversed: {
    kind: 'malformed',
    ja: '終わりの日が始まりの日より前になっています。日付をご確認ください。',
    en: 'The last day is before the first. Please check the days.',
  },
  range_too_long: {
    kind: 'invalid',
    ja: '空き状況は一度に{most}日分まで表示できます。期間を短くしてください。',
    en: 'Availability is shown for at most {most} days at a time. Please choose a shorter period.',
  },
  closure_clashes: {
    kind: 'conflict',
    ja: '休館にする期間（{startsOn}から{endsOn}まで）に、すでに使われている時間があります。先にその予約を移すか取り消してください。',
    en: 'Some time between {startsOn} and {endsOn} is already taken. Please move or cancel those bookings before closing.',
  },
});
