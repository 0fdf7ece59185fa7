import { defineErrors } from '../shared/error.ts';

export const documentErrors = defineErrors('documents', {
  unknown: {
    kind: 'missing',
    ja: '書類が見つかりません。予約のページから開き直してください。',
    en: 'This document was not found. Please open it again from the page of the booking.',
  },
});
