import { defineErrors } from '../shared/error.ts';

export const reportErrors = defineErrors('reports', {
  range_too_long: {
    kind: 'invalid',
    ja: '集計できる期間は{months}か月までです。期間を短くしてください。',
    en: 'A report covers at most {months} months. Please choose a shorter period.',
  },
  unknown_row: {
    kind: 'missing',
    ja: 'この部屋または指標は集計にありません。稼働率のページで選び直してください。',
    en: 'This room or figure is not in the report. Please choose it on the page of occupancy.',
  },
  range_backwards: {
    kind: 'invalid',
    ja: '終わりの年月が始めの年月より前です。期間を入れ直してください。',
    en: 'The last month is before the first. Please choose the period again.',
  },
});
