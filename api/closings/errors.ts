import { defineErrors } from '../shared/error.ts';

export const closingErrors = defineErrors('closings', {
  not_over: {
    kind: 'invalid',
    ja: 'まだ終わっていない日や月は締められません。昨日までの日、先月までの月を選んでください。',
    en: 'A day or month that is not over cannot be closed. Please choose an earlier one.',
  },
  already_closed: {
    kind: 'conflict',
    ja: '{until}までの帳簿はすでに締められています。ページを再読み込みして記録をご確認ください。',
    en: 'The books are closed up to {until}. Please reload the page and see the record.',
  },
  drawer_not_counted: {
    kind: 'conflict',
    ja: '{day}に現金の出入りがありましたが、その後に現金が数えられていません。現金を数えてから締めてください。',
    en: 'Cash moved on {day} and has not been counted since. Please count the drawer, then close.',
  },
  days_open: {
    kind: 'conflict',
    ja: 'この月にはまだ締めていない日があります。{last}までの日を締めてから、月を締めてください。',
    en: 'Days of this month are still open. Please close all days up to {last}, then the month.',
  },
  backwards: {
    kind: 'invalid',
    ja: '終わりの日は始めの日以後、期間は1年以内にしてください。日付をご確認ください。',
    en: 'The last day must not be before the first, and a year is the longest. Please check the days.',
  },
  account_missing: {
    kind: 'conflict',
    ja: '科目が決まっていない仕訳があるため、書き出せません（{entries}）。仕訳の科目を登録してください。',
    en: 'Some entries have no accounts, so nothing is exported ({entries}). Please set their accounts.',
  },
  unknown_entry: {
    kind: 'missing',
    ja: 'この仕訳の種類はありません。一覧から選び直してください。',
    en: 'There is no such entry. Please choose one from the list.',
  },
});
