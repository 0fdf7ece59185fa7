import { defineErrors } from '../shared/error.ts';

export const reportErrors = defineErrors('reports', {
  range_too_long: {
    kind: 'invalid',
    ja: '集計できる期間は{months}か月までです。期間を短くしてください。',
    en: 'A report covers at most {months} months. Please choose a shorter period.',
  },
  range_backwards: {
    kind: 'invalid',
    ja: '終わりの年月が始めの年月より前です。期間を入れ直してください。',
    en: 'The last month is before the first. Please choose the period again.',
  },
});
