import { defineErrors } from '../shared/error.ts';

export const fileErrors = defineErrors('files', {
  unknown: {
    kind: 'missing',
    ja: 'ファイルが見つかりません。ページを再読み込みして、もう一度お選びください。',
    en: 'This file was not found. Please reload the page and choose again.',
  },
  wrong_type: {
    kind: 'invalid',
    ja: 'この形式のファイルは受け取れません。PDF、PNG、JPEGのいずれかでお送りください。',
    en: 'Files of this type are not taken. Please send a PDF, PNG or JPEG.',
  },
  empty: {
    kind: 'invalid',
    ja: 'ファイルが空です。送るファイルを選んでください。',
    en: 'The file is empty. Please choose the file to send.',
  },
  too_large: {
    kind: 'too_large',
    ja: 'ファイルが大きすぎます。{most}MB以内にして、もう一度お送りください。',
    en: 'The file is too large. Please keep it within {most} MB and send it again.',
  },
  too_many: {
    kind: 'conflict',
    ja: 'この予約のファイルは{most}件までです。不要なファイルを外してからお送りください。',
    en: 'A booking holds at most {most} files. Please remove one you no longer need.',
  },
});
