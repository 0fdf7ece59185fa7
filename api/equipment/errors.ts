import { defineErrors } from '../shared/error.ts';

export const equipmentErrors = defineErrors('equipment', {
  unknown_item: {
    kind: 'missing',
    ja: 'この備品・サービスは見つかりません。一覧から選び直してください。',
    en: 'This item was not found. Please choose from the list.',
  },
  unknown_use: {
    kind: 'invalid',
    ja: 'この予約にない使用が指定されています。ページを再読み込みして、使用を選び直してください。',
    en: 'A use that is not part of this booking was named. Please reload the page and choose again.',
  },
  unknown_request: {
    kind: 'missing',
    ja: 'この予約の備品の申込みは見つかりません。ページを再読み込みしてください。',
    en: 'This request was not found in the booking. Please reload the page.',
  },
  not_enough: {
    kind: 'conflict',
    ja: 'その時間は備品の数が足りません。印のついた項目の空いている数をご確認のうえ、数を減らすか時間を変えてください。',
    en: 'There are not enough pieces at that time. Please see how many are free at the marked lines, and ask for fewer or another time.',
  },
  too_late: {
    kind: 'conflict',
    ja: '備品の変更は{deadline}で締め切りました。変更が必要な場合は窓口へご連絡ください。',
    en: 'Changes of equipment closed at {deadline}. Please call the desk if you need one.',
  },
  stock_promised: {
    kind: 'conflict',
    ja: '{day}に{peak}{unitJa}を貸し出す約束があるため、在庫を{stock}{unitJa}にはできません。先にその日の申込みを減らしてください。',
    en: '{peak} {unitEn} are promised for {day}: the stock cannot be lowered to {stock}. Please lower the requests of that day first.',
  },
  code_taken: {
    kind: 'conflict',
    ja: 'この番号の備品はすでにあります。別の番号にしてください。',
    en: 'There is already an item with this code. Please choose another.',
  },
  time_reversed: {
    kind: 'invalid',
    ja: '終わりの時刻は始まりより後にしてください。',
    en: 'The end must come after the beginning.',
  },
});
