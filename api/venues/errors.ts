import { defineErrors } from '../shared/error.ts';

export const venueErrors = defineErrors('venues', {
  unknown: {
    kind: 'missing',
    ja: '「{venue}」という施設はありません。施設の一覧からお選びください。',
    en: 'There is no venue “{venue}”. Please choose one from the list of venues.',
  },
});
