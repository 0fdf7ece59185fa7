import { defineErrors } from '../shared/error.ts';

export const settlementErrors = defineErrors('settlements', {
  readings_open: {
    kind: 'conflict',
    ja: '確認の済んでいない検針が{count}件あります。別の職員が確認してから精算してください。',
    en: '{count} meter readings are not checked yet. Another member of staff checks them first.',
  },
  equipment_open: {
    kind: 'conflict',
    ja: '実績の入っていない備品・サービスがあります。実績を入力してから精算してください。',
    en: 'The actual use of some equipment is missing. Please enter it before settling.',
  },
  changed: {
    kind: 'conflict',
    ja: '精算の内容が変わりました（{total}円）。ページを再読み込みして、金額を確かめてからやり直してください。',
    en: 'The settlement has changed (¥{total}). Please reload the page, check the sum and try again.',
  },
});
