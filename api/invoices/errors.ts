import { defineErrors } from '../shared/error.ts';

export const invoiceErrors = defineErrors('invoices', {
  unknown: {
    kind: 'missing',
    ja: 'この合算請求書は見つかりません。合算請求書の一覧から開き直してください。',
    en: 'This combined invoice was not found. Please open it again from the list.',
  },
  charge_not_open: {
    kind: 'conflict',
    ja: '選んだ請求の中に、入金のあったもの、取り消されたもの、または対象でないものがあります。一覧を開き直して選び直してください。',
    en: 'One of the chosen charges has been paid, taken back, or does not belong here. Please open the list again and choose anew.',
  },
  already_invoiced: {
    kind: 'conflict',
    ja: '選んだ請求の中に、すでに別の合算請求書に載っているものがあります。その合算請求書を取り消すか、選択から外してください。',
    en: 'One of the chosen charges is on another combined invoice. Please void that one or leave the charge out.',
  },
  already_voided: {
    kind: 'conflict',
    ja: 'この合算請求書はすでに取り消されています。必要なら、あらためて作成してください。',
    en: 'This combined invoice has been voided already. Please make a new one if you need it.',
  },
});
