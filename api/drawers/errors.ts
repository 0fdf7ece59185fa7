import { defineErrors } from '../shared/error.ts';

export const drawerErrors = defineErrors('drawers', {
  already_counted: {
    kind: 'conflict',
    ja: 'この施設の現金は、今日すでに数えられています。ページを再読み込みして記録をご確認ください。',
    en: 'The cash of this venue has been counted today. Please reload the page and see the record.',
  },
  nothing_counted: {
    kind: 'invalid',
    ja: '枚数が1つも入力されていません。数えた枚数を入力してください。現金が1円もないときは、どれかに0を入力してください。',
    en: 'No piece has been counted. Please enter how many there are; if the drawer is empty, enter 0 for one of them.',
  },
  reason_missing: {
    kind: 'invalid',
    ja: '数えた額は{counted}円、帳簿の残高は{expected}円で、{difference}円の差があります。数え直し、差が残るときは理由を入力してください。',
    en: 'You counted ¥{counted}, the books say ¥{expected}: a difference of ¥{difference}. Please count again; if it remains, say why.',
  },
  not_enough: {
    kind: 'invalid',
    ja: '現金の残高は{expected}円です。それより多くは取り出せません。金額をご確認ください。',
    en: 'There are ¥{expected} in the drawer; no more can be taken out. Please check the amount.',
  },
});
